import { expect, test } from 'vitest';
import { fail, ok } from '../../core/base/result.ts';
import { someTraits } from '../stand-in/some-traits.ts';
import { openingOdometer } from '../trackers/fit-tracker.ts';
import { wholeTenthsOfMile } from '../truth/tenths-of-mile.ts';
import type { ProductDesk } from '../run/ask-product.ts';
import { checkTruth, type TruthCheckParts } from './truth-check.ts';

const fleet = someTraits('courier', 4);
const openingMs = Date.parse('2026-02-01T00:00:00Z');
const row = { contract: 'c', period: 2, state: 'open', startDay: '2026-03-01' };

/** A tenth of a mile and the opening odometer, in the product's unit. */
const TENTH = 160_934_400;
const opening = (i: number): number => {
  const traits = fleet[i];
  return traits === undefined ? 0 : wholeTenthsOfMile(openingOdometer(traits));
};

/** A product that bills these tenths for the vehicles of one contract, and has a period that is closed. */
function desk(billed: readonly number[]): ProductDesk {
  const answers: Readonly<Record<string, unknown>> = {
    'money.periods': { periods: [{ ...row, period: 1, state: 'final' }, row] },
    'money.preview': {
      rated: {
        vehicles: billed.map((tenths, i) => ({
          vehicle: fleet[i]?.id,
          endMicrometres: (opening(i) + tenths) * TENTH + 7,
        })),
      },
    },
  };
  const ask = (name: string) => Promise.resolve(ok(answers[name]));
  return { ask: ask as unknown as ProductDesk['ask'], close: () => undefined };
}

function parts(billed: readonly number[], truths: readonly (readonly [number, number])[]): TruthCheckParts {
  return {
    desk: desk(billed),
    ledger: {
      tenthsSince: (fromMs) => {
        expect(fromMs).toBe(openingMs);
        return truths.map(([trueTenths, sentTenths], i) => ({
          vehicle: fleet[i]?.id ?? '',
          trueTenths,
          sentTenths,
        }));
      },
    },
    fleet,
    openingMs,
    timeZone: 'Europe/London',
    troubleOf: (vehicle) => (vehicle === 3 ? 'it has no network' : null),
  };
}

test('what is billed since the opening is held to the truth, and each difference has its likely reason, the largest first', async () => {
  const check = await checkTruth(
    parts(
      [100, 200, 240, 300],
      [
        [100, 100],
        [201, 200],
        [300, 300],
        [400, 300],
      ],
    ),
    7,
  );
  expect(check).toMatchObject({
    fromDay: '2026-02-01',
    atMs: 7,
    trueTenths: 1_001,
    sentTenths: 900,
    billedTenths: 840,
    vehiclesApart: 3,
  });
  expect(check?.worst.map(({ vehicle, why }) => [vehicle, why])).toEqual([
    [fleet[3]?.id, 'it has no network'],
    [fleet[2]?.id, 'sent, and held back by the product'],
    [fleet[1]?.id, 'driven since its last report'],
  ]);
});

test('a product that does not answer is not compared with', async () => {
  const silent: ProductDesk = { ask: () => Promise.resolve(fail('away')), close: () => undefined };
  expect(await checkTruth({ ...parts([], []), desk: silent }, 7)).toBeNull();
});
