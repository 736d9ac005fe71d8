import { unreachable } from '../../base/assert.ts';
import { canBlockFits, takeCanBlock, takeObdBlock } from './queclink-can.ts';
import type { QueclinkMessage } from './queclink-message.ts';
import type { QueclinkTail } from './queclink-model.ts';
import { tailStart } from './queclink-position.ts';
import { mileageIn, takeBattery, takeState, takeStatus, takeSupply } from './queclink-tail.ts';
import { hexValue, isDigits, isHex } from './queclink-text.ts';
import type { OdometerReading, ReadingDraft } from '../reading.ts';
import type { Findings } from '../vendor-fields.ts';

/** How a report is laid out around its position blocks; `position` is nothing but these. */
export type QueclinkLayout =
  | 'fixed'
  | 'extended'
  | 'ignition'
  | 'driver'
  | 'state'
  | 'can'
  | 'obd'
  | 'position';

/** A report, and what has been found in it. */
export interface QueclinkReport {
  readonly message: QueclinkMessage;
  readonly tail: QueclinkTail;
  /** Where its position blocks begin. */
  readonly blocks: readonly number[];
  readonly findings: Findings;
}

/** Takes what a report says beside its positions into its last reading. Gives the distances it names, the tracker's own first. */
export function takeReport(
  last: ReadingDraft,
  layout: QueclinkLayout,
  report: QueclinkReport,
): readonly OdometerReading[] {
  switch (layout) {
    case 'fixed':
      return listOf(takeFixed(last, report)?.mileage);
    case 'extended':
      return takeExtended(last, report);
    case 'ignition':
      return listOf(mileageBehindHourMeter(report));
    case 'driver':
      return listOf(mileageBehindBlocks(report));
    case 'state':
      takeState(last, stateCode(report));
      return [];
    case 'can':
      return listOf(takeCan(last, report));
    case 'obd':
      return takeObd(last, report);
    case 'position':
      return [];
    default:
      return unreachable(layout);
  }
}

function listOf(...odometers: readonly (OdometerReading | undefined)[]): readonly OdometerReading[] {
  return odometers.filter((odometer) => odometer !== undefined);
}

interface FixedTail {
  readonly mileage: OdometerReading | undefined;
  readonly statusAt: number | null;
}

/**
 * Supply voltage, report id and type, number of blocks, the blocks, the mileage, and on longer reports more about the
 * device. Null when what stands behind the blocks cannot be placed.
 */
function takeFixed(last: ReadingDraft, report: QueclinkReport): FixedTail | null {
  const { message, tail, blocks, findings } = report;
  const [firstAt] = blocks;
  const lastAt = blocks.at(-1);
  if (firstAt === undefined || lastAt === undefined) return null;
  if (message.report === 'GTHBM') takeHarshDriving(last, message.fields[firstAt - 2] ?? '');
  const isVehicle = hasMileage(report);
  if (isVehicle) takeSupply(findings, last, message, firstAt);
  if (!areAllBlocksFound(report, firstAt)) return null;
  if (tail === 'battery') takeBattery(findings, last, fieldIn(message, lastAt + BATTERY_BEHIND_BLOCK));
  const tailAt = isVehicle ? tailStart(message, lastAt) : null;
  if (tailAt === null) return null;
  const mileage = mileageIn(findings, fieldIn(message, tailAt));
  return { mileage, statusAt: takeStatus(findings, last, message, tailAt + 1) };
}

/** On GL200 and GL300 the twelfth field of a block is no mask, whatever it holds. */
const BATTERY_BEHIND_BLOCK = 12;

/** The last digit of id and type; trackers with a second source of it count on from 3. */
function takeHarshDriving(last: ReadingDraft, idAndType: string): void {
  const event = HARSH_DRIVING_BY_DIGIT.get(idAndType.slice(-1));
  if (event !== undefined && hexValue(idAndType, 2) !== null) last.event = event;
}

const HARSH_DRIVING_BY_DIGIT: ReadonlyMap<string, string> = new Map([
  ['0', 'harsh-braking'],
  ['3', 'harsh-braking'],
  ['1', 'harsh-acceleration'],
  ['4', 'harsh-acceleration'],
  ['2', 'harsh-cornering'],
]);

/** Asset trackers have none, and what stands in its place can look like one. */
function hasMileage({ tail }: QueclinkReport): boolean {
  return tail === 'vehicle' || tail === 'unknown';
}

/**
 * Compares the blocks found with the number that stands before the first one. More than announced is 'count-mismatch'
 * on a model we know. Fewer is a tracker that lost its fix meanwhile: blank blocks are not found, so the tail is not
 * where it seems to be.
 */
