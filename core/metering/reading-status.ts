/**
 * What the meter made of an odometer reading (rules M2b–M5). The order is that of the codes kept in a series; a code
 * never changes its meaning, because snapshots hold it.
 */
export const readingStatuses = [
  'accepted',
  /** Another reading of the same instant has precedence and agrees within a mile (M4), or it precedes the opening. */
  'superseded',
  /** Up to a mile below the last accepted one (M5). */
  'jitter',
  /** A feed without reading times said the same again (M2b). */
  'repeat',
  /** More than a mile below the last accepted one (M5). */
  'rollback',
  /** Further than the vehicle could have driven, or continuing such a reading (M5). */
  'jump',
  /** The tracker's clock is unset, or over five minutes ahead of ours (M3). */
  'clock',
  /** Two readings of one instant differ by more than a mile (M4). */
  'conflict',
  /** Sent without a unit, and no labelled reading has told which unit the vehicle reports in (M1). */
  'unit',
  /** Accepted by the scan, and taken out by people (M5). */
  'rejected',
] as const;

export type ReadingStatus = (typeof readingStatuses)[number];
export type QuarantineReason = 'rollback' | 'jump' | 'clock' | 'conflict' | 'unit' | 'rejected';

const codes = new Map<ReadingStatus, number>(readingStatuses.map((status, code) => [status, code]));

export function statusCode(status: ReadingStatus): number {
  return codes.get(status) ?? 0;
}

export function statusOfCode(code: number): ReadingStatus {
  return readingStatuses[code] ?? 'accepted';
}

const QUARANTINED: ReadonlySet<ReadingStatus> = new Set([
  'rollback',
  'jump',
  'clock',
  'conflict',
  'unit',
  'rejected',
] satisfies QuarantineReason[]);

/** Quarantined readings are kept as evidence and never bill by themselves. */
export function isQuarantined(status: ReadingStatus): status is QuarantineReason {
  return QUARANTINED.has(status);
}
