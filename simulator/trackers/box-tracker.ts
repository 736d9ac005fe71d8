import { isIntervalOver } from './interval.ts';
import type { ReportingPace, Tracker, TrackerPublish, TrackerView } from './tracker.ts';

/** Why a box speaks. */
export type BoxReason = 'periodic' | 'ignition' | 'movement' | 'signal';

/**
 * A box wired to a vehicle: it speaks at its pace, seldom while parked, and at once when ignition or movement changes
 * or it notices something.
 */
export function boxTracker(
  name: string,
  pace: ReportingPace,
  encode: (view: TrackerView, reason: BoxReason) => TrackerPublish,
): Tracker {
  let before: TrackerView | null = null;
  const report: Tracker['report'] = (view, occasion) => {
    const reason = before === null ? 'periodic' : reasonBetween(before, view);
    const paceSeconds = view.isOn ? pace.teltonikaSeconds : pace.parkedSeconds;
    const isDue =
      before === null || isIntervalOver(view.atMs - before.atMs, paceSeconds, pace, name, before.atMs);
    if (occasion === 'due' && reason === 'periodic' && !isDue) return [];
    before = view;
    return [encode(view, reason)];
  };
  return { report };
}

function reasonBetween(before: TrackerView, now: TrackerView): BoxReason {
  if (now.signal !== null && now.signal !== before.signal) return 'signal';
  if (before.isOn !== now.isOn) return 'ignition';
  return before.speedMmPerS > 0 !== now.speedMmPerS > 0 ? 'movement' : 'periodic';
}
