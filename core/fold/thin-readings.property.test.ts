import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOOK_START_MS } from '../../tests/support/a-book.ts';
import { life, liveMonths, MONTHS_DAYS } from '../../tests/support/lived-months.ts';
import { addDays } from '../base/calendar.ts';
import { archiveInMemory } from '../metering/reading-archive.ts';
import { countUp } from './count-up.ts';
import { describeDevices } from './describe-door.ts';
import { describePeriods, previewPeriod } from './describe-periods.ts';
import { describeQuarantine } from './describe-quarantine.ts';
import { explainCharge } from './explain-charge.ts';
import { exportNames, exportRows } from './export-rows.ts';
import { previewClaim } from './preview-claim.ts';
import { allDays } from './vehicle-days.ts';
import type { World } from './world.ts';

const ISSUING = { versions: { rules: 1, decoders: 1, timeZoneData: 'test' }, isSimulated: false };

/** All that anybody can ask of readings and of what follows from them. */
function told(world: World): Record<string, unknown> {
  const names = world.vehicles.map(({ vehicle }) => vehicle);
  const days = Array.from({ length: 12 }, (_, i) => addDays('2026-03-02', i * 9));
  return {
    counts: countUp(world, { acknowledged: 0, journal: { records: 0, bytes: 0 } }),
    days: world.vehicles.map((vehicle) => [vehicle.quarantined, allDays(vehicle.days)]),
    sets: world.ledger.sets,
    balances: [...world.ledger.balancesPence],
    situations: [...world.situations],
    documents: [...world.money.documents],
    devices: describeDevices(world, { unclaimedOnly: false, limit: 100 }),
    quarantine: names.map((name) => describeQuarantine(world, name, 20)),
    periods: describePeriods(world, null, 100),
    previews: world.contracts.flatMap(({ contract, periods }) =>
      [...periods.keys()].map((index) => previewPeriod(world, contract.id, index, ISSUING)),
    ),
    exports: exportNames.map((name) => [...exportRows(world, name)]),
    explained: names.flatMap((name) => days.map((day) => explainCharge(world, name, day, () => new Map()))),
    claims: [...world.devices.values()].flatMap((ofProvider) =>
      [...ofProvider.values()].map(({ provider, name }) =>
        previewClaim(world, {
          provider,
          device: name,
          vehicle: 'V-BARE',
          origin: null,
          fromMs: BOOK_START_MS + 31.4 * 86_400_000,
        }),
      ),
    ),
  };
}

function rowsInMemory(world: World): number {
  const unbound = [...world.devices.values()].flatMap((ofProvider) =>
    [...ofProvider.values()].flatMap(({ unbound }) => [...unbound.values()]),
  );
  const all = [...world.vehicles.flatMap(({ series }) => [...series.values()]), ...unbound];
  return all.reduce((sum, { count }) => sum + count, 0);
}

test('property: a world whose closed days are thinned tells what one tells that keeps every reading', () => {
  let [kept, thinned] = [0, 0];
  fc.assert(
    fc.property(life, (lived) => {
      const whole = liveMonths(lived, null);
      const thin = liveMonths(lived, archiveInMemory());
      expect(thin.answers).toEqual(whole.answers);
      const expected = told(whole.run.world);
      for (const [what, answer] of Object.entries(told(thin.run.world)))
        expect([what, answer]).toEqual([what, expected[what]]);
      kept += rowsInMemory(whole.run.world);
      thinned += rowsInMemory(thin.run.world);
    }),
    { numRuns: 12 },
  );
  expect(MONTHS_DAYS).toBeGreaterThan(93);
  expect(thinned).toBeLessThan(kept / 2);
}, 120_000);
