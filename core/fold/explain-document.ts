import { addDays } from '../base/calendar.ts';
import type { FinalDocument, PrintedLine } from '../protocol/document.ts';
import type { ChargeExplanation } from '../protocol/link.ts';
import { explainCharge, type FetchPackets } from './explain-charge.ts';
import type { World } from './world.ts';

/** The chain behind a document: its lines, each vehicle's days, and of these the odometer, readings and packets. */
export interface DocumentExplanation {
  readonly document: FinalDocument;
  /** Null for the whole document. */
  readonly line: PrintedLine | null;
  readonly entries: readonly { readonly set: string; readonly account: string; readonly pence: number }[];
  readonly vehicles: readonly VehicleExplanation[];
}

export interface VehicleExplanation {
  readonly vehicle: string;
  readonly registration: string;
  readonly tenths: number;
  /** A day's charge each, oldest first; a day without distance is left out. */
  readonly days: readonly ChargeExplanation[];
}

/**
 * Opens a document, or one of its lines, down to the packets; null for a document or line that is not there. The world
 * is the one the document was made from, so that later evidence does not show in it; `entries` are the book's of today.
 */
export function explainDocument(
  then: World,
  now: World,
  number: string,
  lineNumber: number | null,
  fetchPackets: FetchPackets,
): DocumentExplanation | null {
  const state = now.money.documents.get(number);
  if (state === undefined) return null;
  const { document } = state;
  const line = lineNumber === null ? null : (document.rated.lines[lineNumber - 1] ?? null);
  if (lineNumber !== null && line === null) return null;
  const fromDay = line?.fromDay ?? document.rated.startDay;
  const toDay = line?.toDay ?? document.rated.endDay;
  return {
    document,
    line,
    entries: entriesOf(now, number),
    vehicles: document.rated.vehicles
      .filter(({ vehicle }) => line === null || line.vehicle === null || line.vehicle === vehicle)
      .map(({ vehicle, registration, tenths }) => ({
        vehicle,
        registration,
        tenths,
        days: daysOf(then, document, vehicle, fromDay, toDay, fetchPackets),
      })),
  };
}

function entriesOf(world: World, number: string): DocumentExplanation['entries'] {
  return world.ledger.sets
    .filter(({ subject }) => subject === number)
    .flatMap(({ id, entries }) => entries.map(({ account, pence }) => ({ set: id, account, pence })));
}

function daysOf(
  world: World,
  { contract }: FinalDocument,
  vehicle: string,
  fromDay: string,
  toDay: string,
  fetchPackets: FetchPackets,
): ChargeExplanation[] {
  const days: ChargeExplanation[] = [];
  for (let day = fromDay; day < toDay; day = addDays(day, 1)) {
    const charge = explainCharge(world, vehicle, day, fetchPackets);
    if (charge !== null && charge.contract === contract && charge.tenths !== 0) days.push(charge);
  }
  return days;
}
