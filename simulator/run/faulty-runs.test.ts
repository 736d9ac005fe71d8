import { expect, test } from 'vitest';
import { randomStream } from '../../core/base/random.ts';
import { traceLine } from '../cli/trace-file.ts';
import { realisticTraits } from '../effects/tracker-traits.ts';
import { type ActiveFault, faultTypes } from '../faults/fault.ts';
import { fleetPlan, type FleetPlan } from '../fleet/fleet-plan.ts';
import { aFault } from '../stand-in/a-fault.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { simulatedFeeds } from '../trackers/simulated-feed.ts';
import { trackerIdentity } from '../trackers/tracker-identity.ts';
import { type DriveOptions, driveFleet, type RunOutcome } from './drive-fleet.ts';
import type { TimedPublish } from './fleet-motion.ts';
import type { Disturbance } from './publisher.ts';

const network = gridCity(12);
const startMs = Date.parse('2026-03-03T09:00:00Z');
const TIME_ZONE = 'Europe/Stockholm';
const SEED = 11;

/** A fleet in which every feed is met again and again. */
function mixedPlan(vehicles: number): FleetPlan {
  const plan = fleetPlan({
    seed: SEED,
    vehicles,
    timeZone: TIME_ZONE,
    startMs,
    historyDays: 1,
    isAlwaysBusy: false,
  });
  return {
    ...plan,
    fleet: plan.fleet.map((vehicle, index) => {
      const provider = simulatedFeeds[index % simulatedFeeds.length] ?? 'teltonika';
      return { ...vehicle, provider, ...trackerIdentity(provider, index, vehicle.vin) };
    }),
  };
}

/** Every fault there is, three of each, at times and on vehicles below `vehicles`. */
function everyFault(vehicles: number): readonly ActiveFault[] {
  const chance = randomStream(SEED, 'faults');
  return faultTypes.flatMap((type) =>
    [0, 1, 2].map(() => {
      const fromMs = startMs + 1_000 * (10 + chance.below(60));
      const toMs = chance.below(4) === 0 ? null : fromMs + 1_000 * (5 + chance.below(40));
      const params = type === 'delay' ? { seconds: 20 } : type === 'demand' ? { factor: 0.05 } : {};
      return aFault(type, { fromMs, toMs, vehicles: [chance.below(vehicles)], params });
    }),
  );
}

interface Recorded extends RunOutcome {
  readonly publishes: readonly TimedPublish[];
  readonly disturbances: readonly Disturbance[];
  readonly trace: string;
}

async function recorded(vehicles: number, options: Partial<DriveOptions> = {}): Promise<Recorded> {
  const publishes: TimedPublish[] = [];
  const disturbances: Disturbance[] = [];
  const outcome = await driveFleet({
    plan: mixedPlan(vehicles),
    network,
    publisher: {
      publishAll: async (batch, onAcknowledged) => {
        for (const publish of batch) {
          publishes.push(publish);
          onAcknowledged(publish);
        }
      },
      disturb: async (disturbance) => void disturbances.push(disturbance),
      close: async () => undefined,
      reconnects: () => 0,
    },
    clock: { advanceTo: async () => undefined, close: async () => undefined },
    speed: 'max',
    durationMs: 120_000,
    historyStepMs: 2 * 3_600_000,
    signal: new AbortController().signal,
    traitsOf: (vehicle) => realisticTraits(SEED, vehicle, TIME_ZONE),
    faults: everyFault(24),
    ...options,
  });
  return { ...outcome, publishes, disturbances, trace: publishes.map(traceLine).join('\n') };
}

test('with every fault and every tracker error, speed 1 and speed max give the same trace, byte for byte', async () => {
  const fast = await recorded(24);
  const waits: number[] = [];
  // A wall clock that is always on time, so that nobody waits two minutes.
  const slow = await recorded(24, {
    speed: 1,
    startPacer: () => ({ until: async (atMs) => void waits.push(atMs), restart: () => undefined }),
  });
  expect(waits).toEqual(Array.from({ length: 120 }, (_, i) => startMs + 1_000 * (i + 1)));
  expect(fast.trace.length).toBeGreaterThan(100_000);
  expect(slow.trace).toBe(fast.trace);
  expect(slow.truth).toEqual(fast.truth);
  expect(slow.notes).toEqual(fast.notes);
});

test('a vehicle more changes no packet of another one, whatever goes wrong', async () => {
  const linesOf = ({ publishes }: Recorded): string[] =>
    publishes.filter(({ vehicle }) => vehicle < 24).map(traceLine);
  const small = await recorded(24);
  const large = await recorded(25);
  expect(large.publishes.length).toBeGreaterThan(small.publishes.length);
  expect(linesOf(large)).toEqual(linesOf(small));
});

test('every fault is told to the truth, for its vehicle, when it begins', async () => {
  const { notes } = await recorded(24);
  const begun = notes
    .filter(({ moment, what }) => moment === 'begins' && what !== 'gps-accumulated' && what !== 'clock-wrong')
    .map(({ what, vehicle, atMs }) => `${what} ${vehicle} ${atMs}`);
  const scheduled = everyFault(24).map(({ type, vehicles, fromMs }) => `${type} ${vehicles[0]} ${fromMs}`);
  expect(begun.sort()).toEqual(scheduled.sort());
});

test('faults of one vehicle change what that vehicle says, and nothing of the others', async () => {
  const faults = everyFault(24).map((fault) => ({ ...fault, vehicles: [3] }));
  const calm = await recorded(12, { faults: [] });
  const troubled = await recorded(12, { faults });
  const linesOf = ({ publishes }: Recorded, isTroubled: boolean): string[] =>
    publishes.filter(({ vehicle }) => (vehicle === 3) === isTroubled).map(traceLine);
  expect(linesOf(troubled, false)).toEqual(linesOf(calm, false));
  expect(linesOf(troubled, true)).not.toEqual(linesOf(calm, true));
});

test('connections are lost and taken over when a fault says so, many vehicles behind one server once', async () => {
  const at = (second: number): { fromMs: number; toMs: number } => ({
    fromMs: startMs + second * 1_000,
    toMs: startMs + (second + 10) * 1_000,
  });
  const all = Array.from({ length: 24 }, (_, i) => i);
  const { disturbances } = await recorded(24, {
    faults: [
      aFault('vendor-outage', { vehicles: all, ...at(20) }),
      aFault('credential-revoked', { vehicles: all, ...at(60) }),
    ],
  });
  const count = (kind: Disturbance['kind']): number =>
    disturbances.filter((each) => each.kind === kind).length;
  // Four feeds have a client for each of their two trackers; the eight others one for both.
  expect([count('drop'), count('bad-credentials')]).toEqual([16, 8]);
});
