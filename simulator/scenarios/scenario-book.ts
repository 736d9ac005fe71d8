import { localDayOf } from '../../core/base/calendar.ts';
import { type Book, bookSchema } from '../../core/protocol/book.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { openingOdometer } from '../trackers/fit-tracker.ts';
import { operatorId } from './scenario-fleet.ts';
import type { Scenario, ScenarioFleet } from './scenario-schema.ts';
import { momentMs } from './scenario-values.ts';

/** Assumed at signing where a scenario says nothing. */
const MILES_PER_MONTH = 2_500;

/** The book a scenario's product starts with: a contract for each fleet, and the opening of every vehicle. */
export function scenarioBook(scenario: Scenario, plan: FleetPlan): Book {
  const at = new Date(plan.openingMs).toISOString();
  const operators = new Map(scenario.fleets.map(({ operator }) => [operatorId(operator), operator]));
  return bookSchema.parse({
    facility: {
      id: scenario.name,
      name: `Simulated: ${scenario.title ?? scenario.name}`.slice(0, 100),
      currency: 'GBP',
    },
    operators: [...operators].map(([id, name]) => ({ id, name })),
    vehicles: plan.fleet.map(({ id, vin, registration, make, model, class: kind, powertrain }) => ({
      id,
      vin,
      registration,
      make,
      model,
      class: kind,
      powertrain,
    })),
    trackers: plan.fleet.map(({ id, provider, device, origin }) => ({
      vehicle: id,
      provider,
      externalId: device,
      origin,
      from: at,
    })),
    contracts: scenario.fleets.map((fleet, i) => contractOf(fleet, fleetVehicles(scenario, plan, i), plan)),
    openings: plan.fleet.map((vehicle) => {
      const { text, unit } = openingOdometer(vehicle);
      return { vehicle: vehicle.id, at, value: text, unit };
    }),
  });
}

/** The contract of a fleet in the book. */
export function contractId(fleet: string): string {
  return `${fleet}-1`;
}

/** The vehicles of one fleet of a scenario, in order. */
export function fleetVehicles({ fleets }: Scenario, plan: FleetPlan, fleet: number): readonly FleetVehicle[] {
  const from = fleets.slice(0, fleet).reduce((sum, { vehicles }) => sum + vehicles, 0);
  return plan.fleet.slice(from, from + (fleets[fleet]?.vehicles ?? 0));
}

function contractOf(
  { id, operator, contract }: ScenarioFleet,
  vehicles: readonly FleetVehicle[],
  plan: FleetPlan,
): unknown {
  const {
    currency: _currency,
    ratePencePerMile,
    minimumMilesPerMonth,
    terms,
    assignments,
    timezone,
    ...rest
  } = contract;
  const zone = timezone ?? plan.timeZone;
  const openingDay = localDayOf(plan.openingMs, zone);
  const instant = (moment: string | undefined): string =>
    new Date(moment === undefined ? plan.openingMs : plan.liveMs + momentMs(moment)).toISOString();
  const stays = assignments ?? vehicles.map((_, i) => ({ vehicle: i + 1, from: undefined, to: undefined }));
  return {
    anchor: openingDay,
    start: openingDay,
    underwriting: { milesPerMonth: MILES_PER_MONTH },
    ...rest,
    id: contractId(id),
    operator: operatorId(operator),
    timezone: zone,
    terms: terms ?? {
      tiers: [{ upTo: null, rate: ratePencePerMile }],
      ...(minimumMilesPerMonth === undefined ? {} : { minMiles: minimumMilesPerMonth }),
    },
    assignments: stays.map(({ vehicle, from, to }) => ({
      vehicle: vehicles[vehicle - 1]?.id,
      from: instant(from),
      ...(to === undefined ? {} : { to: instant(to) }),
    })),
  };
}
