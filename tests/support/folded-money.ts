import { addDays, startOfDayMs } from '../../core/base/calendar.ts';
import { must } from '../../core/base/assert.ts';
import { applyRecord } from '../../core/fold/apply-record.ts';
import { accountNamed } from '../../core/fold/account-named.ts';
import { composeDocument } from '../../core/fold/compose-document.ts';
import { decisionProblem } from '../../core/fold/check-decision.ts';
import { periodExceptions } from '../../core/fold/period-exceptions.ts';
import { newWorld, type World } from '../../core/fold/world.ts';
import { periodOf } from '../../core/billing/contract-account.ts';
import type { Book } from '../../core/protocol/book.ts';
import type { Decision } from '../../core/protocol/decision.ts';
import type { FinalDocument } from '../../core/protocol/document.ts';
import type { JournalEntry, JournalRecord } from '../../core/protocol/journal-record.ts';
import type { LedgerEvent } from '../../core/protocol/ledger-event.ts';
import { teltonika } from './fold-packets.ts';

/** A world and the journal it comes from, moved record by record as the core does: checked, written, folded. */
export interface MoneyRun {
  readonly world: World;
  readonly records: JournalRecord[];
}

type Unsigned<D> = D extends Decision ? Omit<D, 'actor' | 'reason' | 'approver'> : never;

export const SIGNED = { actor: 'ann', reason: 'test', approver: 'bob' } as const;

export function moneyRun(book: Book, atMs: number): MoneyRun {
  const run: MoneyRun = { world: newWorld(), records: [] };
  write(run, atMs, { kind: 'decision', decision: { decision: 'load-book', ...SIGNED, book } });
  return run;
}

export function write(run: MoneyRun, atMs: number, entry: JournalEntry): void {
  const record: JournalRecord = { ...entry, position: run.records.length, receivedAtMs: atMs };
  run.records.push(record);
  applyRecord(run.world, record);
}

/** The clock moves on, and the days that ended are accrued. */
export function tick(run: MoneyRun, atMs: number): void {
  write(run, atMs, { kind: 'tick' });
}

/** Without a position nothing speaks against the odometer. */
const NOWHERE = { latlng: undefined };

/** An odometer reading of a Teltonika tracker, in tenths of a mile: the first whole metre that holds them. */
export function reading(
  run: MoneyRun,
  device: string,
  observedAtMs: number,
  tenths: number,
  receivedAtMs: number = observedAtMs,
): void {
  sendMetres(run, device, observedAtMs, Math.ceil(tenths * 160.9344), receivedAtMs);
}

export function sendMetres(
  run: MoneyRun,
  device: string,
  observedAtMs: number,
  metres: number,
  receivedAtMs: number,
): void {
  const { topic, payload } = teltonika(device, observedAtMs, metres, NOWHERE);
  const bytes = Buffer.from(JSON.stringify(payload));
  const packet = { clientId: 'test', payload: bytes, omittedBytes: 0 };
  write(run, receivedAtMs, { kind: 'packet', topic: must(topic, 'a packet has a topic'), ...packet });
}

/** Takes a decision if it may be taken at that time; says why not otherwise. A due document names its position: no tick comes between. */
export function decide(run: MoneyRun, atMs: number, unsigned: Unsigned<Decision>): string | null {
  if (atMs > run.world.clockMs) tick(run, atMs);
  const decision = { ...unsigned, ...SIGNED } as Decision;
  const problem = decisionProblem(run.world, decision);
  if (problem !== null) return `${problem.field}: ${problem.problem}`;
  write(run, atMs, { kind: 'decision', decision });
  return null;
}

export function post(run: MoneyRun, atMs: number, event: LedgerEvent): string | null {
  return decide(run, atMs, { decision: 'post-event', event });
}

/** What a period is due, written but not issued. */
export function dueDocument(run: MoneyRun, contract: string, period: number): FinalDocument | null {
  const account = accountNamed(run.world, contract);
  const versions = { rules: 1, decoders: 1, timeZoneData: 'test' };
  return composeDocument(run.world, account, periodOf(account, period), { versions, isSimulated: false });
}

/** Issues what a period is due; the reason when it may not be, null when nothing is due. */
export function issue(
  run: MoneyRun,
  atMs: number,
  contract: string,
  period: number,
): FinalDocument | string | null {
  tick(run, atMs);
  const document = dueDocument(run, contract, period);
  if (document === null) return null;
  return decide(run, atMs, { decision: 'issue-document', document }) ?? document;
}

/** Waives whatever stands against a period, and issues what it is due. */
export function issueWaived(run: MoneyRun, atMs: number, contract: string, period: number): FinalDocument {
  tick(run, atMs);
  const account = accountNamed(run.world, contract);
  for (const { exception, waived } of periodExceptions(run.world, account, periodOf(account, period)))
    if (waived === null) decide(run, atMs, { decision: 'waive-exception', contract, period, exception });
  const document = issue(run, atMs, contract, period);
  if (document === null || typeof document === 'string') throw new Error(document ?? 'nothing is due');
  return document;
}

/** Money from one payer for documents; what is over waits. */
export function receive(
  run: MoneyRun,
  atMs: number,
  receipt: string,
  pence: number,
  ...matches: readonly { readonly document: string; readonly pence: number }[]
): string | null {
  const valueDay = new Date(atMs).toISOString().slice(0, 10);
  const receipts = [{ receipt, valueDay, pence, payer: 'North Cabs', reference: '', matches: [...matches] }];
  return decide(run, atMs, { decision: 'record-receipts', receipts });
}

/** Every account that is not at zero, in the order of their names. */
export function balances({ world }: MoneyRun): Record<string, number> {
  return Object.fromEntries(
    [...world.ledger.balancesPence]
      .filter(([, pence]) => pence !== 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The entries of every set of an event, one text a set: "1000 +36000, 1100:north -36000". */
export function setsOf({ world }: MoneyRun, event: string): string[] {
  return world.ledger.sets
    .filter((set) => set.event === event)
    .map(({ entries }) =>
      entries.map(({ account, pence }) => `${account} ${pence > 0 ? '+' : ''}${pence}`).join(', '),
    );
}

/** The same journal folded from nothing. */
export function replayed({ records }: MoneyRun): World {
  const world = newWorld();
  for (const record of records) applyRecord(world, record);
  return world;
}

/** An hour of a London day, epoch milliseconds. */
export function londonMs(day: string, hour = 12): number {
  return startOfDayMs(day, 'Europe/London') + hour * 3_600_000;
}

/** Every device reads at noon of each of `days` days, its tenths a day further than the day before, from `from` on. */
export function driveDays(
  run: MoneyRun,
  perDayByDevice: Readonly<Record<string, number>>,
  firstDay: string,
  days: number,
  from = 10_000,
): void {
  for (let i = 1; i <= days; i += 1)
    for (const [device, perDay] of Object.entries(perDayByDevice))
      reading(run, device, londonMs(addDays(firstDay, i - 1)), from + i * perDay);
}
