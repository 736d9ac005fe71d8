import { type Book, bookSchema } from '../../core/protocol/book.ts';
import { imeiOf, registrationOf, vinOf } from '../fleet/identities.ts';
import { loadOdometerMm } from './load-vehicle.ts';

const DAY_MS = 86_400_000;
/** A day of kept records must lie within the contract. */
const DAYS_BEFORE = 3;
const VEHICLES_A_CONTRACT = 50;

/** The book of a load's fleet, in force some days before `nowMs`: one operator, every vehicle billed by the mile. */
export function loadBook(vehicles: number, nowMs: number): Book {
  const fromMs = (Math.floor(nowMs / DAY_MS) - DAYS_BEFORE) * DAY_MS;
  const at = new Date(fromMs).toISOString();
  const day = at.slice(0, 10);
  const numbers = Array.from({ length: vehicles }, (_, index) => index);
  const idOf = (index: number): string => `load-${String(index + 1).padStart(6, '0')}`;
  return bookSchema.parse({
    facility: { id: 'load-facility', name: 'Load Test Facility', currency: 'GBP' },
    operators: [{ id: 'load', name: 'Load Test Cabs' }],
    vehicles: numbers.map((index) => ({
      id: idOf(index),
      vin: vinOf('LSJE24C6', index),
      registration: registrationOf(index),
      make: 'MG',
      model: 'MG5',
      class: 'taxi',
      powertrain: 'BEV',
    })),
    trackers: numbers.map((index) => ({
      vehicle: idOf(index),
      provider: 'teltonika-mqtt-json',
      externalId: imeiOf(index),
      origin: 'tracker',
      from: at,
    })),
    contracts: Array.from({ length: Math.ceil(vehicles / VEHICLES_A_CONTRACT) }, (_, number) => ({
      id: `load-${number + 1}`,
      operator: 'load',
      timezone: 'Europe/London',
      unit: 'mi',
      anchor: day,
      start: day,
      assignments: numbers
        .slice(number * VEHICLES_A_CONTRACT, (number + 1) * VEHICLES_A_CONTRACT)
        .map((index) => ({ vehicle: idOf(index), from: at })),
      terms: { tiers: [{ upTo: null, rate: '30' }] },
      underwriting: { milesPerMonth: 8_000 },
    })),
    openings: numbers.map((index) => ({
      vehicle: idOf(index),
      at,
      value: kilometres(loadOdometerMm(index, fromMs)),
      unit: 'km',
    })),
  });
}

/** As the tracker counts, in whole metres, written in kilometres. */
function kilometres(odometerMm: number): string {
  const metres = Math.floor(odometerMm / 1_000);
  return `${Math.floor(metres / 1_000)}.${String(metres % 1_000).padStart(3, '0')}`;
}
