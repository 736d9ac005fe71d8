import { expect, test } from 'vitest';
import { documentsOfPeriod, openPence } from '../../core/billing/document-book.ts';
import { accountNamed } from '../../core/fold/account-named.ts';
import { previewPeriod } from '../../core/fold/describe-periods.ts';
import { balanceOf } from '../../core/ledger/ledger.ts';
import { aMoneyBook, DEVICE } from '../support/money-book.ts';
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
  reading,
  receive,
  replayed,
  setsOf,
  tick,
} from '../support/folded-money.ts';

/** January's last reading but one is 1,000.0 miles above the handover, then 60 miles until 06:00 of 1 February. */
function januaryClosed(): MoneyRun {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 400 }, '2026-01-01', 25);
  for (const day of ['2026-01-27', '2026-01-29']) reading(run, DEVICE, londonMs(day), 20_000);
  reading(run, DEVICE, londonMs('2026-01-31', 18), 20_000);
  reading(run, DEVICE, londonMs('2026-02-01', 6), 20_600);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  return run;
}

/** A buffered reading of 31 January 22:00 arrives on 20 February: 40 of the 60 miles were driven by then. */
function bufferedReading(run: MoneyRun): void {
  reading(run, DEVICE, londonMs('2026-01-31', 22), 20_400, londonMs('2026-02-20'));
}

const amounts = (document: ReturnType<typeof issue>): unknown =>
  document === null || typeof document === 'string'
    ? document
    : [document.number, document.tenths, document.netPence, document.vatPence, document.grossPence];

const february = (run: MoneyRun): number => dueDocument(run, 'C1', 1)?.tenths ?? 0;

test('the worked correction: 15.0 miles of January are 4.50 + 0.90, and February falls by as many', () => {
  const run = januaryClosed();
  expect(documentsOfPeriod(run.world.money, 'C1', 0).map(({ document }) => amounts(document))).toEqual([
    ['INV-000001', 10_300, 30_900, 6_180, 37_080],
  ]);
  tick(run, londonMs('2026-02-19'));
  expect(february(run)).toBe(300);
  bufferedReading(run);
  const buffered = run.records.length - 1;
  const supplementary = issue(run, londonMs('2026-02-20', 13), 'C1', 0);
  expect(amounts(supplementary)).toEqual(['SUP-000002', 150, 450, 90, 540]);
  expect(supplementary).toMatchObject({
    causePositions: [buffered],
    issuedDay: '2026-02-20',
    earlier: [{ number: 'INV-000001', netPence: 30_900, vatPence: 6_180 }],
  });
  expect(setsOf(run, 'supplementary')).toEqual(['1100:north +540, 4000 -450, 2100 -90']);
  expect(february(run)).toBe(150);
});

test('rating again issues nothing more', () => {
  const run = januaryClosed();
  bufferedReading(run);
  issue(run, londonMs('2026-02-20', 13), 'C1', 0);
  expect(issue(run, londonMs('2026-02-20', 14), 'C1', 0)).toBeNull();
});

test('what changes after an invoice is a correction and is never accrued', () => {
  const run = januaryClosed();
  tick(run, londonMs('2026-02-19'));
  const accrued = balanceOf(run.world.ledger, '1110:C1');
  expect(accrued).toBe(900);
  bufferedReading(run);
  tick(run, londonMs('2026-02-25'));
  // February's 15 miles are taken back, and January's are not accrued.
  expect(balanceOf(run.world.ledger, '1110:C1')).toBe(450);
  const january = accountNamed(run.world, 'C1').periods.get(0);
  expect(january).toMatchObject({ isFinal: true, held: { mileage: 0, minimum: 0 } });
});

/** Rejecting the buffered reading takes January's 15.0 miles back. */
function rejectBuffered(run: MoneyRun, position: number, atMs: number): void {
  const [micrometres, readAtMs] = [Math.ceil(20_400 * 160.9344) * 1_000_000, londonMs('2026-01-31', 22)];
  const reject = {
    decision: 'reject-reading',
    vehicle: 'V1',
    position,
    atMs: readAtMs,
    micrometres,
  } as const;
  expect(decide(run, atMs, reject)).toBeNull();
}

