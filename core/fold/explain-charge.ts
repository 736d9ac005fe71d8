import type { LocalDay } from '../base/calendar.ts';
import { must } from '../base/assert.ts';
import { hexOf } from '../base/hex.ts';
import { firstRateOn } from '../billing/contract-account.ts';
import {
  MICROMETRES_PER_METRE,
  MICROMETRES_PER_MILE,
  micrometresFromText,
  wholeTenths,
} from '../base/distance.ts';
import { pricePence } from '../base/money.ts';
import { rawMicrometresAt } from '../metering/epochs.ts';
import { statusOfCode } from '../metering/reading-status.ts';
import {
  acceptedBefore,
  acceptedFrom,
  at,
  indexAtOrAfter,
  type ReadingSource,
  type Series,
  SOURCE_RANK,
} from '../metering/series.ts';
import { odometerThrough, wholeBetween } from '../metering/thin-series.ts';
import type { ChargeExplanation, EvidenceReading } from '../protocol/link.ts';
import { transportOfTopic } from '../protocol/raw-topic.ts';
import { decodePacket, type Dialect } from '../tracker/decode-packet.ts';
import { currentAssignment, vehicleByName } from './describe-vehicle.ts';
import { mappingsOn } from './mappings-on.ts';
import { billableBounds } from './rate-days.ts';
import type { Assignment, VehicleState, World } from './world.ts';

/** The journal's copy of a packet. */
export interface RawPacket {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly digestHex: string;
  readonly isAuthenticated?: true;
}
/** Fetches the packets at journal positions; what is not there any more is left out. */
export type FetchPackets = (positions: readonly number[]) => ReadonlyMap<number, RawPacket>;

const READINGS_SHOWN_AT_START = 5;
const READINGS_SHOWN_AT_END = 45;

/**
 * The chain behind a vehicle's charge for a local day: price, tenths, the odometer at both ends, the readings that give
 * it, and their packets as they came. `day` null means the contract's open day. Null when the vehicle is not billed.
 */
export function explainCharge(
  world: World,
  name: string,
  day: LocalDay | null,
  fetchPackets: FetchPackets,
): ChargeExplanation | null {
  const vehicle = vehicleByName(world, name);
  const assignment = vehicle === null ? null : assignmentOn(world, vehicle, day);
  if (vehicle === null || assignment === null || vehicle.billingSeries === null) return null;
  const account = must(world.contracts[assignment.contract], 'an assignment names a contract of the book');
  const series = must(vehicle.series.get(vehicle.billingSeries), 'a billed vehicle has its series');
  const { contract } = account;
  const billedDay = day ?? account.openDay;
  const rate = firstRateOn(account, billedDay);
  const { fromMs, toMs: endMs } = billableBounds(account, assignment, billedDay);
  // Of a day outside the assignment nothing is charged.
  const toMs = Math.max(fromMs, endMs);
  const startMicrometres = odometerThrough(series, fromMs, world.archive) ?? 0;
  const endMicrometres = odometerThrough(series, toMs, world.archive) ?? 0;
  const startTenths = wholeTenths(startMicrometres, contract.unit);
  const endTenths = wholeTenths(endMicrometres, contract.unit);
  const tenths = endTenths - startTenths;
  return {
    vehicle: name,
    day: billedDay,
    contract: contract.id,
    timezone: contract.timezone,
    unit: contract.unit,
    fromMs,
    toMs,
    isProvisional: acceptedFrom(series, indexAtOrAfter(series, toMs)) < 0,
    startMicrometres,
    endMicrometres,
    startTenths,
    endTenths,
    tenths,
    ratePence: rate.text,
    pence: pricePence(tenths, rate.value),
    ...evidenceBetween(
      vehicle,
      wholeBetween(series, fromMs, toMs, world.archive),
      fromMs,
      toMs,
      fetchPackets,
      mappingsOn(world.door),
    ),
    entries: entriesOf(world, contract.id, billedDay),
  };
}

/** The assignment that a day was billed under; for a day of none, or null, the one that holds now. */
function assignmentOn(world: World, vehicle: VehicleState, day: LocalDay | null): Assignment | null {
  const onDay = vehicle.assignments.find((assignment) => {
    const account = world.contracts[assignment.contract];
    if (day === null || account === undefined) return false;
    const { fromMs, toMs } = billableBounds(account, assignment, day);
    return fromMs < toMs;
  });
  return onDay ?? currentAssignment(world, vehicle);
}

