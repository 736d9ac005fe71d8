import type { QueclinkMessage } from './queclink-message.ts';
import { hexValue, isCoordinate, isDigits, isTimeText, numberIn, timeFromDigits } from './queclink-text.ts';
import type { ReadingDraft } from '../reading.ts';
import { isBeforeAnyTracker } from '../reading-time.ts';
import {
  type Findings,
  HEADING_DEGREES,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  type NumberRange,
  SPEED_KMH,
} from '../vendor-fields.ts';

/*
 * A position block, from its first field: accuracy, speed, azimuth, altitude, longitude, latitude, GNSS time, MCC, MNC,
 * LAC, cell id, and a twelfth field that is reserved or a mask of fields behind it.
 */
const LONGITUDE = 4;
const LATITUDE = 5;
const GNSS_TIME = 6;
const MASK = 11;

/**
 * Where each position block of a message begins, in the order of the message. Reports put different things before
 * them, so they are found by what no other field looks like: two numbers of exactly six decimals, then a time.
 */
export function positionBlocks({ fields, nameAt, sendTimeAt }: QueclinkMessage): readonly number[] {
  const blocks: number[] = [];
  for (let at = nameAt + 1; at + GNSS_TIME < sendTimeAt; at += 1) {
    if (!isCoordinate(fields[at + LONGITUDE] ?? '') || !isCoordinate(fields[at + LATITUDE] ?? '')) continue;
    if (isTimeText(fields[at + GNSS_TIME] ?? '')) blocks.push(at);
  }
  return blocks;
}

/** True when a block of blanks begins here: a tracker that had no fix since it was switched on. */
export function isBlankBlock({ fields, sendTimeAt }: QueclinkMessage, at: number): boolean {
  if (at + MASK > sendTimeAt) return false;
  if (fields[at] !== '' && fields[at] !== '0') return false;
  for (let i = at + 1; i <= at + GNSS_TIME; i += 1) if (fields[i] !== '') return false;
  return true;
}

/** What a reading of this message begins with. */
function startReading(message: QueclinkMessage, observedAtMs: number, isClockSuspect: boolean): ReadingDraft {
  const reading: ReadingDraft = { device: message.device, observedAtMs };
  if (isClockSuspect) reading.isClockSuspect = true;
  if (message.frame === 'BUFF') reading.isBuffered = true;
  return reading;
}

/** A reading with nothing in it yet, at the send time. */
export function readingAtSendTime(message: QueclinkMessage): ReadingDraft {
  return startReading(message, message.sendTimeMs, isBeforeAnyTracker(message.sendTimeMs));
}

const HDOP: NumberRange = { name: 'accuracy (HDOP)', min: 0, max: 100 };
const ALTITUDE_METRES: NumberRange = { name: 'altitude', min: -12_000, max: 100_000 };

/** The reading of one position block. Accuracy 0 or blank is no fix: then the coordinates are only the last known. */
export function positionReading(findings: Findings, message: QueclinkMessage, at: number): ReadingDraft {
  const field = (offset: number): string => message.fields[at + offset] ?? '';
  const hdop = numberIn(findings, field(0), HDOP) ?? 0;
  const longitude = numberIn(findings, field(LONGITUDE), LONGITUDE_DEGREES) ?? 0;
  const latitude = numberIn(findings, field(LATITUDE), LATITUDE_DEGREES) ?? 0;
  const hasFix = hdop > 0 && (longitude !== 0 || latitude !== 0);
  const gnssTimeMs = gnssTime(findings, field(GNSS_TIME));
  const reading = hasFix ? readingOfFix(message, gnssTimeMs) : readingWithoutFix(message, gnssTimeMs);
  reading.hasGnssFix = hasFix;
  if (hdop > 0) reading.hdop = hdop;
  if (hasFix) {
    reading.latitudeDegrees = latitude;
    reading.longitudeDegrees = longitude;
  }
  takeMotion(findings, reading, field);
  takeSatellites(reading, message, at);
  return reading;
}

function gnssTime(findings: Findings, text: string): number {
  const timeMs = timeFromDigits(text);
  if (timeMs === null) findings.refuse('value-out-of-range', `GNSS time ${text} is no date and time`);
  return timeMs ?? 0;
}

/** With a fix, the time of the fix; the send time where the receiver did not know the date. */
function readingOfFix(message: QueclinkMessage, gnssTimeMs: number): ReadingDraft {
  const isGnssTimeSet = !isBeforeAnyTracker(gnssTimeMs);
  if (!isGnssTimeSet && !isBeforeAnyTracker(message.sendTimeMs)) return readingAtSendTime(message);
  return startReading(message, gnssTimeMs, !isGnssTimeSet);
}

/** Clocks are set to local time by mistake, but no time zone is further from UTC than this. */
const CLOCK_OFFSET_MAX_MS = 24 * 3_600_000;

/** Without one, the send time. Its clock was never set if it is before 2010, or long before the last fix there was. */
function readingWithoutFix(message: QueclinkMessage, lastFixAtMs: number): ReadingDraft {
  const { sendTimeMs } = message;
  const isBeforeLastFix = lastFixAtMs - sendTimeMs > CLOCK_OFFSET_MAX_MS;
  return startReading(message, sendTimeMs, isBeforeLastFix || isBeforeAnyTracker(sendTimeMs));
}

function takeMotion(findings: Findings, reading: ReadingDraft, field: (offset: number) => string): void {
  const speed = numberIn(findings, field(1), SPEED_KMH);
  if (speed !== undefined) reading.speedKmh = speed;
  const heading = numberIn(findings, field(2), HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  const altitude = numberIn(findings, field(3), ALTITUDE_METRES);
  if (altitude !== undefined) reading.altitudeMetres = altitude;
}

const HAS_SATELLITES = 1;
const HAS_TRIGGER = 2;

function takeSatellites(reading: ReadingDraft, { fields, sendTimeAt }: QueclinkMessage, at: number): void {
  const mask = appendMask(fields[at + MASK] ?? '');
  const satellites = fields[at + MASK + 1] ?? '';
  if (mask === null || (mask & HAS_SATELLITES) === 0 || at + MASK + 1 >= sendTimeAt) return;
  if (satellites.length <= 2 && isDigits(satellites)) reading.satellites = Number(satellites);
}

/** One or two hexadecimal digits of which the two lowest bits are known; null for others, which may stand for any fields. */
function appendMask(text: string): number | null {
  const mask = hexValue(text, 2);
  return mask === null || mask > HAS_SATELLITES + HAS_TRIGGER ? null : mask;
}

const HAS_POINT_OR_COLON = /[.:]/;

/**
 * Where what follows a report's last position block begins: behind the twelfth field and what its mask adds. Some
 * firmware leaves that field out, so a mileage or an hour meter in its place is the tail already. Null when the mask
 * has a bit we do not know: then nothing behind it can be placed.
 */
export function tailStart({ fields, sendTimeAt }: QueclinkMessage, blockAt: number): number | null {
  const maskAt = blockAt + MASK;
  if (maskAt >= sendTimeAt) return sendTimeAt;
  const text = fields[maskAt] ?? '';
  if (text === '') return maskAt + 1;
  if (HAS_POINT_OR_COLON.test(text)) return maskAt;
  const mask = appendMask(text);
  if (mask === null) return null;
  return maskAt + 1 + ((mask & HAS_SATELLITES) === 0 ? 0 : 1) + ((mask & HAS_TRIGGER) === 0 ? 0 : 1);
}
