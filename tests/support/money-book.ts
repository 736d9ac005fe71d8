import { type Book, type BookContract, bookSchema } from '../../core/protocol/book.ts';
import { TELTONIKA } from './a-book.ts';

export const DEVICES = [TELTONIKA.device, '356000000000027', '356000000000035'] as const;
export const DEVICE = DEVICES[0];

/** Changes to the one contract of the book, and who its vehicles are assigned to. */
export interface MoneyBookChanges {
  readonly contract?: Partial<BookContract>;
  readonly vehicles?: number;
  readonly start?: string;
}

/** Vehicles V1, V2, … at 1,000.0 miles, one contract C1 of North Cabs: 30p a mile, VAT 20 %, fee 5 %. */
export function aMoneyBook({ contract, vehicles = 1, start = '2026-01-01' }: MoneyBookChanges = {}): Book {
  const ids = DEVICES.slice(0, vehicles).map((device, i) => ({ id: `V${i + 1}`, device, i }));
  const from = `${start}T00:00:00Z`;
  return bookSchema.parse({
    facility: { id: 'F1', name: 'First Facility', currency: 'GBP', servicingFeeRate: '0.05' },
    operators: [{ id: 'north', name: 'North Cabs' }],
    vehicles: ids.map(({ id, i }) => ({
      id,
      registration: `MP26 AA${'ABC'[i]}`,
      make: 'Make',
      model: 'Model',
      class: 'car',
      powertrain: 'BEV',
    })),
    trackers: ids.map(({ id, device }) => ({
      vehicle: id,
      provider: 'teltonika-mqtt-json',
      externalId: device,
      origin: 'tracker',
      from,
    })),
    contracts: [
      {
        id: 'C1',
        operator: 'north',
        timezone: 'Europe/London',
        unit: 'mi',
        anchor: start,
        start,
        assignments: ids.map(({ id }) => ({ vehicle: id, from })),
        terms: { tiers: [{ upTo: null, rate: '30' }] },
        vatRate: '0.2',
        underwriting: { milesPerMonth: 1_000, rv: '9000', rvMiles: '150000' },
        ...contract,
      },
    ],
    openings: ids.map(({ id }) => ({ vehicle: id, at: from, value: '1000', unit: 'mi' })),
  });
}
