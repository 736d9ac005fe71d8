import { expect, test } from 'vitest';
import type { FinalDocument } from '../../core/protocol/document.ts';
import type { ContractTerms } from '../../core/protocol/terms.ts';
import { aMoneyBook, DEVICE, DEVICES, type MoneyBookChanges } from '../support/money-book.ts';
import {
  balances,
  decide,
  driveDays,
  issueWaived,
  londonMs,
  type MoneyRun,
  moneyRun,
  post,
  reading,
  setsOf,
  tick,
} from '../support/folded-money.ts';

const flat = (rate: string): ContractTerms => ({ tiers: [{ upTo: null, rate }] });

/** A run of January in which every vehicle drives 100 tenths a day, from midnight to midnight of 1 February. */
function january(changes: MoneyBookChanges = {}, devices: readonly string[] = [DEVICE]): MoneyRun {
  const run = moneyRun(aMoneyBook(changes), londonMs('2026-01-01', 0));
  const perDay = Object.fromEntries(devices.map((device) => [device, 100]));
  driveDays(run, perDay, '2026-01-01', 31);
  for (const device of devices) reading(run, device, londonMs('2026-02-01', 0), 13_100);
  return run;
}

const linesOf = ({ rated }: FinalDocument): string[] =>
  rated.lines.map(({ kind, vehicle, fromDay, tenths, ratePence, pence }) =>
    [vehicle, fromDay.slice(5), kind, tenths, ratePence, pence].filter((each) => each !== null).join(' '),
  );

const invoiceOf = (run: MoneyRun, period = 0, day = '2026-02-04'): FinalDocument =>
  issueWaived(run, londonMs(day), 'C1', period);

test('an amendment between flat terms splits the period at its midnight, by M(t) at that instant', () => {
  const run = january();
  const amendment = { from: '2026-01-16', terms: flat('40') };
  expect(
    decide(run, londonMs('2026-02-02'), { decision: 'amend-contract', contract: 'C1', amendment }),
  ).toBeNull();
  // 100 tenths between noons: 50 of them on either side of midnight. The first noon has all of its 100.
  expect(linesOf(invoiceOf(run))).toEqual(['01-01 miles 1550 30 4650', '01-16 miles 1550 40 6200']);
});

test('an amendment taken while days accrue moves what was accrued by the difference, once', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 10);
  tick(run, londonMs('2026-01-11', 0));
  expect(balances(run)).toEqual({ '1110:C1': 3_000, '4000': -3_000 });
  const amendment = { from: '2026-01-01', terms: flat('40') };
  expect(
    decide(run, londonMs('2026-01-11'), { decision: 'amend-contract', contract: 'C1', amendment }),
  ).toBeNull();
  tick(run, londonMs('2026-01-12', 0));
  expect(balances(run)).toEqual({ '1110:C1': 4_000, '4000': -4_000 });
});

test('any other amendment waits for the next period', () => {
  const run = january();
  const terms = { ...flat('40'), minMiles: '400' };
  const amendment = { from: '2026-01-16', terms };
  expect(
    decide(run, londonMs('2026-02-01', 1), { decision: 'amend-contract', contract: 'C1', amendment }),
  ).toBeNull();
  expect(linesOf(invoiceOf(run))).toEqual(['01-01 miles 3100 30 9300']);
  reading(run, DEVICE, londonMs('2026-03-01', 0), 16_100);
  expect(linesOf(invoiceOf(run, 1, '2026-03-04'))).toEqual([
    '02-01 miles 3000 40 12000',
    '02-01 min_miles_shortfall 1000 40 4000',
  ]);
});

test('two amendments to flat terms in one period do not split it while its own terms have a minimum', () => {
  const run = january({ contract: { terms: { ...flat('30'), minMiles: '400' } } });
  for (const [from, rate] of [
    ['2026-01-10', '20'],
    ['2026-01-20', '10'],
  ] as const) {
    const amendment = { from, terms: flat(rate) };
    decide(run, londonMs('2026-02-01', 1), { decision: 'amend-contract', contract: 'C1', amendment });
  }
  expect(linesOf(invoiceOf(run))).toEqual([
    '01-01 miles 3100 30 9300',
    '01-01 min_miles_shortfall 900 30 2700',
  ]);
  reading(run, DEVICE, londonMs('2026-03-01', 0), 16_100);
  expect(linesOf(invoiceOf(run, 1, '2026-03-04'))).toEqual(['02-01 miles 3000 10 3000']);
});

test('a contract is not amended where it is invoiced', () => {
  const run = january();
  invoiceOf(run);
  const amend = (from: string): string | null =>
    decide(run, londonMs('2026-02-05'), {
      decision: 'amend-contract',
      contract: 'C1',
      amendment: { from, terms: flat('1') },
    });
  expect(amend('2026-01-31')).toBe('amendment.from: C1 is invoiced until 2026-02-01; amend it from then on');
  expect(amend('2026-02-01')).toBeNull();
});

test('a contract amended after its vehicles were heard outside of it goes on', () => {
  const run = moneyRun(aMoneyBook({ contract: { start: '2026-01-10' } }), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 14);
  const amendment = { from: '2026-02-01', terms: flat('40') };
  expect(
    decide(run, londonMs('2026-01-14'), { decision: 'amend-contract', contract: 'C1', amendment }),
  ).toBeNull();
  tick(run, londonMs('2026-01-15', 0));
  // From 1,095.0 miles at midnight of 10 January to the last reading, 1,140.0.
  expect(balances(run)['1110:C1']).toBe(1_350);
});

