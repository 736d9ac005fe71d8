import { type Book, bookSchema, type TrackerProvider } from '../../core/protocol/book.ts';

/** One vehicle of a test's book: which tracker it carries, and its odometer at the handover. */
export interface TestVehicle {
  readonly id: string;
  readonly provider: TrackerProvider;
  readonly device: string;
  readonly opening?: string;
  readonly openingUnit?: 'mi' | 'km';
}

export const TESLA: TestVehicle = {
  id: 'V-TESLA',
  provider: 'tesla-fleet-telemetry',
  device: 'LRW3E7FA0TC000001',
  opening: '1000',
};
export const TELTONIKA: TestVehicle = {
  id: 'V-TELTONIKA',
  provider: 'teltonika-mqtt-json',
  device: '356000000000019',
  opening: '20000',
  openingUnit: 'km',
};
export const RENAULT: TestVehicle = {
  id: 'V-RENAULT',
  provider: 'renault-kamereon',
  device: 'VF1AG000000000001',
  opening: '5000',
  openingUnit: 'km',
};

/** Trackers with an odometer of their own; the others read the vehicle's. */
const COUNTS_BY_ITSELF: ReadonlySet<TrackerProvider> = new Set([
  'teltonika',
  'teltonika-mqtt-json',
  'queclink',
]);

export const BOOK_START = '2026-03-02T00:00:00Z';
export const BOOK_START_MS = Date.parse(BOOK_START);

/** A book of one operator and one contract, 30p a mile in London unless told otherwise. */
export function aBook(
  vehicles: readonly TestVehicle[] = [TESLA, TELTONIKA, RENAULT],
  terms: { readonly ratePence?: string; readonly start?: string } = {},
): Book {
  const start = terms.start ?? BOOK_START;
  return bookSchema.parse({
    facility: { id: 'F1', name: 'First Facility', currency: 'GBP' },
    operators: [{ id: 'north', name: 'North Cabs' }],
    vehicles: vehicles.map(({ id }, i) => ({
      id,
      registration: `MP26 AA${String.fromCharCode(65 + (i % 26))}`,
      make: 'Make',
      model: 'Model',
      class: 'car',
      powertrain: 'BEV',
    })),
    trackers: vehicles.map(({ id, provider, device }) => ({
      vehicle: id,
      provider,
      externalId: device,
      origin: COUNTS_BY_ITSELF.has(provider) ? 'tracker' : 'vehicle',
      from: start,
    })),
    contracts: [
      {
        id: 'C1',
        operator: 'north',
        timezone: 'Europe/London',
        unit: 'mi',
        anchor: start.slice(0, 10),
        start: start.slice(0, 10),
        assignments: vehicles.map(({ id }) => ({ vehicle: id, from: start })),
        terms: { tiers: [{ upTo: null, rate: terms.ratePence ?? '30' }] },
        underwriting: { milesPerMonth: 1_550 },
      },
    ],
    openings: vehicles
      .filter(({ opening }) => opening !== undefined)
      .map(({ id, opening, openingUnit }) => ({
        vehicle: id,
        at: start,
        value: opening,
        unit: openingUnit ?? 'mi',
      })),
  });
}
