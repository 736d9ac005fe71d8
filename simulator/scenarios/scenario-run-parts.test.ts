import { expect, test } from 'vitest';
import { bookSchema } from '../../core/protocol/book.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { builtInScenarios } from './built-in-scenarios.ts';
import { checkExpectations } from './check-expectations.ts';
import { exactKilometres } from './exact-kilometres.ts';
import { prepareScenario } from './prepare-scenario.ts';
import type { Scenario } from './scenario-schema.ts';
import { momentMs, stretchMs } from './scenario-values.ts';
import { ScheduledClock } from './scheduled-clock.ts';

const ground = { network: gridCity(4), timeZone: 'Europe/London' };
const named = (name: string): Scenario => {
  const found = builtInScenarios().find(({ scenario }) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found.scenario;
};

test('there are the seventeen of the catalogue, each with a book the product takes', () => {
  const all = builtInScenarios();
  expect(all).toHaveLength(17);
  for (const { scenario } of all) {
    const { book } = prepareScenario(scenario, ground);
    expect(bookSchema.parse(book)).toEqual(book);
  }
});

test('moments and lengths are what they say', () => {
  expect(['+2h', '+1d6h30m', '-3d', '+90s'].map(momentMs)).toEqual([
    7_200_000, 109_800_000, -259_200_000, 90_000,
  ]);
  expect(['20m', '1h30m'].map(stretchMs)).toEqual([1_200_000, 5_400_000]);
});

test('vendors are spread by their shares, and a vehicle more changes nothing of the others', () => {
  const week = named('normal-week');
  const large = prepareScenario(week, ground, 1).plan.fleet;
  const small = prepareScenario(week, ground, 0.1).plan.fleet;
  const cabs = large.slice(0, 30);
  const count = (provider: string): number => cabs.filter((vehicle) => vehicle.provider === provider).length;
  expect(['tesla-fleet-telemetry', 'teltonika-mqtt-json', 'renault-kamereon'].map(count)).toEqual([
    10, 10, 10,
  ]);
  expect(small.slice(0, 3)).toEqual(large.slice(0, 3));
});

test('the same seed picks the same vehicles, another one others', () => {
  const piled = named('pile-up');
  const picked = (seed: number): readonly number[] =>
    prepareScenario({ ...piled, seed }, ground).faults[0]?.vehicles ?? [];
  expect(picked(1)).toHaveLength(8);
  expect(picked(1)).toEqual(picked(1));
  expect([2, 3, 4].some((seed) => picked(seed).join() !== picked(1).join())).toBe(true);
});

test('assignments, amendments and an early end stand in the book at their instants', () => {
  const [contract] = prepareScenario(named('one-busy-month'), ground).book.contracts;
  expect(contract).toMatchObject({
    anchor: '2026-03-01',
    start: '2026-03-01',
    end: '2026-03-26',
    amendments: [{ from: '2026-03-12' }],
    assignments: [
      { vehicle: 'v-0001', from: '2026-02-25T06:00:00.000Z', to: '2026-03-16T06:00:00.000Z' },
      { vehicle: 'v-0002', from: '2026-03-16T06:00:00.000Z' },
      { vehicle: 'v-0003' },
    ],
  });
});

test('acts are done when the clock stands at their instants, in order, and never take it back', async () => {
  const order: string[] = [];
  const clock = new ScheduledClock(
    { advanceTo: async (atMs) => void order.push(`tick ${atMs}`), close: async () => undefined },
    [
      { atMs: 25, act: async () => void order.push('second') },
      { atMs: 20, act: async () => void order.push('first') },
      { atMs: 5, act: async () => void order.push('before the opening') },
    ],
  );
  for (const atMs of [10, 20, 30, 40]) await clock.advanceTo(atMs);
  expect(order).toEqual([
    'before the opening',
    'tick 10',
    'tick 20',
    'first',
    'tick 20',
    'tick 25',
    'second',
    'tick 30',
    'tick 40',
  ]);
});

test('kilometres are exact, whatever the unit was', () => {
  expect(exactKilometres({ text: '12345.678', unit: 'mi' }, 0)).toBe('19868.442815232');
  expect(exactKilometres({ text: '123456', unit: 'm' }, -100)).toBe('23.456');
  expect(exactKilometres({ text: '70000', unit: 'km' }, 5)).toBe('70005');
});

test('an expectation is met, missed, or skipped by the name of what it waits for', () => {
  const run = {
    verification: { vehicles: [], days: 0, differences: [] },
    measure: (metric: string) =>
      metric === 'ingest.lost'
        ? { value: 2, vehicle: null }
        : { value: metric === 'run.restarts' ? null : 0.34, vehicle: 'v-0007' },
  };
  expect(
    checkExpectations(
      [
        { metric: 'ingest.lost', max: 0 },
        { metric: 'billing.absErrorMiles', perVehicleMax: 0.4 },
        { metric: 'run.restarts', equals: 1 },
        { alarm: 'crash-signalled', count: 1, waitsFor: 'alarms' },
        { metric: 'portfolio.nav', min: 0, waitsFor: 'investor-metrics' },
      ],
      run,
    ),
  ).toEqual([
    { expectation: 'ingest.lost at most 0', outcome: 'missed', words: '2' },
    { expectation: 'billing.absErrorMiles at most 0.4 a vehicle', outcome: 'met', words: '0.34 (v-0007)' },
    { expectation: 'run.restarts exactly 1', outcome: 'skipped', words: 'needs --serve, or speed max' },
    { expectation: 'alarm crash-signalled, 1 times', outcome: 'skipped', words: 'waits for alarms' },
    { expectation: 'portfolio.nav at least 0', outcome: 'skipped', words: 'waits for investor-metrics' },
  ]);
});
