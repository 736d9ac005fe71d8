import { expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import { documentStatus, dunningSchedule, undisputedPence } from '../../core/billing/document-book.ts';
import type { FinalDocument } from '../../core/protocol/document.ts';
import { aMoneyBook, DEVICE, DEVICES } from '../support/money-book.ts';
import {
  balances,
  decide,
  driveDays,
  dueDocument,
  issue,
  issueWaived,
  londonMs,
  type MoneyRun,
  moneyRun,
  post,
  reading,
  receive,
  setsOf,
  tick,
} from '../support/folded-money.ts';

/** January: 1,000.0 miles at 30p, £360.00 with VAT, invoiced on 4 February, due on the 18th. */
function invoiced(): MoneyRun {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 400 }, '2026-01-01', 25);
  for (const day of ['2026-01-28', '2026-01-30', '2026-02-01']) reading(run, DEVICE, londonMs(day), 20_000);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  return run;
}

const INVOICE = 'INV-000001';
const statusOn = ({ world }: MoneyRun, day: string, number = INVOICE): string =>
  documentStatus(must(world.money.documents.get(number), 'issued'), day);
const stepsOn = ({ world }: MoneyRun, day: string): string[] =>
  dunningSchedule(must(world.money.documents.get(INVOICE), 'issued'), day).map(
    ({ step, day: on, isDone }) => `${on} ${step}${isDone ? ', done' : ''}`,
  );

test('a draft is computed anew until it is final; then it never changes', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 300 }, '2026-01-01', 31);
  reading(run, DEVICE, londonMs('2026-02-01', 1), 19_300);
  tick(run, londonMs('2026-02-01', 2));
  expect(dueDocument(run, 'C1', 0)?.tenths).toBe(9_300);
  reading(run, DEVICE, londonMs('2026-01-31', 13), 19_350, londonMs('2026-02-02'));
  reading(run, DEVICE, londonMs('2026-02-01', 2), 19_350, londonMs('2026-02-02'));
  expect(dueDocument(run, 'C1', 0)).toMatchObject({ number: INVOICE, tenths: 9_350 });
  const final = issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  const kept = structuredClone(final);
  reading(run, DEVICE, londonMs('2026-01-31', 14), 19_290, londonMs('2026-02-05'));
  expect(run.world.money.documents.get(INVOICE)?.document).toEqual(kept);
});

test('a document written before the last reading came is refused, and issued when it is written again', () => {
  const run = invoiced();
  tick(run, londonMs('2026-02-05'));
  reading(run, DEVICE, londonMs('2026-01-31', 22), 20_009, londonMs('2026-02-05', 13));
  const stale = must(dueDocument(run, 'C1', 0), 'a supplementary is due');
  tick(run, londonMs('2026-02-06'));
  expect(decide(run, londonMs('2026-02-06'), { decision: 'issue-document', document: stale })).toBe(
    'document: the period has changed since this document was written; write it again',
  );
  const again = issue(run, londonMs('2026-02-06'), 'C1', 0) as FinalDocument;
  expect([again.number, again.tenths]).toEqual(['SUP-000002', stale.tenths]);
});

test('final, part paid, paid', () => {
  const run = invoiced();
  expect(statusOn(run, '2026-02-04')).toBe('final');
  expect(receive(run, londonMs('2026-02-10'), 'R1', 12_000, { document: INVOICE, pence: 12_000 })).toBeNull();
  expect(statusOn(run, '2026-02-10')).toBe('part paid');
  expect(receive(run, londonMs('2026-02-12'), 'R2', 24_000, { document: INVOICE, pence: 24_000 })).toBeNull();
  expect(statusOn(run, '2026-02-12')).toBe('paid');
  expect(statusOn(run, '2026-12-31')).toBe('paid');
  expect(balances(run)['1100:north']).toBeUndefined();
});

test('overdue the day after it was due, and dunned for by the schedule', () => {
  const run = invoiced();
  expect([statusOn(run, '2026-02-18'), statusOn(run, '2026-02-19')]).toEqual(['final', 'overdue']);
  expect(stepsOn(run, '2026-03-10')).toEqual([
    '2026-02-19 reminder, done',
    '2026-02-25 second reminder, done',
    '2026-03-04 call, and no new vehicles, done',
    '2026-03-20 credit watch',
    '2026-04-19 notice of default',
    '2026-05-19 default',
  ]);
  receive(run, londonMs('2026-03-11'), 'R1', 36_000, { document: INVOICE, pence: 36_000 });
  expect(stepsOn(run, '2026-03-12')).toEqual([]);
});

