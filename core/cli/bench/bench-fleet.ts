import { type Book, bookSchema, type TrackerProvider } from '../../protocol/book.ts';

/** One vehicle of a bench's fleet: its tracker, and the odometer at the handover, as exact text. */
export interface BenchVehicle {
  readonly id: string;
  readonly provider: TrackerProvider;
  readonly device: string;
  readonly openingKilometres: string;
}

/** Every tracker counts on from here. Eight digits in metres, for longer than any bench drives. */
export const OPENING_METRES = 20_000_000;
const OPENING_KILOMETRES = String(OPENING_METRES / 1_000);
/** A contract for so many vehicles: what an operator of taxis has. */
const VEHICLES_A_CONTRACT = 50;

export function benchFleet(count: number, provider: (index: number) => TrackerProvider): BenchVehicle[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `V${index}`,
    provider: provider(index),
    device: provider(index) === 'teltonika-mqtt-json' ? imeiOf(index) : vinOf(index),
    openingKilometres: OPENING_KILOMETRES,
  }));
}

function imeiOf(index: number): string {
  return `35${String(index).padStart(13, '0')}`;
}

function vinOf(index: number): string {
  return `LRW3E7FA0TC${String(index).padStart(6, '0')}`;
}

/** Every vehicle claimed, opened and billed at one rate from `day` on, so that each reading goes the whole way. */
export function benchBook(fleet: readonly BenchVehicle[], day: string, timezone: string): Book {
  const from = `${day}T00:00:00Z`;
  const contracts = Math.ceil(fleet.length / VEHICLES_A_CONTRACT);
  return bookSchema.parse({
    facility: { id: 'F1', name: 'Bench', currency: 'GBP' },
    operators: [{ id: 'O1', name: 'Bench operator' }],
    vehicles: fleet.map(({ id }) => ({
      id,
      registration: id,
      make: 'Make',
      model: 'Model',
      class: 'taxi',
      powertrain: 'BEV',
    })),
    trackers: fleet.map(({ id, provider, device }) => ({
      vehicle: id,
      provider,
      externalId: device,
      origin: provider === 'teltonika-mqtt-json' ? 'tracker' : 'vehicle',
      from,
    })),
    contracts: Array.from({ length: contracts }, (_, index) => ({
      id: `C${index}`,
      operator: 'O1',
      timezone,
      unit: 'mi',
      anchor: day,
      start: day,
      assignments: fleet
        .slice(index * VEHICLES_A_CONTRACT, (index + 1) * VEHICLES_A_CONTRACT)
        .map(({ id }) => ({ vehicle: id, from })),
      terms: { tiers: [{ upTo: null, rate: '30' }] },
      underwriting: { milesPerMonth: 1_550 },
    })),
    openings: fleet.map(({ id, openingKilometres }) => ({
      vehicle: id,
      at: from,
      value: openingKilometres,
      unit: 'km',
    })),
  });
}
