import { expect, test } from 'vitest';
import { builtInScenarios } from '../scenarios/built-in-scenarios.ts';
import { prepareScenario } from '../scenarios/prepare-scenario.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { TruthLedger } from './truth-ledger.ts';
import { withCharges } from './with-charges.ts';

const MM_PER_MILE = 1_609_344;

test('a whole day under a contract costs its miles at the rate of that day, and a day outside of it nothing', () => {
  const found = builtInScenarios().find(({ scenario }) => scenario.name === 'one-busy-month');
  if (found === undefined) throw new Error('the scenario is there');
  const ground = { network: gridCity(4), timeZone: 'Europe/London' };
  const { plan, book } = prepareScenario(found.scenario, ground);
  const ledger = new TruthLedger(plan.fleet, {
    openingMs: plan.openingMs,
    timeZoneOf: () => 'Europe/London',
  });
  const endMs = Date.parse('2026-03-28T00:00:00Z');
  // A hundred miles a day each.
  for (let atMs = plan.openingMs + 86_400_000, days = 1; atMs <= endMs; atMs += 86_400_000, days += 1) {
    const drivenMm = days * 100 * MM_PER_MILE;
    ledger.noteTrue(atMs, (index) => ({
      odometerMm: (plan.fleet[index]?.openingMm ?? 0) + drivenMm,
      trips: days,
    }));
  }
  const { vehicles } = withCharges(ledger.truth(1, endMs), book);
  const chargeOf = (vehicle: number, day: string): unknown =>
    vehicles[vehicle]?.days.find((each) => each.day === day)?.charge ?? null;
  const at = (pence: number): unknown => ({ contract: 'cabs-1', tenths: 1_000, unit: 'mi', pence });
  expect(['2026-03-11', '2026-03-12', '2026-03-26'].map((day) => chargeOf(2, day))).toEqual([
    at(3_000),
    at(3_300),
    null,
  ]);
  // The swap is on the 16th: neither vehicle has all of that day.
  expect(
    ['2026-03-15', '2026-03-16', '2026-03-17'].map((day) => [chargeOf(0, day), chargeOf(1, day)]),
  ).toEqual([
    [at(3_300), null],
    [null, null],
    [null, at(3_300)],
  ]);
});
