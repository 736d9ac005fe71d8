import { randomStream } from '../../core/base/random.ts';
import type { ReportingPace } from './tracker.ts';

/**
 * How long a tracker waits after something it said at `saidAtMs`: as many seconds as asked, less or more by its jitter.
 * Drawn from its name and that instant, so that it does not matter how often anybody asks.
 */
export function intervalMs(
  seconds: number,
  { jitterPercent = 0 }: ReportingPace,
  name: string,
  saidAtMs: number,
  direction: 'either' | 'longer' = 'either',
): number {
  if (jitterPercent === 0) return seconds * 1_000;
  const drawn = randomStream('pace', name, saidAtMs).next();
  const share = (direction === 'either' ? 2 * drawn - 1 : drawn) * (jitterPercent / 100);
  return Math.round(seconds * 1_000 * (1 + share));
}

/**
 * Whether a tracker that has been silent so long speaks again. It is asked every second, and the draw is looked at only
 * where it decides.
 */
export function isIntervalOver(
  silentMs: number,
  seconds: number,
  pace: ReportingPace,
  name: string,
  saidAtMs: number,
  direction: 'either' | 'longer' = 'either',
): boolean {
  const widestMs = Math.ceil(seconds * 10 * (pace.jitterPercent ?? 0)) + 1;
  if (silentMs < seconds * 1_000 - widestMs) return false;
  if (silentMs > seconds * 1_000 + widestMs) return true;
  return silentMs >= intervalMs(seconds, pace, name, saidAtMs, direction);
}
