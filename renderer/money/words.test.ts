import { expect, test } from 'vitest';
import { dueWords, lineWords, splitParts, splitSum, vatWords } from './money-words.ts';
import { termsWords } from './terms-words.ts';

const march = { startDay: '2026-03-01', endDay: '2026-04-01' };

test('a line names its days only where they are not the whole period', () => {
  expect(lineWords({ kind: 'standing', fromDay: march.startDay, toDay: march.endDay }, march)).toBe(
    'Standing charge',
  );
  expect(lineWords({ kind: 'miles', fromDay: '2026-03-15', toDay: march.endDay }, march)).toBe(
    'Distance, 15 Mar – 31 Mar 2026',
  );
  expect(lineWords({ kind: 'cap_adjustment', fromDay: '2026-03-15', toDay: '2026-03-16' }, march)).toBe(
    'Reduction to the maximum charge, 15 Mar 2026',
  );
});

test('a VAT rate is a percentage', () => {
  expect(['0.2', '0.175', '0', '0.05', '1', '0.200'].map(vatWords)).toEqual([
    'VAT at 20%',
    'VAT at 17.5%',
    'VAT at 0%',
    'VAT at 5%',
    'VAT at 100%',
    'VAT at 20%',
  ]);
});

test('when a document is due is counted in days', () => {
  const due = (daysPastDue: number) => dueWords({ dueDay: '2026-04-18', daysPastDue });
  expect([due(-3), due(-1), due(0), due(1), due(31)]).toEqual([
    'due 18 Apr 2026, in 3 days',
    'due 18 Apr 2026, in 1 day',
    'due 18 Apr 2026, today',
    'due 18 Apr 2026, 1 day past due',
    'due 18 Apr 2026, 31 days past due',
  ]);
});

test('a split comes to its whole', () => {
  const money = { collectedPence: 100, invoicedPence: 20_000, accruedPence: -5, estimatedPence: 3 };
  expect(splitParts(money).map(([label, pence]) => [label, pence])).toEqual([
    ['Collected', 100],
    ['Invoiced', 20_000],
    ['Accrued', -5],
    ['Estimated', 3],
  ]);
  expect(splitSum(money)).toBe(20_098);
});

test('terms are sentences in the order of charging', () => {
  expect(termsWords({ tiers: [{ upTo: null, rate: '30' }] }, 'mi')).toEqual(['30p a mile.']);
  expect(
    termsWords(
      {
        tiers: [
          { upTo: 1_000, rate: 30 },
          { upTo: '2000.5', rate: 25 },
          { upTo: null, rate: '6.75' },
        ],
        standing: 450,
        minMiles: 1_700,
        minRate: 34,
        minCharge: '290.5',
        capMiles: 2_400,
        capCharge: '12345.678',
      },
      'km',
    ),
  ).toEqual([
    'Standing charge £450.00 a period.',
    '30p a kilometre up to 1,000, 25p up to 2,000.5, 6.75p after.',
    'At most 2,400 km a period are charged.',
    'Usage comes to £12,345.678 a period at most.',
    'At least 1,700 km a period are charged, at 34p.',
    'Usage comes to £290.50 a period at least.',
  ]);
  expect(termsWords({ tiers: [{ upTo: null, rate: 34 }], minMiles: 1_700 }, 'mi')[1]).toBe(
    'At least 1,700 mi a period are charged, at the first rate.',
  );
});
