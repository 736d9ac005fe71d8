import { closest, distance } from 'fastest-levenshtein';

/** Nobody mistypes a page of text, and the work grows with the product of the lengths. */
const WRITTEN_CHARACTERS_MAX = 64;

/** The name somebody most likely meant, or null when none is near: two slips, or a third of a long name. */
export function nearestName(written: string, names: readonly string[]): string | null {
  if (names.length === 0 || written.length > WRITTEN_CHARACTERS_MAX) return null;
  const near = closest(written.toLowerCase(), [...names]);
  const slips = Math.max(2, Math.floor(near.length / 3));
  return distance(written.toLowerCase(), near.toLowerCase()) <= Math.min(slips, near.length - 1)
    ? near
    : null;
}

/** "; did you mean …?", or nothing. */
export function hintOf(written: unknown, names: readonly string[]): string {
  const near = typeof written === 'string' ? nearestName(written, names) : null;
  return near === null ? '' : `; did you mean "${near}"?`;
}
