import { isVin } from '../device-id.ts';
import type { QueclinkMessage } from './queclink-message.ts';
import { hexValue, isDigits, isHex, numberIn } from './queclink-text.ts';
import type { OdometerReading, ReadingDraft } from '../reading.ts';
import { type Findings, type NumberRange, odometerFromText, SPEED_KMH } from '../vendor-fields.ts';

/** One field a set bit, in this order: the engine's speed (bit 5) comes before the vehicle's (bit 4). */
const BIT_ORDER = [0, 1, 2, 3, 5, 4, 6, 7, 8, 9] as const;
/** Bits 0 to 21 have a field each on every model; nothing of what comes behind is read. */
const ORDERED_BITS = 0x3f_ff_ff;
const VIN = 0;
const IGNITION_KEY = 1;
const TOTAL_DISTANCE = 2;
const SPEED = 4;
const RANGE = 9;

const RANGE_HECTOMETRES: NumberRange = { name: 'range', min: 0, max: 50_000 };

/** True when a mask stands at `maskAt`, and behind it at least as many fields as it has bits. */
export function canBlockFits({ fields, sendTimeAt }: QueclinkMessage, maskAt: number): boolean {
  const mask = maskAt < sendTimeAt ? hexValue(fields[maskAt] ?? '', 8) : null;
  return mask !== null && maskAt + bitsSet(mask & ORDERED_BITS) < sendTimeAt;
}

/**
 * Takes a CAN block that fits into the reading: a mask at `maskAt`, then a field for each of its bits. Gives the
 * distance on the vehicle's own counter, if there is one.
 */
export function takeCanBlock(
  findings: Findings,
  reading: ReadingDraft,
  { fields }: QueclinkMessage,
  maskAt: number,
): OdometerReading | undefined {
  const mask = hexValue(fields[maskAt] ?? '', 8) ?? 0;
  let odometer: OdometerReading | undefined;
  let at = maskAt;
  for (const bit of BIT_ORDER) {
    if (((mask >>> bit) & 1) === 0) continue;
    at += 1;
    const text = fields[at] ?? '';
    if (bit === TOTAL_DISTANCE) odometer = totalDistance(findings, text);
    else takeCanField(findings, reading, bit, text);
  }
  return odometer;
}

/** `H` and digits are hectometres. `I` and digits are raw impulses of the sensor: no distance, and no reading. */
function totalDistance(findings: Findings, text: string): OdometerReading | undefined {
  const digits = text.slice(1);
  return text.startsWith('H') && isDigits(digits)
    ? odometerFromText(findings, digits, 'hm', 'vehicle')
    : undefined;
}

/** What the report said before the block (a position's speed, the device's status) stays. */
function takeCanField(findings: Findings, reading: ReadingDraft, bit: number, text: string): void {
  if (bit === VIN && isVin(text)) reading.vin = text;
  if (bit === IGNITION_KEY && (text === '0' || text === '1' || text === '2'))
    reading.isIgnitionOn ??= text !== '0';
  if (bit === SPEED) {
    const speed = numberIn(findings, text, SPEED_KMH);
    if (speed !== undefined) reading.speedKmh ??= speed;
  }
  if (bit === RANGE) {
    const hectometres = numberIn(findings, text, RANGE_HECTOMETRES);
    if (hectometres !== undefined) reading.rangeMetres = hectometres * 100;
  }
}

/** Bits of an OBD mask whose fields stand before the position; the last of them is the mileage. */
const OBD_BITS_BEFORE_POSITION = 20;
const OBD_MILEAGE = 19;

/**
 * Takes the OBD data that stand before the position block at `blockAt` into the reading. Gives the distance on the
 * vehicle's own counter: whole kilometres, directly before the block, unless the mask shows that it was left out.
 */
export function takeObdBlock(
  findings: Findings,
  reading: ReadingDraft,
  { fields, nameAt }: QueclinkMessage,
  blockAt: number,
): OdometerReading | undefined {
  const vin = fields.slice(nameAt, blockAt).findLast(isVin);
  if (vin !== undefined) reading.vin = vin;
  const text = fields[blockAt - 1] ?? '';
  if (!isDigits(text) || isMileageLeftOut(fields, nameAt, blockAt)) return undefined;
  return odometerFromText(findings, text, 'km', 'vehicle');
}

/** True when there are as many fields as the mask names before the position, and the mileage is none of them. */
function isMileageLeftOut(fields: readonly string[], nameAt: number, blockAt: number): boolean {
  for (let at = nameAt + 1; at < blockAt; at += 1) {
    const text = fields[at] ?? '';
    if (!isHex(text, 6)) continue;
    const mask = Number.parseInt(text, 16);
    if (((mask >>> OBD_MILEAGE) & 1) === 1) return false;
    return bitsSet(mask % 2 ** OBD_BITS_BEFORE_POSITION) === blockAt - at - 1;
  }
  return false;
}

function bitsSet(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