function areAllBlocksFound({ message, tail, blocks, findings }: QueclinkReport, firstAt: number): boolean {
  const text = message.fields[firstAt - 1] ?? '';
  if (text.length > 2 || !isDigits(text)) return true;
  const announced = Math.max(1, Number(text));
  if (blocks.length > announced && tail !== 'unknown')
    findings.refuse('count-mismatch', `${announced} position blocks announced, ${blocks.length} found`);
  return blocks.length === announced;
}

/** A field of the report's own; blank behind its end. */
function fieldIn({ fields, sendTimeAt }: QueclinkMessage, at: number): string {
  return at < sendTimeAt ? (fields[at] ?? '') : '';
}

const CAN_BIT = 4;

/** As `fixed`, with a mask before the voltage and blocks behind the tail; nothing of it is taken without a model match. */
function takeExtended(last: ReadingDraft, report: QueclinkReport): readonly OdometerReading[] {
  const { message, tail, blocks } = report;
  const maskText = message.fields[(blocks[0] ?? 0) - 4] ?? '';
  if (tail !== 'vehicle' || !isHex(maskText, 8)) return [];
  const fixed = takeFixed(last, report);
  if (fixed === null) return [];
  const mask = Number.parseInt(maskText, 16);
  const maskAt = fixed.statusAt === null ? null : canMaskAt(message, mask, fixed.statusAt);
  if (maskAt === null || !canBlockFits(message, maskAt)) return listOf(fixed.mileage);
  return listOf(fixed.mileage, takeCanBlock(report.findings, last, message, maskAt));
}

const FUEL_SENSOR_BIT = 1;
const ONE_WIRE_BIT = 2;
const FIELDS_PER_ONE_WIRE_SENSOR = 3;

/**
 * Where the mask of the CAN block stands. One field (the kind of the serial port) follows the status; a fuel sensor's
 * level and a list of one-wire sensors come before the CAN block, which begins with its state: one digit, or blank.
 */
function canMaskAt(message: QueclinkMessage, mask: number, statusAt: number): number | null {
  if ((mask & CAN_BIT) === 0) return null;
  let at = statusAt + 2;
  if ((mask & FUEL_SENSOR_BIT) !== 0) at += 1;
  if ((mask & ONE_WIRE_BIT) !== 0) {
    const sensors = fieldIn(message, at);
    if (sensors.length > 2 || !isDigits(sensors)) return null;
    at += 1 + Number(sensors) * FIELDS_PER_ONE_WIRE_SENSOR;
  }
  const state = fieldIn(message, at);
  return state === '' || (state.length === 1 && isDigits(state)) ? at + 1 : null;
}

/** Behind the block stand the hour meter, which has colons or is blank, and the mileage. */
function mileageBehindHourMeter(report: QueclinkReport): OdometerReading | undefined {
  const { message, blocks, findings } = report;
  const lastAt = blocks.at(-1);
  const tailAt = lastAt === undefined || !hasMileage(report) ? null : tailStart(message, lastAt);
  if (tailAt === null) return undefined;
  // Where the block's twelfth field was left out and the hour meter is blank, it was the blank that was passed over.
  const hourMeter = fieldIn(message, tailAt);
  return mileageIn(findings, hourMeter.includes('.') ? hourMeter : fieldIn(message, tailAt + 1));
}

function mileageBehindBlocks(report: QueclinkReport): OdometerReading | undefined {
  const { message, blocks, findings } = report;
  const lastAt = blocks.at(-1);
  const tailAt = lastAt === undefined || !hasMileage(report) ? null : tailStart(message, lastAt);
  return tailAt === null ? undefined : mileageIn(findings, fieldIn(message, tailAt));
}

/** The code stands before the block. */
function stateCode({ message, blocks }: QueclinkReport): string {
  return fieldIn(message, (blocks[0] ?? message.nameAt + 2) - 1);
}

const CAN_MASK_BEHIND_NAME = 3;

/** Report type and CAN state stand before the mask. A few models have a VIN before the device name. */
function takeCan(last: ReadingDraft, { message, findings }: QueclinkReport): OdometerReading | undefined {
  const first = message.nameAt + CAN_MASK_BEHIND_NAME;
  const maskAt = isHex(fieldIn(message, first), 8) ? first : first + 1;
  if (!isHex(fieldIn(message, maskAt), 8)) return undefined;
  if (canBlockFits(message, maskAt)) return takeCanBlock(findings, last, message, maskAt);
  findings.refuse('count-mismatch', `CAN mask ${fieldIn(message, maskAt)} names more fields than there are`);
  return undefined;
}

/** What the vehicle counted and what the tracker counted, each under its own name. */
function takeObd(last: ReadingDraft, report: QueclinkReport): readonly OdometerReading[] {
  const { message, blocks, findings } = report;
  const [blockAt] = blocks;
  if (blockAt === undefined) return [];
  return listOf(mileageBehindBlocks(report), takeObdBlock(findings, last, message, blockAt));
}
