import path from 'node:path';
import { must } from '../../core/base/assert.ts';
import { addMonths, startOfDayMs } from '../../core/base/calendar.ts';
import { randomStream } from '../../core/base/random.ts';
import { describePeriods } from '../../core/fold/describe-periods.ts';
import { type DataFolder, openDataFolder } from '../../core/process/data-folder.ts';
import { type Book, bookSchema } from '../../core/protocol/book.ts';
import { teltonika } from './fold-packets.ts';
import { emptyFolder } from './journal-folder.ts';
import { type MoneyRun, startMoneyRun } from './money-run.ts';

/**
 * A year of four contracts of every shape, driven through journal, fold and desk: months closed, evidence that comes
 * late, an odometer replaced, terms changed, money received.
 */
const START = '2026-01-01';
const ZONE = 'Europe/London';
const HOUR_MS = 3_600_000;

const CONTRACTS = [
  { id: 'FLAT', vehicles: ['F1', 'F2'], terms: { tiers: [{ upTo: null, rate: '30' }] } },
  {
    id: 'TIERS',
    vehicles: ['T1'],
    terms: {
      tiers: [
        { upTo: 1_000, rate: '30' },
        { upTo: 2_000, rate: '25.5' },
        { upTo: null, rate: '20' },
      ],
      standing: '99.99',
    },
    targetMiles: 30_000,
  },
  {
    id: 'MIN',
    vehicles: ['M1', 'M2'],
    scope: 'vehicle' as const,
    terms: { tiers: [{ upTo: null, rate: '34' }], minMiles: 1_700, capMiles: 2_400 },
    start: '2026-01-16',
  },
  {
    id: 'KM',
    vehicles: ['K1'],
    unit: 'km' as const,
    terms: { tiers: [{ upTo: null, rate: '18.6' }], minCharge: '250', capCharge: '600' },
  },
];

function yearBook(): Book {
  const vehicles = CONTRACTS.flatMap((contract) =>
    contract.vehicles.map((vehicle) => ({ vehicle, contract })),
  );
  return bookSchema.parse({
    facility: { id: 'F', name: 'Year Facility', currency: 'GBP', servicingFeeRate: '0.05' },
    operators: [{ id: 'north', name: 'North Cabs' }],
    vehicles: vehicles.map(({ vehicle }) => ({
      id: vehicle,
      registration: `MP26 ${vehicle}`,
      make: 'Make',
      model: 'Model',
      class: 'car',
      powertrain: 'BEV',
      cost: '30000',
    })),
    trackers: vehicles.map(({ vehicle }) => ({
      vehicle,
      provider: 'teltonika-mqtt-json',
      externalId: deviceOf(vehicle),
      origin: 'tracker',
      from: `${START}T00:00:00Z`,
    })),
    contracts: CONTRACTS.map(({ id, vehicles: names, terms, ...more }) => ({
      id,
      operator: 'north',
      timezone: ZONE,
      unit: 'mi',
      anchor: START,
      start: START,
      assignments: names.map((vehicle) => ({ vehicle, from: `${START}T00:00:00Z` })),
      terms,
      vatRate: '0.2',
      underwriting: { milesPerMonth: 1_500, rv: '9000', rvMiles: '150000' },
      ...more,
    })),
    openings: vehicles.map(({ vehicle }) => ({
      vehicle,
      at: `${START}T00:00:00Z`,
      value: '10000',
      unit: 'km',
    })),
  });
}

function deviceOf(vehicle: string): string {
  const digits = Array.from(vehicle, (letter) => String(letter.charCodeAt(0) % 10)).join('');
  return `3560000000${digits.padStart(5, '0')}`;
}

