import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { type DrivingLimits, judgeReading, type ScanState, scanFrom } from './acceptance-scan.ts';
import { openingIndex } from './judge-by-time.ts';
import { type ReadingStatus, statusCode } from './reading-status.ts';
import { type Ruling, rulingAt } from './rulings.ts';
import {
  acceptedBefore,
  assertWhole,
  at,
  BACKLOG_PLACE,
  type BacklogBase,
  NO_POSITION,
  type Series,
} from './series.ts';
import { setStatus, type StatusTally } from './series-change.ts';

/** Rule M2b: values arriving this soon after a silence are one backlog. */
export const BACKLOG_MS = 60_000;

/** What judging on receipt knows after a reading. `scan` is null until a reading is accepted. */
export interface ReceiptState {
  scan: ScanState | null;
  base: BacklogBase | null;
}

/** Cumulative micrometres, the place in its backlog, and what people decided. */
interface ReceivedReading {
  readonly atMs: number;
  readonly micrometres: number;
  readonly backlogPlace: number;
  readonly ruling: Ruling['kind'] | null;
}

/** Judges every reading of a receipt-time feed again, in the order of receipt. */
export function judgeByReceipt(series: Series, limits: DrivingLimits, tally: StatusTally): void {
  assertWhole(series);
  const opening = openingIndex(series);
  const state: ReceiptState = { scan: null, base: null };
  for (let i = 0; i < series.count; i += 1) {
    const ruling = rulingAt(series, i);
    if (ruling !== 'reject' && i < opening) setStatus(series, i, 'superseded', tally);
    else setStatus(series, i, judgeReceived(state, readingAt(series, i, ruling), limits), tally);
  }
  if (series.backlog?.isBegun === true) series.backlog.base = state.base;
}

function readingAt(series: Series, i: number, ruling: Ruling['kind'] | null): ReceivedReading {
  const backlogPlace = at(series.position, i) === NO_POSITION ? SIGNED : at(series.backlogPlace, i);
  return { atMs: at(series.atMs, i), micrometres: at(series.micrometres, i), backlogPlace, ruling };
}

/** What people signed came with no backlog, and ends none. */
const SIGNED = -1;

/** Rule M2b: only a value above the highest so far is a reading; moves the state. */
export function judgeReceived(
  state: ReceiptState,
  reading: ReceivedReading,
  limits: DrivingLimits,
): ReadingStatus {
  const { atMs, micrometres, ruling } = reading;
  state.base = baseOf(state, reading);
  if (ruling === 'reject') return 'rejected';
  const { scan } = state;
  if (scan === null || (ruling === 'accept' && micrometres >= scan.acceptedMicrometres)) {
    state.scan = scanFrom(atMs, micrometres);
    if (state.base !== null) state.base = { ...state.base, micrometres };
    return 'accepted';
  }
  if (scan.run === null && isNotAboveValue(scan.acceptedMicrometres, micrometres)) return 'repeat';
  const judging = judgingFrom(scan, reading.backlogPlace === SIGNED ? null : state.base, micrometres);
  const status = judgeReading(judging, atMs, micrometres, limits);
  if (status === 'jitter' || (status === 'accepted' && micrometres <= scan.acceptedMicrometres))
    return 'repeat';
  if (status === 'accepted') state.scan = scanFrom(atMs, micrometres);
  else scan.run = judging.run;
  return status;
}

/** A reading of a backlog that says more than the last accepted one is judged from before the backlog. */
function judgingFrom(scan: ScanState, base: BacklogBase | null, micrometres: number): ScanState {
  const judging =
    base !== null && micrometres > scan.acceptedMicrometres
      ? scanFrom(base.atMs, base.micrometres)
      : scanFrom(scan.acceptedAtMs, scan.acceptedMicrometres);
  judging.run = scan.run;
  return judging;
}

function baseOf({ scan, base }: ReceiptState, { atMs, backlogPlace }: ReceivedReading): BacklogBase | null {
  if (backlogPlace === SIGNED) return base;
  if (backlogPlace === BACKLOG_PLACE.none) return null;
  if (backlogPlace === BACKLOG_PLACE.further)
    return base !== null && atMs - base.sinceMs <= BACKLOG_MS ? base : null;
  if (scan === null) return null;
  return { atMs: scan.acceptedAtMs, micrometres: scan.acceptedMicrometres, sinceMs: atMs };
}

/** Equal to the highest value so far, or up to a mile below. */
export function isNotAboveValue(highest: number, micrometres: number): boolean {
  return micrometres <= highest && micrometres >= highest - MICROMETRES_PER_MILE;
}

/** The state at the end of a series: its last accepted reading, and the run of faults that followed it. */
export function receiptStateAtEnd(series: Series): ReceiptState {
  const base = series.backlog?.base ?? null;
  const accepted = acceptedBefore(series, series.count);
  if (accepted < 0) return { scan: null, base };
  const scan = scanFrom(at(series.atMs, accepted), at(series.micrometres, accepted));
  for (let i = accepted + 1; i < series.count; i += 1) {
    const status = at(series.status, i);
    if (status !== JUMP && (status !== ROLLBACK || scan.run === null)) continue;
    scan.run = { atMs: at(series.atMs, i), micrometres: at(series.micrometres, i) };
  }
  return { scan, base };
}

const JUMP = statusCode('jump');
const ROLLBACK = statusCode('rollback');