test('a disputed document is not dunned for until the dispute is settled', () => {
  const run = invoiced();
  const at = londonMs('2026-02-20');
  expect(decide(run, at, { decision: 'dispute-document', document: INVOICE, line: null })).toBeNull();
  expect([statusOn(run, '2026-02-21'), stepsOn(run, '2026-02-21')]).toEqual(['disputed', []]);
  expect(decide(run, at, { decision: 'dispute-document', document: INVOICE, line: 0 })).toBe(
    'line: this is disputed already',
  );
  expect(decide(run, at, { decision: 'settle-dispute', document: INVOICE, line: 0 })).toBe(
    'line: this is not disputed',
  );
  expect(decide(run, at, { decision: 'settle-dispute', document: INVOICE, line: null })).toBeNull();
  expect([statusOn(run, '2026-02-21'), stepsOn(run, '2026-02-21').length]).toEqual(['overdue', 6]);
});

test('a disputed line stops dunning on that line only', () => {
  const run = moneyRun(
    aMoneyBook({ vehicles: 2, contract: { scope: 'vehicle' } }),
    londonMs('2026-01-01', 0),
  );
  driveDays(run, { [DEVICES[0]]: 100, [DEVICES[1]]: 200 }, '2026-01-01', 32);
  const invoice = issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  const [first, second] = invoice.rated.lines.map(({ vehicle, pence }) => [vehicle, pence]);
  expect([first, second]).toEqual([
    ['V1', 9_450],
    ['V2', 18_900],
  ]);
  const state = must(run.world.money.documents.get(INVOICE), 'issued');
  expect(undisputedPence(state)).toBe(34_020);
  decide(run, londonMs('2026-02-20'), { decision: 'dispute-document', document: INVOICE, line: 1 });
  expect([undisputedPence(state), stepsOn(run, '2026-02-21').length]).toEqual([11_340, 6]);
  // What is not disputed is paid: nothing is left to dun for.
  receive(run, londonMs('2026-02-21'), 'R1', 11_340, { document: INVOICE, pence: 11_340 });
  expect([undisputedPence(state), stepsOn(run, '2026-02-22')]).toEqual([0, []]);
  expect([statusOn(run, '2026-02-18'), statusOn(run, '2026-02-22')]).toEqual(['disputed', 'disputed']);
  expect(
    decide(run, londonMs('2026-02-22'), { decision: 'dispute-document', document: INVOICE, line: 2 }),
  ).toBe('line: INV-000001 has 2 lines');
});

test('written off: from the allowance as far as it goes, the rest is credit loss', () => {
  const run = invoiced();
  const allowance = { valueDay: '2026-04-20', reference: 'rating', operator: 'north' } as const;
  expect(
    post(run, londonMs('2026-04-20'), { event: 'allowance-set', ...allowance, levelPence: 20_000 }),
  ).toBeNull();
  expect(
    post(run, londonMs('2026-04-20'), { event: 'allowance-set', ...allowance, levelPence: 15_000 }),
  ).toBeNull();
  expect(setsOf(run, 'allowance-set')).toEqual([
    '5100 +20000, 1190:north -20000',
    '5100 -5000, 1190:north +5000',
  ]);
  expect(decide(run, londonMs('2026-05-19'), { decision: 'write-off', document: INVOICE })).toBeNull();
  expect(setsOf(run, 'write-off')).toEqual(['1190:north +15000, 5100 +21000, 1100:north -36000']);
  expect(statusOn(run, '2026-05-20')).toBe('written off');
  expect(stepsOn(run, '2026-05-20')).toEqual([]);
  expect(decide(run, londonMs('2026-05-20'), { decision: 'write-off', document: INVOICE })).toBe(
    'document: nothing is open of INV-000001',
  );
  const recovered = { valueDay: '2026-05-20', reference: 'court', operator: 'north', pence: 9_000 } as const;
  expect(post(run, londonMs('2026-05-20'), { event: 'recovered', ...recovered })).toBeNull();
  expect(setsOf(run, 'recovered')).toEqual(['1000 +9000, 4030 -9000']);
});

test('a contract that is not in force in a period has nothing due for it', () => {
  const run = moneyRun(aMoneyBook({ contract: { end: '2026-02-01' } }), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 32);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  expect(issue(run, londonMs('2026-03-10'), 'C1', 1)).toBeNull();
});
