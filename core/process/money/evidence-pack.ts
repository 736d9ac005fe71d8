import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { billedSeries } from '../../fold/billed-series.ts';
import { accountNamed } from '../../fold/account-named.ts';
import { type PeriodStay, periodStays } from '../../fold/rate-contract.ts';
import { periodOf } from '../../billing/contract-account.ts';
import type { VehicleState, World } from '../../fold/world.ts';
import { at, indexAtOrAfter, isAccepted, NO_POSITION } from '../../metering/series.ts';
import { wholeSeries } from '../../metering/thin-series.ts';
import { type Book, bookSchema } from '../../protocol/book.ts';
import { type FinalDocument, finalDocumentSchema } from '../../protocol/document.ts';
import type { RefusedRequest } from '../../protocol/door-asks.ts';
import { readRecords } from '../journal/read-journal.ts';
import { tableCsv } from '../papers/table-csv.ts';
import { documentTable } from '../papers/document-rows.ts';
import { invoicePdf } from '../papers/invoice-pdf.ts';
import { issuerOf } from './paper-files.ts';

/** The file that says what a pack is of; everything that is needed to price its document again is in it and beside it. */
export const PACK_FILE = 'evidence.json';
export const PACK_RECORDS_FILE = 'records.jsonl';

const epochSchema = z.object({
  atMs: z.number(),
  closingMicrometres: z.number(),
  openingMicrometres: z.number(),
  receivedAtMs: z.number(),
});
const rulingSchema = z.object({
  kind: z.enum(['accept', 'reject']),
  position: z.number().int(),
  atMs: z.number(),
  rawMicrometres: z.number(),
});

export const packSchema = z.object({
  format: z.literal(1),
  document: finalDocumentSchema,
  /** The contract of the document, its vehicles and their trackers, and nothing of anybody else. */
  book: bookSchema,
  /** What people decided about the odometers, by vehicle. */
  decisions: z.record(z.string(), z.object({ epochs: z.array(epochSchema), rulings: z.array(rulingSchema) })),
  mappings: z.array(z.object({ name: z.string(), yaml: z.string() })),
});
export type EvidencePack = z.infer<typeof packSchema>;

/** A journal record as it was written: `bytes` is what its digest is computed over, base64. */
export const packRecordSchema = z.object({
  position: z.number().int().nonnegative(),
  sha256: z.string(),
  bytes: z.string(),
});

export interface PackRequest {
  readonly world: World;
  readonly number: string;
  readonly journalFolder: string;
  /** The pack is a folder of the document's number in it. */
  readonly folder: string;
}

/** Writes all that a document is made from as a folder that `milepost verify` checks on any machine. */
export async function writeEvidencePack(
  request: PackRequest,
): Promise<{ readonly ok: true; readonly folder: string; readonly records: number } | RefusedRequest> {
  const { world, number, journalFolder, folder } = request;
  const state = world.money.documents.get(number);
  if (state === undefined || world.facility === null)
    return { ok: false, field: 'number', problem: `there is no document "${number}"` };
  const { document } = state;
  const records = readRecords(journalFolder, evidencePositions(world, document));
  const target = path.join(folder, number);
  await fs.promises.rm(target, { recursive: true, force: true });
  await fs.promises.mkdir(target, { recursive: true });
  const lines = [...records].map(([position, { digestHex, digested }]) =>
    JSON.stringify({
      position,
      sha256: digestHex,
      bytes: digested === null ? '' : Buffer.from(digested).toString('base64'),
    }),
  );
  await writeFiles(target, {
    [PACK_FILE]: `${JSON.stringify(packOf(world, document), null, 2)}\n`,
    [PACK_RECORDS_FILE]: lines.map((line) => `${line}\n`).join(''),
    [`${number}.pdf`]: await invoicePdf(document, issuerOf(world.facility)),
    [`${number}.csv`]: tableCsv(documentTable([document])),
    'README.txt': readMe(number),
  });
  return { ok: true, folder: target, records: lines.length };
}

async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files))
    await fs.promises.writeFile(path.join(folder, name), content);
}

/** The journal positions of every reading, counted or not, that the document's distances lie between. */
function evidencePositions(world: World, document: FinalDocument): number[] {
  const account = accountNamed(world, document.contract);
  const positions = new Set<number>();
  for (const stay of periodStays(world, account, periodOf(account, document.rated.period))) {
    for (const position of positionsThen(stay, document.asOf.position)) positions.add(position);
  }
  return [...positions].toSorted((a, b) => a - b);
}

