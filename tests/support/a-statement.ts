import type { Statement } from '../../core/protocol/statement.ts';

/** Two months of the London operator: one invoice was paid, with what was owed before, and one is open. */
export function aStatement(changes: Partial<Statement> = {}): Statement {
  return {
    facility: { id: 'fac-1', name: 'Northbank Facility 1' },
    operator: { id: 'op-london', name: 'Zażółć & Søn Taxis Ltd' },
    timezone: 'Europe/London',
    currency: 'GBP',
    firstDay: '2026-03-01',
    lastDay: '2026-04-30',
    openingPence: 123_456,
    lines: [
      { day: '2026-03-04', words: 'Invoice', number: 'INV-000031', pence: 76_842, balancePence: 200_298 },
      {
        day: '2026-03-18',
        words: 'Payment received',
        number: 'RCP-000012',
        pence: -123_456,
        balancePence: 76_842,
      },
      { day: '2026-04-04', words: 'Invoice', number: 'INV-000042', pence: 76_842, balancePence: 153_684 },
      { day: '2026-04-06', words: 'Credit note', number: 'CN-000007', pence: -1_206, balancePence: 152_478 },
    ],
    closingPence: 152_478,
    ageing: {
      currentPence: 75_636,
      days1To29Pence: 76_842,
      days30To59Pence: 0,
      days60To89Pence: 0,
      days90AndMorePence: 0,
    },
    asOf: { position: 52_000, receivedAtMs: Date.UTC(2026, 4, 1) },
    isSimulated: false,
    ...changes,
  };
}
