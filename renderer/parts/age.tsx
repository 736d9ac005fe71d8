import { ageWords } from './times.ts';
import './age.css';

/** How long ago something was, for a live value; past its limit it is badged as old instead. */
export function Age({ atMs, nowMs, staleAfterMs }: AgeProps) {
  if (atMs === null) return <span className="muted">never</span>;
  const ageMs = nowMs - atMs;
  if (staleAfterMs !== undefined && ageMs > staleAfterMs) {
    return <span className="age-badge hatched">{ageWords(ageMs)} old</span>;
  }
  return <span className="age">{ageWords(ageMs)} ago</span>;
}

interface AgeProps {
  readonly atMs: number | null;
  readonly nowMs: number;
  /** Without it the value cannot go stale: it is history. */
  readonly staleAfterMs?: number | undefined;
}