/** The readings from the last accepted at or before the start to the first accepted at or after the end. */
function evidenceBetween(
  vehicle: VehicleState,
  series: Series,
  fromMs: number,
  toMs: number,
  fetchPackets: FetchPackets,
  mapped: readonly Dialect[],
): Pick<ChargeExplanation, 'readings' | 'readingsOmitted'> {
  const first = Math.max(0, acceptedBefore(series, indexAtOrAfter(series, fromMs + 1)));
  const after = acceptedFrom(series, indexAtOrAfter(series, toMs));
  const last = after < 0 ? series.count - 1 : after;
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
  const omitted = Math.max(0, all.length - READINGS_SHOWN_AT_START - READINGS_SHOWN_AT_END);
  const shown =
    omitted === 0 ? all : [...all.slice(0, READINGS_SHOWN_AT_START), ...all.slice(-READINGS_SHOWN_AT_END)];
  const packets = fetchPackets(
    shown.map((index) => at(series.position, index)).filter((position) => position >= 0),
  );
  return {
    readings: shown.map((index) => evidenceAt(vehicle, series, index, packets, mapped)),
    readingsOmitted: omitted,
  };
}

function evidenceAt(
  vehicle: VehicleState,
  series: Series,
  index: number,
  packets: ReadonlyMap<number, RawPacket>,
  mapped: readonly Dialect[],
): EvidenceReading {
  const position = at(series.position, index);
  const rawMicrometres = rawMicrometresAt(series, index);
  const packet = packets.get(position) ?? null;
  const raw =
    position < 0
      ? signedText(vehicle, rawMicrometres)
      : packet === null
        ? null
        : rawOdometer(packet, rawMicrometres, mapped);
  return {
    position: position < 0 ? null : position,
    observedAtMs: at(series.atMs, index),
    receivedAtMs: at(series.receivedAtMs, index),
    isReceiptTime: series.isByReceipt && position >= 0,
    source: sourceOfRank(at(series.rank, index)),
    rawText: raw?.text ?? 'erased',
    rawUnit: raw?.unit ?? '',
    micrometres: at(series.micrometres, index),
    status: statusOfCode(at(series.status, index)),
    topic: packet?.topic ?? null,
    transport: packet === null ? null : transportOfTopic(packet.topic),
    isAuthenticated: packet?.isAuthenticated === true,
    payloadUtf8: packet === null ? null : printable(packet.payload),
    payloadHex: packet === null ? null : hexOf(packet.payload),
    recordDigestHex: packet?.digestHex ?? null,
  };
}

/** What people signed: the opening as the book says it, any other to a thousandth; a replacement by its opening value. */
function signedText(vehicle: VehicleState, micrometres: number): { text: string; unit: string } {
  const { opening } = vehicle;
  if (opening !== null) {
    const stated = micrometresFromText(opening.rawText, opening.rawUnit);
    if (stated.ok && stated.value === micrometres) return { text: opening.rawText, unit: opening.rawUnit };
  }
  const unit = opening === null || opening.rawUnit === 'mi' ? 'mi' : 'km';
  const perThousandth = unit === 'mi' ? MICROMETRES_PER_MILE / 1_000 : MICROMETRES_PER_METRE;
  return { text: String(Math.round(micrometres / perThousandth) / 1_000), unit };
}

/** Decodes the packet again and finds the odometer value that this reading was made from. */
function rawOdometer(
  packet: RawPacket,
  micrometres: number,
  mapped: readonly Dialect[],
): { text: string; unit: string } | null {
  const decoded = decodePacket(packet, mapped);
  if (!decoded.ok) return null;
  const reading = decoded.value.readings.find((each) => each.odometer?.micrometres === micrometres);
  return reading?.odometer === undefined
    ? null
    : { text: reading.odometer.rawText, unit: reading.odometer.rawUnit };
}

function sourceOfRank(rank: number): string {
  const sources = Object.keys(SOURCE_RANK) as ReadingSource[];
  return sources.find((source) => SOURCE_RANK[source] === rank) ?? 'manual';
}

function entriesOf(world: World, contract: string, day: LocalDay): ChargeExplanation['entries'] {
  return world.ledger.sets
    .filter((set) => set.contract === contract && set.valueDay === day)
    .flatMap((set) =>
      set.entries.map(({ account, pence }) => ({
        set: set.id,
        valueDay: set.valueDay,
        account,
        pence,
        postedAtMs: set.postedAtMs,
      })),
    );
}

/** The payload as text when all of it is printable ASCII; null otherwise, when only the bytes tell the truth. */
function printable(bytes: Uint8Array): string | null {
  let text = '';
  for (const byte of bytes) {
    if (byte < 0x20 || byte > 0x7e) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}