test('a rejected reading gives a credit note, which pays what is open of its period', () => {
  const run = januaryClosed();
  bufferedReading(run);
  const buffered = run.records.length - 1;
  issue(run, londonMs('2026-02-20', 13), 'C1', 0);
  rejectBuffered(run, buffered, londonMs('2026-02-21'));
  expect(amounts(issue(run, londonMs('2026-02-21'), 'C1', 0))).toEqual(['CRN-000003', -150, -450, -90, -540]);
  expect(setsOf(run, 'credit_note')).toEqual(['1100:north -540, 4000 +450, 2100 +90']);
  const open = documentsOfPeriod(run.world.money, 'C1', 0).map((state) => openPence(state));
  expect(open).toEqual([36_540, 540, 0]);
  expect(balances(run)['1100:north']).toBe(37_080);
});

test('a credit for what is paid stays with the operator, until the same period owes again', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 300 }, '2026-01-01', 31);
  reading(run, DEVICE, londonMs('2026-02-01', 6), 19_400);
  const last = run.records.length - 2;
  const invoice = issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  const { grossPence, number } = invoice;
  expect(
    receive(run, londonMs('2026-02-05'), 'R1', grossPence, { document: number, pence: grossPence }),
  ).toBeNull();
  const value = Math.ceil(19_300 * 160.9344) * 1_000_000;
  const at = londonMs('2026-01-31');
  const ruling = { vehicle: 'V1', position: last, atMs: at, micrometres: value } as const;
  expect(decide(run, londonMs('2026-02-06'), { decision: 'reject-reading', ...ruling })).toBeNull();
  const credit = issue(run, londonMs('2026-02-06'), 'C1', 0);
  expect(amounts(credit)).toEqual(['CRN-000002', -24, -72, -15, -87]);
  expect(balances(run)['1100:north']).toBe(-87);
  // A buffered reading of the same hour: the period owes again, and what it owes is less by the credit.
  reading(run, DEVICE, at + 1, 19_390, londonMs('2026-02-07'));
  const supplementary = issue(run, londonMs('2026-02-07', 13), 'C1', 0);
  expect(amounts(supplementary)).toEqual(['SUP-000003', 54, 162, 33, 195]);
  expect(documentsOfPeriod(run.world.money, 'C1', 0).map((state) => openPence(state))).toEqual([0, 0, 108]);
  expect(balances(run)['1100:north']).toBe(108);
});

test('an invoice without telemetry at the end is provisional, and is trued up when it returns', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 300 }, '2026-01-01', 20);
  const invoice = issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  expect([invoice.rated.isProvisional, ...(amounts(invoice) as unknown[])]).toEqual([
    true,
    'INV-000001',
    6_000,
    18_000,
    3_600,
    21_600,
  ]);
  // 240 miles in the 20 days since: half of them lie before midnight of 31 January, less half a day.
  reading(run, DEVICE, londonMs('2026-02-09'), 18_400, londonMs('2026-02-10'));
  const supplementary = issue(run, londonMs('2026-02-10', 13), 'C1', 0);
  expect(amounts(supplementary)).toEqual(['SUP-000002', 1_380, 4_140, 828, 4_968]);
  expect(supplementary).toMatchObject({ rated: { isProvisional: false, tenths: 7_380 } });
});

test('looking at periods, and decisions that are refused, leave the world as the journal makes it', () => {
  const run = januaryClosed();
  const issuing = { versions: { rules: 1, decoders: 1, timeZoneData: 'test' }, isSimulated: false };
  previewPeriod(run.world, 'C1', 5, issuing);
  const waiver = { decision: 'waive-exception', contract: 'C1', period: 7, exception: 'gap V1' } as const;
  expect(decide(run, londonMs('2026-02-05'), waiver)).toBe('exception: the period has no exception "gap V1"');
  tick(run, londonMs('2026-04-05'));
  const [ours, again] = [accountNamed(run.world, 'C1'), accountNamed(replayed(run), 'C1')];
  expect([...ours.periods.keys()]).toEqual([0, 1, 2, 3]);
  expect([...again.periods.keys()]).toEqual([0, 1, 2, 3]);
  expect(replayed(run).ledger.sets.at(-1)?.hash).toBe(run.world.ledger.sets.at(-1)?.hash);
});