/**
 * The readings known then, from the last that counts at or before each start to the first at or after each end; also
 * those between that do not count.
 */
function* positionsThen(stay: PeriodStay, asOfPosition: number): Generator<number> {
  if (stay.series === null) return;
  const series = wholeSeries(stay.series, stay.archive);
  const isKnown = (i: number): boolean => at(series.position, i) < asOfPosition;
  const isEnd = (i: number): boolean => isKnown(i) && isAccepted(series, i);
  for (const { fromMs, toMs } of stay.spans) {
    let first = indexAtOrAfter(series, fromMs + 1) - 1;
    while (first > 0 && !isEnd(first)) first -= 1;
    for (let i = Math.max(0, first); i < series.count; i += 1) {
      const position = at(series.position, i);
      if (position !== NO_POSITION && isKnown(i)) yield position;
      if (at(series.atMs, i) >= toMs && isEnd(i)) break;
    }
  }
}

function packOf(world: World, document: FinalDocument): EvidencePack {
  const vehicles = document.rated.vehicles.flatMap(
    ({ vehicle }) => world.vehicles[world.slotByVehicle.get(vehicle) ?? -1] ?? [],
  );
  return {
    format: 1,
    document,
    book: bookOf(world, document, vehicles),
    decisions: Object.fromEntries(
      vehicles.map((vehicle) => {
        const series = billedSeries(vehicle);
        return [
          vehicle.vehicle,
          { epochs: [...(series?.epochs ?? [])], rulings: [...(series?.rulings ?? [])] },
        ];
      }),
    ),
    mappings: [...world.door.mappings].map(([name, { yaml }]) => ({ name, yaml })),
  };
}

function bookOf(world: World, document: FinalDocument, vehicles: readonly VehicleState[]): Book {
  const { contract } = accountNamed(world, document.contract);
  const known = new Set(vehicles.map(({ vehicle }) => vehicle));
  return {
    facility: { id: document.facility.id, name: document.facility.name, currency: 'GBP' },
    operators: [{ ...document.operator }],
    vehicles: vehicles.map(({ vehicle, registration, make, model, facts }) => ({
      id: vehicle,
      registration,
      make,
      model,
      class: facts?.class ?? 'car',
      powertrain: facts?.powertrain ?? 'BEV',
    })),
    trackers: vehicles.flatMap((vehicle) => trackersOf(world, vehicle)),
    contracts: [
      { ...contract, assignments: contract.assignments.filter(({ vehicle }) => known.has(vehicle)) },
    ],
    openings: vehicles.flatMap(({ vehicle, opening }) =>
      opening === null
        ? []
        : [
            {
              vehicle,
              at: new Date(opening.atMs).toISOString(),
              value: opening.rawText,
              unit: opening.rawUnit === 'km' ? 'km' : 'mi',
            },
          ],
    ),
  };
}

/** The trackers whose odometer the vehicle is billed by, for as long as it carried them. */
function trackersOf(world: World, vehicle: VehicleState): Book['trackers'] {
  const trackers: Book['trackers'] = [];
  for (const [provider, devices] of world.devices) {
    for (const { name, bindings } of devices.values()) {
      for (const { slot, series, origin, fromMs, toMs } of bindings) {
        if (slot !== vehicle.slot || series !== vehicle.billingSeries || origin === 'server') continue;
        trackers.push({
          vehicle: vehicle.vehicle,
          provider,
          externalId: name,
          origin,
          from: new Date(fromMs).toISOString(),
          ...(Number.isFinite(toMs) ? { to: new Date(toMs).toISOString() } : {}),
        });
      }
    }
  }
  return trackers;
}

function readMe(number: string): string {
  return [
    `Evidence for ${number}`,
    '',
    `${PACK_FILE}       the document, its contract, vehicles, trackers, and what people decided about odometers`,
    `${PACK_RECORDS_FILE}      the packets its distances come from, each with the SHA-256 the journal's chain holds`,
    `${number}.pdf, .csv  the document as it was issued`,
    '',
    'To check it on any machine:  milepost verify --data <this folder>',
    '',
  ].join('\n');
}
