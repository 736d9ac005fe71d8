import type { DoorSituation } from '../protocol/journal-record.ts';
import type { World } from './world.ts';

/** What a person should know of and no rule can settle, by name. The door sees some of it, the fold the rest. */
export type SituationName =
  | DoorSituation
  /** Two trackers are claimed by one vehicle at the same time. */
  | 'two-trackers'
  /** A tracker was claimed away from the vehicle that had it. */
  | 'tracker-moved'
  /** A tracker reads the VIN of another vehicle than the one it belongs to. */
  | 'tracker-in-another-vehicle'
  /** Three readings in a row fell back from the last accepted one, which may be the wrong one (rule M5). */
  | 'accepted-reading-suspect'
  /** Odometer and positions disagree on the distance, as a wrong unit or a stuck odometer makes them (rule M12). */
  | 'odometer-unit-doubt';

export interface Situation {
  readonly situation: SituationName;
  readonly subject: string;
  detail: string;
  /** Of the record it was first seen in. */
  readonly firstPosition: number;
  readonly firstAtMs: number;
  lastAtMs: number;
  count: number;
}

/** Enough for a bad week; the oldest gives way. */
const SITUATIONS_MAX = 1_000;

/** Keeps one situation a name and subject, with how often and when it was seen. */
export function noteSituation(
  { situations, nextPosition }: World,
  seen: {
    readonly situation: SituationName;
    readonly subject: string;
    readonly detail: string;
    readonly atMs: number;
  },
): void {
  const key = `${seen.situation} ${seen.subject}`;
  const known = situations.get(key);
  if (known !== undefined) {
    known.detail = seen.detail;
    known.lastAtMs = seen.atMs;
    known.count += 1;
    return;
  }
  const [oldest] = situations.keys();
  if (situations.size >= SITUATIONS_MAX && oldest !== undefined) situations.delete(oldest);
  const { situation, subject, detail, atMs } = seen;
  situations.set(key, {
    situation,
    subject,
    detail,
    firstPosition: nextPosition - 1,
    firstAtMs: atMs,
    lastAtMs: atMs,
    count: 1,
  });
}