/** Drives the year; some packets come a week late, and once an odometer is replaced. */
async function driveYear(run: MoneyRun, months: number): Promise<void> {
  const random = randomStream('money-year');
  const startMs = startOfDayMs(START, ZONE);
  const endMs = startOfDayMs(addMonths(START, months), ZONE);
  const vehicles = CONTRACTS.flatMap(({ vehicles: names }) => names);
  const metres = new Map(vehicles.map((vehicle) => [vehicle, 10_000_000]));
  const late: { atMs: number; send: () => Promise<void> }[] = [];
  let replacedAtMetres: number | null = null;
  let month = 0;
  for (let atMs = startMs + 6 * HOUR_MS; atMs <= endMs + 8 * 24 * HOUR_MS; atMs += 6 * HOUR_MS) {
    for (const vehicle of vehicles) {
      const driven = (metres.get(vehicle) ?? 0) + Math.floor(random.next() * 32_000);
      metres.set(vehicle, driven);
      const shown = vehicle === 'F2' && replacedAtMetres !== null ? driven - replacedAtMetres : driven;
      const send = (nowMs: number): Promise<void> =>
        run.packet(nowMs, `fleet/c1/teltonika/${deviceOf(vehicle)}/data`, payload(atMs, shown));
      if (random.next() < lateShare(atMs))
        late.push({ atMs: atMs + 7 * 24 * HOUR_MS, send: () => send(late[0]?.atMs ?? atMs) });
      else await send(atMs);
    }
    while (late[0] !== undefined && late[0].atMs <= atMs) {
      await must(late[0], 'one is late').send();
      late.shift();
    }
    if (replacedAtMetres === null && atMs > startMs + 100 * 24 * HOUR_MS) {
      replacedAtMetres = metres.get('F2') ?? 0;
      await run.tick(atMs + HOUR_MS);
      await run.decideByTwo({
        decision: 'open-epoch',
        vehicle: 'F2',
        at: new Date(atMs + HOUR_MS / 2).toISOString(),
        closing: String(replacedAtMetres / 1_000),
        opening: '0',
        unit: 'km',
      });
    }
    if (atMs >= startOfDayMs(addMonths(START, month + 1), ZONE) + 3.5 * 24 * HOUR_MS && month < months) {
      await closeMonth(run, month);
      month += 1;
    }
  }
}

/** Trackers are out of reach now and then, and more often when a month ends, where it matters. */
function lateShare(atMs: number): number {
  const isMonthEnd =
    new Date(atMs + 18 * HOUR_MS).getUTCMonth() !== new Date(atMs - 18 * HOUR_MS).getUTCMonth();
  return isMonthEnd ? 0.5 : 0.02;
}

function payload(atMs: number, metres: number): string {
  return JSON.stringify(teltonika('', atMs, metres).payload);
}

async function closeMonth(run: MoneyRun, month: number): Promise<void> {
  for (const { id } of CONTRACTS) {
    const number = await run.issue(id, month);
    const document = must(run.world.money.documents.get(number), 'it was issued').document;
    const dayNow = new Date(run.world.clockMs).toISOString().slice(0, 10);
    if (document.grossPence <= 0) continue;
    const pence = month % 2 === 0 ? document.grossPence : Math.floor(document.grossPence / 3);
    const receipt = {
      receipt: `R-${number}`,
      valueDay: dayNow,
      pence: pence + 100,
      payer: 'North',
      reference: number,
    };
    await run.decide({
      decision: 'record-receipts',
      receipts: [{ ...receipt, matches: [{ document: number, pence }] }],
    });
    if (month > 0) await correct(run, id, month - 1);
  }
  if (month === 4) {
    const amendment = { from: '2026-06-10', terms: { tiers: [{ upTo: null, rate: '28' }] } };
    await run.decideByTwo({ decision: 'amend-contract', contract: 'FLAT', amendment });
  }
}

/** Late evidence of the month before is issued as a correction, when there is any. */
async function correct(run: MoneyRun, contract: string, month: number): Promise<void> {
  const row = describePeriods(run.world, null, 1_000).periods.find(
    (each) => each.contract === contract && each.period === month,
  );
  if (row?.state === 'correction due') await run.issue(contract, month);
}

/** Drives so many months of the year; gives the data folder and the run, which is over. */
export async function moneyYear(months = 12): Promise<DataFolder> {
  const folder = path.join(emptyFolder(), 'data');
  const data = openDataFolder(folder, 'driven', true);
  if (!data.ok) throw new Error(data.error);
  const run = await startMoneyRun(data.value.journal, yearBook(), startOfDayMs(START, ZONE));
  await driveYear(run, months);
  await run.close();
  return data.value;
}