test('usage stops at the target, and from the next period no minimum applies', () => {
  const terms = { ...flat('30'), standing: '10', minMiles: '500' };
  const run = january({ contract: { targetMiles: '250', terms } });
  expect(linesOf(invoiceOf(run))).toEqual([
    '01-01 standing 1000',
    '01-01 miles 2500 30 7500',
    '01-01 uncharged_over_cap 600 0 0',
    '01-01 min_miles_shortfall 2500 30 7500',
  ]);
  reading(run, DEVICE, londonMs('2026-03-01', 0), 14_000);
  expect(linesOf(invoiceOf(run, 1, '2026-03-04'))).toEqual([
    '02-01 standing 1000',
    '02-01 uncharged_over_cap 900 0 0',
  ]);
});

test('in a pool the tiers are tested on the sum; by vehicle on each', () => {
  const terms = {
    tiers: [
      { upTo: '400', rate: '30' },
      { upTo: null, rate: '20' },
    ],
  };
  const devices = DEVICES.slice(0, 2);
  const pool = january({ vehicles: 2, contract: { terms } }, devices);
  expect(linesOf(invoiceOf(pool))).toEqual(['01-01 miles 4000 30 12000', '01-01 miles 2200 20 4400']);
  const each = january({ vehicles: 2, contract: { terms, scope: 'vehicle' } }, devices);
  expect(linesOf(invoiceOf(each))).toEqual(['V1 01-01 miles 3100 30 9300', 'V2 01-01 miles 3100 30 9300']);
});

/** V1 until noon of 16 January, V2 from then on. */
const swap = {
  assignments: [
    { vehicle: 'V1', from: '2026-01-01T00:00:00Z', to: '2026-01-16T12:00:00Z' },
    { vehicle: 'V2', from: '2026-01-16T12:00:00Z' },
  ],
};

test('a swap bills each vehicle to the instant, and a day of either once', () => {
  const terms = { ...flat('30'), standing: '31' };
  const run = january({ vehicles: 2, contract: { ...swap, terms, scope: 'vehicle' } }, DEVICES.slice(0, 2));
  const invoice = invoiceOf(run);
  expect(linesOf(invoice)).toEqual([
    'V1 01-01 standing 1500',
    'V1 01-01 miles 1600 30 4800',
    'V2 01-01 standing 1600',
    'V2 01-01 miles 1500 30 4500',
  ]);
  expect(invoice.rated.vehicles.map(({ tenths }) => tenths)).toEqual([1_600, 1_500]);
});

test('a vehicle that came and went twice in a day has that day once', () => {
  const assignments = [
    { vehicle: 'V1', from: '2026-01-01T00:00:00Z', to: '2026-01-01T08:00:00Z' },
    { vehicle: 'V1', from: '2026-01-01T10:00:00Z' },
  ];
  const terms = { ...flat('30'), standing: '31' };
  const run = january({ contract: { assignments, terms, scope: 'vehicle' } });
  expect(linesOf(invoiceOf(run))[0]).toBe('V1 01-01 standing 3100');
});

test('a replaced odometer goes on where the old one stopped', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 15);
  const at = '2026-01-16T00:00:00Z';
  const epoch = {
    decision: 'open-epoch',
    vehicle: 'V1',
    at,
    closing: '1155',
    opening: '0',
    unit: 'mi',
  } as const;
  expect(decide(run, londonMs('2026-01-16', 1), epoch)).toBeNull();
  driveDays(run, { [DEVICE]: 100 }, '2026-01-16', 16, 0);
  reading(run, DEVICE, londonMs('2026-02-01', 0), 1_600);
  expect(linesOf(invoiceOf(run))).toEqual(['01-01 miles 3150 30 9450']);
});

test('a jump bills nothing until people accept it', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 2);
  reading(run, DEVICE, londonMs('2026-01-02', 13), 50_000);
  const jump = { position: run.records.length - 1, atMs: londonMs('2026-01-02', 13) };
  tick(run, londonMs('2026-01-03', 0));
  expect(balances(run)['1110:C1']).toBe(600);
  const micrometres = Math.ceil(50_000 * 160.9344) * 1_000_000;
  const accept = { decision: 'accept-reading', vehicle: 'V1', ...jump, micrometres } as const;
  expect(decide(run, londonMs('2026-01-03', 9), accept)).toBeNull();
  tick(run, londonMs('2026-01-04', 0));
  expect(balances(run)['1110:C1']).toBe(120_000);
});

test('a vehicle loses value by its miles, also when another contract corrects an earlier month', () => {
  const book = aMoneyBook({ vehicles: 1 });
  const [first] = book.contracts;
  if (first === undefined) throw new Error('the book has a contract');
  const inFebruary = [{ vehicle: 'V1', from: '2026-02-01T00:00:00Z' }];
  const inJanuary = [{ vehicle: 'V1', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }];
  const contracts = [
    { ...first, assignments: inJanuary },
    { ...first, id: 'C2', assignments: inFebruary },
  ];
  const run = moneyRun({ ...book, contracts }, londonMs('2026-01-01', 0));
  const bought = { event: 'vehicle-bought', valueDay: '2026-01-01', reference: 'V1', vehicle: 'V1' } as const;
  post(run, londonMs('2026-01-01', 1), { ...bought, pence: 3_000_000 });
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 59);
  reading(run, DEVICE, londonMs('2026-03-01', 0), 15_900);
  invoiceOf(run, 0, '2026-03-04');
  issueWaived(run, londonMs('2026-03-04'), 'C2', 1);
  expect(setsOf(run, 'depreciation')).toEqual(['5000 +4410, 1290:V1 -4410', '5000 +3850, 1290:V1 -3850']);
  // More was driven in January than thought, and less in February: what both months cost is not undone.
  reading(run, DEVICE, londonMs('2026-01-31', 23), 13_190, londonMs('2026-03-05'));
  invoiceOf(run, 0, '2026-03-05');
  expect(balances(run)['1290:V1']).toBe(-8_260);
});
