import type { QueclinkMessage } from './queclink-message.ts';
import { isDigits, isHex, numberIn } from './queclink-text.ts';
import type { OdometerReading, ReadingDraft } from '../reading.ts';
import { BATTERY_PERCENT, type Findings, type NumberRange, odometerFromText } from '../vendor-fields.ts';

const MILLIVOLTS: NumberRange = { name: 'supply voltage in mV', min: 0, max: 100_000 };

/**
 * Takes the supply voltage that stands before the report id and type (two digits), the number of blocks, and the first
 * block at `blockAt`. Asset trackers write id and type apart and have no voltage there.
 */
export function takeSupply(
  findings: Findings,
  reading: ReadingDraft,
  { fields, nameAt }: QueclinkMessage,
  blockAt: number,
): void {
  const voltageAt = blockAt - 3;
  const text = fields[voltageAt] ?? '';
  if (voltageAt <= nameAt || !isDigits(text)) return;
  if (!isHex(fields[blockAt - 2] ?? '', 2) || !isDigits(fields[blockAt - 1] ?? '')) return;
  const millivolts = numberIn(findings, text, MILLIVOLTS);
  if (millivolts !== undefined) reading.externalVolts = millivolts / 1000;
}

/** A mileage always has one decimal; a battery level, a voltage or a state of the same place never has. */
const MILEAGE = /^-?\d+\.\d$/;
/** Where the trackers' counter ends: 4,294,967 km. */
const MILEAGE_MICROMETRES_MAX = 4_294_967_000_000_000;

/**
 * The tracker's own mileage from its text. No vehicle that is tracked has driven 0.0 km: the counter is switched off,
 * and 0.0 read as an odometer would bill the whole of the next value once it is switched on.
 */
export function mileageIn(findings: Findings, text: string): OdometerReading | undefined {
  if (!MILEAGE.test(text)) return undefined;
  const odometer = odometerFromText(findings, text, 'km', 'tracker');
  if (odometer === undefined || odometer.micrometres === 0) return undefined;
  if (odometer.micrometres > MILEAGE_MICROMETRES_MAX)
    findings.refuse('value-out-of-range', `mileage ${text} km is more than these trackers count`);
  return odometer;
}

/** Hour meter, analog inputs and battery stand between mileage and status, four fields at the most we know of. */
const FIELDS_TO_STATUS_MAX = 7;

/**
 * Takes the device status and the battery level before it, looking from behind the mileage on: models differ in what
 * stands between. Gives the place of the status; null when there is none, and then nothing else can be placed either.
 */
export function takeStatus(
  findings: Findings,
  reading: ReadingDraft,
  { fields, sendTimeAt }: QueclinkMessage,
  from: number,
): number | null {
  const end = Math.min(sendTimeAt, from + FIELDS_TO_STATUS_MAX);
  for (let at = from; at < end; at += 1) {
    const text = fields[at] ?? '';
    if (!isHex(text, 6) || !takeState(reading, text.slice(0, 2))) continue;
    if (at > from) takeBattery(findings, reading, fields[at - 1] ?? '');
    return at;
  }
  return null;
}

/** Takes a battery level in percent. It is the tracker's own battery; longer numbers are no percentage. */
export function takeBattery(findings: Findings, reading: ReadingDraft, text: string): void {
  if (text.length > 3 || !isDigits(text)) return;
  const battery = numberIn(findings, text, BATTERY_PERCENT);
  if (battery !== undefined) reading.trackerBatteryPercent = battery;
}

type State = Pick<ReadingDraft, 'isIgnitionOn' | 'isMoving' | 'event'>;

const STATE_BY_CODE: ReadonlyMap<string, State> = new Map([
  ['11', { isIgnitionOn: false, isMoving: false }],
  ['12', { isIgnitionOn: false, isMoving: true }],
  ['16', { isIgnitionOn: false, event: 'tow' }],
  // Only possibly a tow: the tracker says 16 once it is sure.
  ['1A', { isIgnitionOn: false }],
  ['21', { isIgnitionOn: true, isMoving: false }],
  ['22', { isIgnitionOn: true, isMoving: true }],
  // No ignition input is wired.
  ['41', { isMoving: false }],
  ['42', { isMoving: true }],
]);

/** Takes the first byte of a device status, or a state code; false for one we do not know. */
export function takeState(reading: ReadingDraft, code: string): boolean {
  const state = STATE_BY_CODE.get(code.toUpperCase());
  if (state === undefined) return false;
  if (state.isIgnitionOn !== undefined) reading.isIgnitionOn = state.isIgnitionOn;
  if (state.isMoving !== undefined) reading.isMoving = state.isMoving;
  if (state.event !== undefined) reading.event = state.event;
  return true;
}
