import { ok } from '../../core/base/result.ts';
import { accountNamed } from '../../core/fold/account-named.ts';
import { applyRecord } from '../../core/fold/apply-record.ts';
import { periodExceptions } from '../../core/fold/period-exceptions.ts';
import { newWorld, type World } from '../../core/fold/world.ts';
import { sumOf } from '../../core/billing/split-pence.ts';
import { settlePrices } from '../../core/billing/price-units.ts';
import { periodOf } from '../../core/billing/contract-account.ts';
import { drivenClock } from '../../core/process/clock/core-clock.ts';
import { DecisionDesk, type Taken } from '../../core/process/door/decide.ts';
import type { Journal } from '../../core/process/journal/journal.ts';
import { openJournal } from '../../core/process/journal/open-journal.ts';
import { issueDecision, issuingOf } from '../../core/process/money/issue-document.ts';
import type { Book } from '../../core/protocol/book.ts';
import { documentsOfPeriod } from '../../core/billing/document-book.ts';
import { must } from '../../core/base/assert.ts';

/** A core without a door: a journal on disk, its fold and the desk where people decide, under a clock that is driven. */
export interface MoneyRun {
  readonly world: World;
  /** Moves the clock, and writes that it did. */
  tick(atMs: number): Promise<void>;
  packet(atMs: number, topic: string, payload: string): Promise<void>;
  /** One person decides; the error fails the test. */
  decide(decision: Readonly<Record<string, unknown>>): Promise<Taken>;
  /** Two people decide. */
  decideByTwo(decision: Readonly<Record<string, unknown>>): Promise<void>;
  /** Waives what stands against it, and issues what is due; gives the document's number. */
  issue(contract: string, period: number): Promise<string>;
  close(): Promise<void>;
}

export const FINANCE = ['fay', 'finn'] as const;

export async function startMoneyRun(journalFolder: string, book: Book, startMs: number): Promise<MoneyRun> {
  const clock = drivenClock(startMs);
  const opened = await openJournal(journalFolder, { clock: () => clock.nowMs(), log: () => undefined });
  if (!opened.ok) throw new Error(opened.error.message);
  const journal = opened.value;
  const world = newWorld();
  journal.onCommit((records) => records.forEach((record) => applyRecord(world, record)));
  const desk = new DecisionDesk(world, (entry, settled) => journal.append(entry, settled));
  await taken(desk.decide(() => ok({ decision: 'load-book', actor: 'system', reason: 'test', book })));
  await addPeople(desk);
  return {
    world,
    tick: async (atMs) => {
      clock.moveTo(atMs);
      await append(journal, { kind: 'tick' });
    },
    packet: (atMs, topic, payload) => {
      clock.moveTo(atMs);
      return append(journal, {
        kind: 'packet',
        topic,
        clientId: 'test',
        payload: Buffer.from(payload),
        omittedBytes: 0,
      });
    },
    decide: (decision) => taken(desk.decideDraft({ reason: 'test', ...decision }, FINANCE[0])),
    decideByTwo: async (decision) => {
      const { proposal } = await taken(desk.decideDraft({ reason: 'test', ...decision }, FINANCE[0]));
      await taken(desk.decideDraft({ decision: 'approve', reason: 'seen', proposal }, FINANCE[1]));
    },
    issue: (contract, period) => issuePeriod(world, desk, contract, period),
    close: () => journal.close(),
  };
}

/** Those who may decide: one administrator, two of finance. */
export async function addPeople(desk: DecisionDesk): Promise<void> {
  const proof = {
    kind: 'password',
    saltHex: '0'.repeat(32),
    scryptHex: '0'.repeat(64),
    cost: 16_384,
  } as const;
  const people = [
    ['ada', ['administrator']],
    [FINANCE[0], ['finance', 'operations']],
    [FINANCE[1], ['finance', 'operations']],
  ] as const;
  for (const [account, roles] of people) {
    await taken(
      desk.decide(() =>
        ok({
          decision: 'add-account',
          actor: account === 'ada' ? 'tester' : 'ada',
          reason: 'test',
          account,
          name: account,
          roles: [...roles],
          proof,
        }),
      ),
    );
  }
}

/** Waives what stands against a period, and issues what is due; gives the document's number. */
export async function issuePeriod(
  world: World,
  desk: DecisionDesk,
  contract: string,
  index: number,
): Promise<string> {
  const account = accountNamed(world, contract);
  const period = periodOf(account, index);
  const standing = period.isFinal ? [] : periodExceptions(world, account, period);
  for (const { exception, waived } of standing)
    if (waived === null)
      await taken(
        desk.decideDraft(
          { decision: 'waive-exception', reason: 'looked at', contract, period: index, exception },
          FINANCE[0],
        ),
      );
  settlePrices(account);
  const before = documentsOfPeriod(world.money, contract, index).reduce(
    (sum, { document }) => sum + document.netPence,
    0,
  );
  const request = {
    contract,
    period: index,
    previewNetPence: sumOf(period.price) - before,
    reason: 'the month is over',
  };
  await taken(desk.decide(() => issueDecision(world, request, FINANCE[0], issuingOf(true))));
  return must([...world.money.documents.keys()].at(-1), 'a document was issued');
}

/** What was decided; throws when it was not. */
export async function taken<T>(
  outcome: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>,
): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(JSON.stringify(settled.error));
  return settled.value;
}

function append(journal: Journal, entry: Parameters<Journal['append']>[0]): Promise<void> {
  return new Promise((resolve, reject) =>
    journal.append(entry, (failure) => (failure === null ? resolve() : reject(new Error(failure.message)))),
  );
}
