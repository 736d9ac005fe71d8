import { must } from '../../../core/base/assert.ts';
import { type RandomStream, randomStream } from '../../../core/base/random.ts';
import { feedFacts } from '../../../core/tracker/feeds.ts';
import { endurancePlan, VEHICLES } from './endurance-fleet.ts';
import type { Crash, Order, Script, Step } from './step.ts';

/** Most see a month end, with an invoice and its corrections. */
const DAYS = [12, 46] as const;
const LOOK_MINUTES = [60, 120, 240, 360, 720] as const;
const ORDERS: readonly Order[] = ['as sent', 'newest first', 'shuffled'];

type Making = (chance: RandomStream, seed: number) => Step;

/** What may happen after a stretch of driving, and how often beside the others. */
const events: readonly (readonly [weight: number, make: Making])[] = [
  [6, (chance) => ({ do: 'lose', vehicle: anyVehicle(chance) })],
  [7, (chance) => ({ do: 'hold', vehicle: anyVehicle(chance) })],
  [10, (chance) => ({ do: 'release', vehicle: anyVehicle(chance), order: oneOf(chance, ORDERS) })],
  [
    8,
    (chance) => ({
      do: 'send again',
      vehicle: anyVehicle(chance),
      packets: 1 + chance.below(20),
      order: oneOf(chance, ORDERS),
    }),
  ],
  [3, (chance) => ({ do: 'flood', packets: 20 + chance.below(100), order: oneOf(chance, ORDERS) })],
  [7, wrongOdometer],
  [3, (chance) => ({ do: 'replace odometer', vehicle: anyVehicle(chance), kilometres: chance.below(1_000) })],
  [5, () => ({ do: 'decide replacements' })],
  [
    4,
    (chance) => ({ do: 'step clock', minutes: chance.next() < 0.4 ? -chance.below(5) : chance.below(3_000) }),
  ],
  [8, () => ({ do: 'close periods' })],
  [5, () => ({ do: 'snapshot' })],
  [3, () => ({ do: 'restart' })],
  [
    12,
    (chance) => ({
      do: 'kill',
      during: oneOf(chance, ['deliveries', 'deliveries', 'closing', 'nothing']),
      crash: anyCrash(chance),
    }),
  ],
  [1, () => ({ do: 'verify' })],
];
const WEIGHTS = events.reduce((sum, [weight]) => sum + weight, 0);

/** The script of a seed: weeks of driving with something after every stretch, and in some an hour on the streets. */
export function scriptOf(seed: number): Script {
  const chance = randomStream('endurance', seed, 'script');
  const wantedMinutes = (DAYS[0] + chance.below(DAYS[1] - DAYS[0])) * 24 * 60;
  const steps: Step[] = [];
  for (let minutes = 0; minutes < wantedMinutes;) {
    const lookMinutes = oneOf(chance, LOOK_MINUTES);
    const looks = 1 + chance.below(8);
    steps.push({ do: 'drive', looks, lookMinutes });
    minutes += looks * lookMinutes;
    for (let count = chance.below(4); count > 0; count -= 1) steps.push(anyEvent(chance, seed));
  }
  if (chance.next() < 0.4)
    steps.push({ do: 'drive streets', minutes: 10 + chance.below(50) }, anyEvent(chance, seed));
  return { seed, steps };
}

function anyEvent(chance: RandomStream, seed: number): Step {
  let left = chance.below(WEIGHTS);
  for (const [weight, make] of events) {
    if (left < weight) return make(chance, seed);
    left -= weight;
  }
  return { do: 'snapshot' };
}

/**
 * Far below, a little below, or farther than anybody drives in a lifetime. Feeds without times show none of the last: a
 * person has to end what follows one there, since a value that comes late looks like its continuation.
 */
function wrongOdometer(chance: RandomStream, seed: number): Step {
  const vehicle = anyVehicle(chance);
  const { provider } = must(endurancePlan(seed).fleet[vehicle], 'a vehicle of the fleet');
  const kilometres = oneOf(
    chance,
    feedFacts(provider).isMeteredByReceipt ? [-500, -1] : [-500, -1, 1_000_000],
  );
  return { do: 'show wrong', vehicle, kilometres };
}

function anyCrash(chance: RandomStream): Crash {
  return {
    batchesBefore: chance.below(3),
    at: oneOf(chance, ['write', 'sync', 'synced']),
    keptShare: oneOf(chance, [0, chance.next(), chance.next(), 1]),
    isGarbled: chance.next() < 0.3,
  };
}

function anyVehicle(chance: RandomStream): number {
  return chance.below(VEHICLES);
}

function oneOf<T>(chance: RandomStream, values: readonly T[]): T {
  return must(values[chance.below(values.length)], 'one of several');
}
