import type { QueclinkMessage } from './queclink-message.ts';
import { type QueclinkLayout, takeReport } from './queclink-layouts.ts';
import type { QueclinkTail } from './queclink-model.ts';
import { isBlankBlock, positionBlocks, positionReading, readingAtSendTime } from './queclink-position.ts';
import { isDigits } from './queclink-text.ts';
import type { Reading, ReadingDraft } from '../reading.ts';
import { withOdometers } from '../split-odometers.ts';
import type { Findings } from '../vendor-fields.ts';

/** What a report tells by its name, and how what it holds is laid out. */
interface ReportKind {
  readonly layout: QueclinkLayout;
  readonly event?: string;
  readonly isIgnitionOn?: boolean;
}

const FIXED: ReportKind = { layout: 'fixed' };
const IGNITION_ON: ReportKind = { layout: 'ignition', isIgnitionOn: true };
const IGNITION_OFF: ReportKind = { layout: 'ignition', isIgnitionOn: false };
const UNPLUGGED: ReportKind = { layout: 'position', event: 'unplugged' };
const JAMMING: ReportKind = { layout: 'position', event: 'jamming' };

const KIND_BY_REPORT: ReadonlyMap<string, ReportKind> = new Map<string, ReportKind>([
  ['GTFRI', FIXED],
  ['GTRTL', FIXED],
  ['GTDOG', FIXED],
  ['GTGEO', FIXED],
  ['GTSPD', FIXED],
  ['GTLBC', FIXED],
  ['GTDIS', FIXED],
  ['GTIGL', FIXED],
  ['GTHBM', FIXED],
  ['GTTOW', { layout: 'fixed', event: 'tow' }],
  ['GTSOS', { layout: 'fixed', event: 'sos' }],
  ['GTERI', { layout: 'extended' }],
  ['GTIGN', IGNITION_ON],
  ['GTIGF', IGNITION_OFF],
  ['GTVGN', IGNITION_ON],
  ['GTVGF', IGNITION_OFF],
  ['GTSTT', { layout: 'state' }],
  ['GTIDA', { layout: 'driver' }],
  ['GTCAN', { layout: 'can' }],
  ['GTOBD', { layout: 'obd' }],
  ['GTMPF', UNPLUGGED],
  ['GTEPF', UNPLUGGED],
  ['GTJDR', JAMMING],
  ['GTJDS', JAMMING],
  // Nobody has published a crash report together with what had happened: its name is all the evidence there is.
  ['GTCRA', { layout: 'position', event: 'crash-unverified' }],
]);
/** Every other report: its positions, and nothing else. */
const OTHER_REPORT: ReportKind = { layout: 'position' };

/**
 * The readings of a report: one a position block, oldest first. What it says beside its positions (mileage, status,
 * event) was true when it was made, so it belongs to the last block alone; without a block, to a reading at the send
 * time. Empty for a report that says nothing of the vehicle.
 */
export function reportReadings(
  findings: Findings,
  message: QueclinkMessage,
  tail: QueclinkTail,
): readonly Reading[] {
  const kind = KIND_BY_REPORT.get(message.report) ?? OTHER_REPORT;
  const found = positionBlocks(message);
  const readings = found.map((at) => positionReading(findings, message, at));
  const last = readings.at(-1) ?? readingAtSendTime(message);
  const sizeBefore = Object.keys(last).length;
  const blocks = found.length > 0 ? found : takeBlankBlock(last, message, kind.layout);
  const odometers = takeReport(last, kind.layout, { message, tail, blocks, findings });
  if (kind.isIgnitionOn !== undefined) last.isIgnitionOn = kind.isIgnitionOn;
  if (kind.event !== undefined) last.event = kind.event;
  if (found.length === 0 && odometers.length === 0 && Object.keys(last).length === sizeBefore) return [];
  return oldestFirst([...readings.slice(0, -1), ...withOdometers(last, odometers)]);
}

/** A block of blanks is looked for only where one is due: behind the number of blocks, or the seconds of a state. */
function takeBlankBlock(
  last: ReadingDraft,
  message: QueclinkMessage,
  layout: QueclinkLayout,
): readonly number[] {
  if (layout !== 'fixed' && layout !== 'extended' && layout !== 'ignition') return [];
  for (let at = message.nameAt + 2; at <= message.nameAt + LATEST_BLOCK_BEHIND_NAME; at += 1) {
    const before = message.fields[at - 1] ?? '';
    const isDue = layout === 'ignition' ? isDigits(before) : before === '1';
    if (!isDue || !isBlankBlock(message, at)) continue;
    last.hasGnssFix = false;
    return [at];
  }
  return [];
}

/** A second name, mask, voltage, id and type, number of blocks. */
const LATEST_BLOCK_BEHIND_NAME = 6;

/** By time; at the same time, in the order of the report. A clock that one reading shows as dead is dead for all of them. */
function oldestFirst(readings: readonly Reading[]): readonly Reading[] {
  if (readings.length === 1) return readings;
  const isSuspect = readings.some(({ isClockSuspect }) => isClockSuspect === true);
  const marked = isSuspect ? readings.map((reading) => ({ ...reading, isClockSuspect: true })) : readings;
  return marked.toSorted((a, b) => (a.observedAtMs ?? 0) - (b.observedAtMs ?? 0));
}
