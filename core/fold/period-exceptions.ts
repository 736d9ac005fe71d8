import type { ContractAccount, PeriodAccount } from '../billing/account-shapes.ts';
import { waiverKey, type Waiver } from '../billing/document-book.ts';
import { addDays, localDayOf, startOfDayMs } from '../base/calendar.ts';
import { isQuarantined, statusOfCode } from '../metering/reading-status.ts';
import { acceptedBefore, acceptedFrom, at, indexAtOrAfter, type Series } from '../metering/series.ts';
import { type Stretch, wholeBetween } from '../metering/thin-series.ts';
import { evidenceRanges, type PeriodStay, periodStays } from './rate-contract.ts';
import type { World } from './world.ts';

/** What speaks against closing a period. It is looked into and put right, or waived with a reason. */
export interface PeriodException {
  /** Unique in its period. */
  readonly exception: string;
  readonly kind: ExceptionKind;
  /** Null for one about the whole contract. */
  readonly vehicle: string | null;
  readonly registration: string | null;
  readonly words: string;
  readonly waived: Waiver | null;
}

export const exceptionKinds = [
  'period not over',
  'waiting for late readings',
  'no opening reading',
  'provisional',
  'gap',
  'rollback',
  'jump',
  'conflict',
  'unit',
  'clock',
  'unit doubt',
  'two trackers',
  'unauthenticated transport',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** Days after its end that a period is given for late readings (rule B10). */
export const GRACE_DAYS = 3;
/** A vehicle that says nothing for so long has a gap in it, whatever its tracker's rhythm. */
const GAP_MS = 72 * 3_600_000;

/** What stands against closing a contract's period now, that of the contract first, then vehicle by vehicle. */
export function periodExceptions(
  world: World,
  account: ContractAccount,
  period: PeriodAccount,
): PeriodException[] {
  const found = [
    ...timingExceptions(world, account, period),
    ...periodStays(world, account, period).flatMap((stay) => stayExceptions(world, stay)),
  ];
  const { id } = account.contract;
  return found.map((each) => ({
    ...each,
    waived: world.money.waivers.get(waiverKey(id, period.period.index, each.exception)) ?? null,
  }));
}

type Found = Omit<PeriodException, 'waived'>;

function timingExceptions(world: World, { exact }: ContractAccount, { period }: PeriodAccount): Found[] {
  const ofContract = { vehicle: null, registration: null };
  if (world.clockMs < startOfDayMs(period.endDay, exact.timezone)) {
    const words = `the period goes on until ${period.endDay}`;
    return [{ exception: 'period not over', kind: 'period not over', ...ofContract, words }];
  }
  const graceEnds = addDays(period.endDay, GRACE_DAYS);
  if (localDayOf(world.clockMs, exact.timezone) >= graceEnds) return [];
  const words = `readings of the period may still come in until ${graceEnds}`;
  return [
    { exception: 'waiting for late readings', kind: 'waiting for late readings', ...ofContract, words },
  ];
}

function stayExceptions(world: World, stay: PeriodStay): Found[] {
  const { vehicle, registration } = stay.vehicle;
  const found = (kind: ExceptionKind, words: string): Found => ({
    exception: `${kind} ${vehicle}`,
    kind,
    vehicle,
    registration,
    words,
  });
  return [
    ...coverage(stay, found),
    ...quarantine(stay, found),
    ...situations(world, stay, found),
    ...(stay.vehicle.isUnauthenticated
      ? [found('unauthenticated transport', 'readings came over a transport that proves no sender')]
      : []),
  ];
}

type Find = (kind: ExceptionKind, words: string) => Found;

/** Whether the readings reach over the vehicle's time in the period, without a long silence. */
function coverage({ series, archive, spans, vehicle }: PeriodStay, found: Find): Found[] {
  if (series === null || acceptedFrom(series, 0) < 0)
    return [found('no opening reading', 'no accepted odometer reading yet; nothing is charged')];
  const exceptions: Found[] = [];
  if (vehicle.opening === null)
    exceptions.push(found('no opening reading', 'no signed handover reading; the first accepted one opens'));
  const end = Math.max(...spans.map(({ toMs }) => toMs));
  const last = acceptedBefore(series, series.count);
  if (at(series.atMs, last) < end)
    exceptions.push(
      found(
        'provisional',
        `no reading at or after the end; the last is of ${isoMinute(at(series.atMs, last))}`,
      ),
    );
  for (const { fromMs, toMs } of spans) {
    const gap = longestSilence(
      stayRange(wholeBetween(series, fromMs, toMs, archive, mayHideGap), fromMs, toMs),
    );
    if (gap !== null && gap.toMs - gap.fromMs > GAP_MS) {
      const hours = Math.round((gap.toMs - gap.fromMs) / 3_600_000);
      exceptions.push(found('gap', `${hours} h without a reading from ${isoMinute(gap.fromMs)}`));
      break;
    }
  }
  return exceptions;
}

/** Within a shorter stretch no silence is long enough. */
function mayHideGap({ afterMs, beforeMs }: Stretch): boolean {
  return beforeMs - afterMs > GAP_MS;
}

function* stayRange(series: Series, fromMs: number, toMs: number): Generator<number> {
  for (
    let i = Math.max(0, acceptedBefore(series, indexAtOrAfter(series, fromMs + 1)));
    i < series.count;
    i += 1
  ) {
    yield at(series.atMs, i);
    if (at(series.atMs, i) >= toMs) return;
  }
}

function longestSilence(times: Iterable<number>): { readonly fromMs: number; readonly toMs: number } | null {
  let longest: { fromMs: number; toMs: number } | null = null;
  let before: number | null = null;
  for (const ms of times) {
    if (before !== null && (longest === null || ms - before > longest.toMs - longest.fromMs))
      longest = { fromMs: before, toMs: ms };
    before = ms;
  }
  return longest;
}

/** Readings that do not count, by what is wrong with them, and the run of faults that may follow one. */
function quarantine(stay: PeriodStay, found: Find): Found[] {
  const counts = new Map<ExceptionKind, number>();
  for (const [first, last, series] of evidenceRanges(stay, ({ hasQuarantined }) => hasQuarantined)) {
    for (let i = first; i <= last; i += 1) {
      const status = statusOfCode(at(series.status, i));
      if (isQuarantined(status) && status !== 'rejected') counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  return [...counts].map(([kind, count]) =>
    found(kind, `${count} ${count === 1 ? 'reading' : 'readings'} in quarantine`),
  );
}

function situations(world: World, { vehicle }: PeriodStay, found: Find): Found[] {
  const exceptions: Found[] = [];
  for (const situation of world.situations.values()) {
    if (situation.subject !== vehicle.vehicle) continue;
    if (situation.situation === 'two-trackers') exceptions.push(found('two trackers', situation.detail));
    if (situation.situation === 'odometer-unit-doubt') exceptions.push(found('unit doubt', situation.detail));
  }
  return exceptions;
}

function isoMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
