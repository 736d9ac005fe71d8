import fs from 'node:fs';
import { expect, test } from 'vitest';
import { billCase } from '../../core/billing/bill-case.ts';

/** The worked billing cases, as `milepost bill` answers them: lines, totals, every reading's status, corrections. */
interface Example {
  readonly id: string;
  readonly title: string;
  readonly contract: unknown;
  readonly readings: readonly unknown[];
  readonly replacements?: readonly unknown[];
  readonly expected: readonly { readonly period: number; readonly asOf?: string }[];
  readonly expectedAdjustments?: readonly unknown[];
}

const file = new URL('billing-examples.json', import.meta.url);
const { cases } = JSON.parse(fs.readFileSync(file, 'utf8')) as { cases: Example[] };

test.each(cases.map((example) => [`${example.id} ${example.title}`, example] as const))(
  '%s',
  (_title, { contract, readings, replacements, expected, expectedAdjustments }) => {
    const periods = expected.map(({ period, asOf }) => ({ period, asOf }));
    for (const order of [readings, readings.toReversed(), [...readings, ...readings]]) {
      const billed = billCase({ contract, readings: order, replacements, periods });
      expect(billed).toEqual({ periods: expected, adjustments: expectedAdjustments ?? [] });
    }
  },
);
