import { expect, test, vi } from 'vitest';
import type * as chargeUsageModule from '../../core/billing/charge-usage.ts';
import { verifyData } from '../../core/process/verify-data.ts';
import { moneyYear } from '../support/money-year.ts';

/** A rating rule that was altered: each mile line is rounded down. */
vi.mock('../../core/billing/charge-usage.ts', async (importOriginal) => {
  const original = await importOriginal<typeof chargeUsageModule>();
  const roundedDown = (line: chargeUsageModule.ChargeLine): chargeUsageModule.ChargeLine =>
    line.kind === 'miles' && line.rate?.text === '25.5' ? { ...line, pence: line.pence - 1 } : line;
  return {
    ...original,
    chargeUsage: (...given: Parameters<typeof original.chargeUsage>) =>
      original.chargeUsage(...given).map(roundedDown),
  };
});

test('documents written by an altered rule do not verify', async () => {
  const { differences } = await verifyData(await moneyYear(2));
  expect(differences).not.toEqual([]);
  for (const difference of differences) expect(difference).toMatch(/^(INV|SUP|CRN)-\d{6}: /u);
}, 120_000);
