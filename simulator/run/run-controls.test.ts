import { expect, test } from 'vitest';
import type { ActiveFault } from '../faults/fault.ts';
import { fleetPlan } from '../fleet/fleet-plan.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { driveFleet, type DriveOptions, type RunOutcome } from './drive-fleet.ts';
import type { TimedPublish } from './fleet-motion.ts';
import { type Intervention, type RunControls, steadyControls } from './run-controls.ts';

const network = gridCity(12);
const startMs = Date.parse('2026-03-03T12:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Played extends RunOutcome {
  readonly publishes: readonly TimedPublish[];
  readonly steps: readonly (readonly [phase: string, atMs: number])[];
}

async function played(controls: Partial<RunControls>, options: Partial<DriveOptions> = {}): Promise<Played> {
  const publishes: TimedPublish[] = [];
  const steps: [string, number][] = [];
  const outcome = await driveFleet({
    plan: fleetPlan({
      seed: 4,
      vehicles: 12,
      timeZone: 'Europe/London',
      startMs,
      historyDays: 2,
      isAlwaysBusy: true,
    }),
    network,
    publisher: {
      publishAll: async (batch, onAcknowledged) => {
        publishes.push(...batch);
        batch.forEach(onAcknowledged);
      },
      close: async () => undefined,
      reconnects: () => 0,
    },
    clock: null,
    speed: 'max',
    durationMs: 60_000,
    historyStepMs: HOUR_MS / 4,
    historyStandingMs: HOUR_MS,
    signal: new AbortController().signal,
    onStep: async (atMs, phase) => void steps.push([phase, atMs]),
    controls: { ...steadyControls('max'), ...controls },
    ...options,
  });
  return { ...outcome, publishes, steps };
}

/** These, one after the other, from the first time somebody asks. */
function inOrder(...interventions: Intervention[]): RunControls['nextIntervention'] {
  return () => interventions.shift() ?? null;
}

test('while days pass a driving vehicle is heard of every quarter of an hour, a standing one every hour', async () => {
  const { publishes, report } = await played({});
  const times = publishes
    .filter(({ vehicle, atMs }) => vehicle === 0 && atMs > report.openingMs && atMs < startMs)
    .map(({ atMs }) => atMs);
  const gaps = times.slice(1).map((atMs, i) => atMs - (times[i] ?? atMs));
  expect(Math.max(...gaps)).toBe(HOUR_MS);
  expect(Math.min(...gaps)).toBe(HOUR_MS / 4);
});

test('somebody who waits for the days to be over has them looked at twice a day', async () => {
  const { steps } = await played({ isSkipping: () => true });
  // The first words, two days of 12 hours twice, the morning of the third, and the second that is left until noon.
  expect(steps.filter(([phase]) => phase === 'history')).toHaveLength(7);
});

test('what is done after a step is done before the next one', async () => {
  const events: string[] = [];
  await played(
    {},
    {
      onStep: async (atMs) => {
        events.push(`step ${atMs}`);
        await Promise.resolve();
        events.push(`done ${atMs}`);
      },
    },
  );
  const pairs = events.filter((_, i) => i % 2 === 0).map((step) => step.replace('step', 'done'));
  expect(events.filter((_, i) => i % 2 === 1)).toEqual(pairs);
});

test('days may pass again after live driving: the clock only rises, odometers never fall, then it is live', async () => {
  const untilMs = startMs + 5 * DAY_MS;
  const { publishes, steps, truth } = await played(
    { nextIntervention: inOrder({ kind: 'pass', untilMs, stepMs: 3 * HOUR_MS }) },
    { durationMs: 5 * DAY_MS + 60_000 },
  );
  const times = steps.map(([, atMs]) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(steps.filter(([phase]) => phase === 'live').every(([, atMs]) => atMs > untilMs)).toBe(true);
  expect(steps.at(-1)?.[1]).toBe(untilMs + 61_000);
  expect(truth.vehicles.every(({ tenths }) => tenths > 0)).toBe(true);
  expect(truth.packetsSent).toBe(publishes.length);
});

test('a crash somebody asks for stops those vehicles and no other', async () => {
  const fault: ActiveFault = {
    type: 'crash',
    fromMs: startMs,
    toMs: null,
    vehicles: [0, 1, 2, 3, 4, 5],
    params: {},
    // oxlint-disable-next-line unicorn/no-thenable -- the shape's word for what follows; nobody awaits a fault
    then: null,
  };
  const tenths = async (...what: Intervention[]): Promise<readonly number[]> => {
    const { truth } = await played({ nextIntervention: inOrder(...what) }, { durationMs: HOUR_MS / 3 });
    return truth.vehicles.map((vehicle) => vehicle.trueTenths);
  };
  const undisturbed = await tenths();
  const crashed = await tenths({ kind: 'fault', fault });
  const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);
  expect(sum(crashed.slice(0, 6))).toBeLessThan(sum(undisturbed.slice(0, 6)));
  expect(crashed.slice(6)).toEqual(undisturbed.slice(6));
});
