import { localDayOf } from '../../core/base/calendar.ts';
import { type Book, bookSchema } from '../../core/protocol/book.ts';
import { openingOdometer } from '../trackers/fit-tracker.ts';
import { hoursAWeek } from '../vehicles/week-demand.ts';
import { workPattern } from '../vehicles/work-pattern.ts';
import type { FleetPlan } from './fleet-plan.ts';
import { type DemoOperator, demoOperators } from './operators.ts';

const KM_PER_MILE = 1.609344;
const WEEKS_A_MONTH = 365.25 / 7 / 12;
const NEAREST_MILES = 10;

/**
 * The book of a plan: one facility, an operator and a contract for each fleet that has vehicles, and every vehicle's
 * opening reading: the value its tracker would send at the opening.
 */
export function demoBook(plan: FleetPlan): Book {
  const at = new Date(plan.openingMs).toISOString();
  const operators = demoOperators.filter(({ id }) => plan.fleet.some((vehicle) => vehicle.operator === id));
  return bookSchema.parse({
    facility: {
      id: 'milepost-demo',
      name: 'Milepost Demo Facility',
      currency: 'GBP',
      servicingFeeRate: '0.05',
      addressLines: ['1 Demonstration Row', 'London EC1A 1AA'],
      vatNumber: 'GB 000 0000 00',
      paymentLines: ['Bank: Demonstration Bank', 'Sort code 00-00-00, account 00000000', 'Quote the number'],
    },
    operators: operators.map(({ id, name }) => ({ id, name })),
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
    contracts: operators.map((operator) => contractOf(operator, plan, at)),
    openings: plan.fleet.map((vehicle) => {
      const { text, unit } = openingOdometer(vehicle);
      return { vehicle: vehicle.id, at, value: text, unit };
    }),
  });
}

function contractOf(operator: DemoOperator, plan: FleetPlan, at: string): unknown {
  const vehicles = plan.fleet.filter((vehicle) => vehicle.operator === operator.id);
  const day = localDayOf(plan.openingMs, plan.timeZone);
  return {
    id: `${operator.id}-1`,
    operator: operator.id,
    timezone: plan.timeZone,
    unit: 'mi',
    anchor: day,
    start: day,
    assignments: vehicles.map(({ id }) => ({ vehicle: id, from: at })),
    terms: { tiers: [{ upTo: null, rate: operator.rate }] },
    vatRate: '0.2',
    paymentTermsDays: 14,
    underwriting: { milesPerMonth: underwrittenMiles(operator), rv: '9000', rvMiles: '150000' },
  };
}

/** Miles a month of one vehicle on the contract: what the pattern comes to, times the case's optimism. */
function underwrittenMiles(operator: DemoOperator): number {
  const { demand, shiftKmh } = workPattern(operator.pattern);
  const miles = (hoursAWeek(demand) * WEEKS_A_MONTH * shiftKmh * operator.underwritingShare) / KM_PER_MILE;
  return Math.round(miles / NEAREST_MILES) * NEAREST_MILES;
}
