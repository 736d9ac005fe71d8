import { must } from '../../core/base/assert.ts';
import { type RandomStream, randomStream } from '../../core/base/random.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { registrationOf, vinOf } from '../fleet/identities.ts';
import type { VehicleModel } from '../fleet/operators.ts';
import { trackerIdentity } from '../trackers/tracker-identity.ts';
import { isTrackPattern, onTracks } from '../vehicles/tracks/open-tracks.ts';
import type { Track } from '../vehicles/tracks/track.ts';
import { type WorkPatternName, workPatternNames } from '../vehicles/work-pattern.ts';
import type { Scenario, ScenarioFleet, Vendor } from './scenario-schema.ts';
import { shareOf } from './scenario-values.ts';

/** A used fleet, in kilometres. */
const OPENING_KM = [1_200, 61_000] as const;

/** Recorded driving by the pattern that names its file. */
export type TracksByPattern = ReadonlyMap<string, readonly Track[]>;

/** Every vehicle of a scenario, fleet by fleet. A vehicle depends on the seed, its fleet and its number there only. */
export function scenarioFleet(
  scenario: Scenario,
  tracks: TracksByPattern = new Map(),
): readonly FleetVehicle[] {
  let index = 0;
  return scenario.fleets.flatMap((fleet) => {
    const vehicles = vendorsOf(fleet).map((vendor, number) =>
      scenarioVehicle(scenario.seed, fleet, vendor, number, index++),
    );
    return onTracks(vehicles, tracks.get(fleet.pattern) ?? []);
  });
}

/** The way of working the vehicles know for a pattern of the file; null when they know none. Tracks need none. */
export function workPatternOf(pattern: string): WorkPatternName | null {
  if (isTrackPattern(pattern)) return 'parked';
  return workPatternNames.find((name) => name === pattern) ?? null;
}

/** The operator's id in the book, from its name. */
export function operatorId(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A vendor for each vehicle, spread evenly: of 60 %, 40 % the first five are a, b, a, b, a. */
function vendorsOf(fleet: ScenarioFleet): readonly Vendor[] {
  const shares = Object.entries(fleet.vendors).map(([vendor, share]) => ({
    vendor: vendor as Vendor,
    share: shareOf(share),
    given: 0,
  }));
  return Array.from({ length: fleet.vehicles }, (_, i) => {
    const owed = shares.map((each) => each.share * (i + 1) - each.given);
    const next = must(shares[owed.indexOf(Math.max(...owed))], 'a fleet has a vendor');
    next.given += 1;
    return next.vendor;
  });
}

function scenarioVehicle(
  seed: number,
  fleet: ScenarioFleet,
  vendor: Vendor,
  number: number,
  index: number,
): FleetVehicle {
  const chance = randomStream(seed, fleet.id, number, 'recipe');
  const { vinStart, rangeKm, ...model } = modelOf(vendor, chance);
  const vin = vinOf(vinStart, index);
  return {
    id: `v-${String(index + 1).padStart(4, '0')}`,
    vin,
    registration: registrationOf(index),
    ...model,
    provider: vendor,
    ...trackerIdentity(vendor, index, vin),
    trackers: fleet.trackers,
    operator: operatorId(fleet.operator),
    pattern: must(workPatternOf(fleet.pattern), 'a pattern the vehicles know'),
    dailyTrend: 0,
    openingMm: Math.floor((OPENING_KM[0] + chance.next() * (OPENING_KM[1] - OPENING_KM[0])) * 1e6),
    rangeMm: rangeKm * 1_000_000,
    pace: paceOf(fleet),
  };
}

function paceOf({ reporting }: ScenarioFleet): NonNullable<FleetVehicle['pace']> {
  const { movingSeconds, stoppedSeconds, heartbeatSeconds, jitterPercent } = reporting;
  return {
    teslaSeconds: movingSeconds,
    teltonikaSeconds: movingSeconds,
    renaultSeconds: movingSeconds,
    odometerSeconds: movingSeconds,
    batterySeconds: Math.max(movingSeconds, 60),
    parkedSeconds: Math.min(stoppedSeconds, heartbeatSeconds),
    jitterPercent,
  };
}

function modelOf(vendor: Vendor, chance: RandomStream): VehicleModel {
  const models = MODELS[vendor] ?? ANY_MODELS;
  return must(models[chance.below(models.length)], 'a model for every vendor');
}

const car = (make: string, model: string, rangeKm: number, vinStart: string): VehicleModel => ({
  make,
  model,
  class: 'car',
  powertrain: 'BEV',
  rangeKm,
  vinStart,
});
const TESLAS = [car('Tesla', 'Model 3', 430, 'LRW3E7EK'), car('Tesla', 'Model Y', 410, 'LRWYGCEK')];
const ANY_MODELS = [
  car('MG', 'MG5', 320, 'LSJE24C6'),
  { ...car('Nissan', 'e-NV200', 190, 'VSKHAAME'), class: 'van' as const },
  { ...car('Ford', 'E-Transit', 230, 'WF0DXXTT'), class: 'van' as const },
];
const MODELS: Readonly<Partial<Record<Vendor, readonly VehicleModel[]>>> = {
  'tesla-fleet-telemetry': TESLAS,
  teslamate: TESLAS,
  'renault-kamereon': [
    car('Renault', 'Zoe', 300, 'VF1AG000'),
    car('Renault', 'Megane E-Tech', 360, 'VF1RCB00'),
  ],
  'bmw-cardata': [car('BMW', 'i4', 420, 'WBY71AW0')],
};
