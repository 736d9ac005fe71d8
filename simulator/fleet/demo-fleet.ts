import { must } from '../../core/base/assert.ts';
import { randomStream } from '../../core/base/random.ts';
import { trackerIdentity } from '../trackers/tracker-identity.ts';
import { drawn } from '../vehicles/day-plan.ts';
import type { FleetVehicle } from './fleet-vehicle.ts';
import { registrationOf, vinOf } from './identities.ts';
import { demoFeeds, demoOperators } from './operators.ts';

/** A used fleet, in kilometres. */
const OPENING_KM = [1_200, 61_000] as const;

/**
 * The demonstration's fleet. Each vehicle depends on the seed and its own number only: a larger fleet begins with
 * the smaller one.
 */
export function demoFleet(seed: number, vehicles: number): readonly FleetVehicle[] {
  return Array.from({ length: vehicles }, (_, index) => demoVehicle(seed, index));
}

function demoVehicle(seed: number, index: number): FleetVehicle {
  const id = `v-${String(index + 1).padStart(4, '0')}`;
  const chance = randomStream(seed, id, 'recipe');
  const operator = must(demoOperators[index % demoOperators.length], 'an operator for every vehicle');
  const provider = must(demoFeeds[index % demoFeeds.length], 'a tracker for every vehicle');
  const models = operator.models[provider];
  const model = must(models[chance.below(models.length)], 'a model for every kind of tracker');
  const vin = vinOf(model.vinStart, index);
  return {
    id,
    vin,
    registration: registrationOf(index),
    make: model.make,
    model: model.model,
    class: model.class,
    powertrain: model.powertrain,
    provider,
    ...trackerIdentity(provider, index, vin),
    operator: operator.id,
    pattern: operator.pattern,
    dailyTrend: operator.dailyTrend,
    openingMm: Math.floor(drawn(chance, OPENING_KM) * 1e6),
    rangeMm: model.rangeKm * 1_000_000,
  };
}
