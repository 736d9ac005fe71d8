import type { Result } from '../../core/base/result.ts';
import type { TrackerProvider } from '../../core/protocol/book.ts';
import { transportOfTopic } from '../../core/protocol/raw-topic.ts';
import type { DecodedPacket, TrackerPacket } from '../../core/tracker/decoded-packet.ts';
import type { Reading } from '../../core/tracker/reading.ts';
import { type Refusal, refusalReasons } from '../../core/tracker/refusal.ts';
import { crc16 } from './teltonika-repair.ts';

/** What is wrong with the outcome of a packet, in words; null when it is one that may be. */
export function unsoundness(packet: TrackerPacket, outcome: Result<DecodedPacket, Refusal>): string | null {
  if (!outcome.ok) return refusalProblem(outcome.error);
  const { device, readings, kind, provider } = outcome.value;
  if (packet.topic !== '' && device === '' && readings.length > 0) return 'decoded without a device';
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const reading of readings) {
    const problem = readingProblem(reading, provider);
    if (problem !== null) return problem;
    if (reading.observedAtMs !== null && reading.observedAtMs < lastMs) return 'readings not oldest first';
    lastMs = reading.observedAtMs ?? lastMs;
  }
  const isFrame = provider === 'teltonika' && kind === 'readings' && isTcp(packet);
  return isFrame && !isWholeTeltonikaFrame(packet.payload) ? 'a frame that is not whole was decoded' : null;
}

function refusalProblem({ reason, detail }: Refusal): string | null {
  if (reason === 'decoder-fault') return `the decoder threw: ${detail}`;
  if (!refusalReasons.includes(reason)) return `"${reason}" is on no list`;
  return detail === '' ? 'refused without a word' : null;
}

function readingProblem(reading: Reading, provider: TrackerProvider): string | null {
  const { observedAtMs, latitudeDegrees, longitudeDegrees, odometer } = reading;
  if (observedAtMs !== null && !isInstant(observedAtMs)) return `the time ${observedAtMs} is none`;
  if (observedAtMs !== null && observedAtMs < Date.UTC(2010, 0, 1) && reading.isClockSuspect !== true)
    return 'a dead clock is believed';
  const isHalf = (latitudeDegrees === undefined) !== (longitudeDegrees === undefined);
  // OVMS publishes each of the two on a topic of its own; the fold joins them.
  if (isHalf && provider !== 'ovms') return 'half a position';
  if (reading.hasGnssFix === false && latitudeDegrees !== undefined) return 'a position without a fix';
  if (latitudeDegrees === 0 && longitudeDegrees === 0) return 'the position 0/0';
  const isOdometerSound =
    odometer === undefined || (Number.isSafeInteger(odometer.micrometres) && odometer.micrometres >= 0);
  if (!isOdometerSound) return `an odometer of ${odometer.micrometres} micrometres`;
  for (const [name, min, max] of RANGES) {
    const value = reading[name];
    if (value !== undefined && !(value >= min && value <= max)) return `${name} is ${value}`;
  }
  return null;
}

/** Year 0 to 9999: what ISO 8601 writes with four digits. */
function isInstant(ms: number): boolean {
  return Number.isInteger(ms) && ms >= -62_167_219_200_000 && ms < Date.UTC(10_000, 0, 1);
}

const RANGES = [
  ['latitudeDegrees', -90, 90],
  ['longitudeDegrees', -180, 180],
  ['headingDegrees', 0, 360],
  ['speedKmh', 0, 500],
  ['batteryPercent', 0, 100],
  ['trackerBatteryPercent', 0, 100],
  ['rangeMetres', 0, 5_000_000],
  ['satellites', 0, 255],
  ['hdop', 0, 100_000],
  ['tripOdometerMetres', 0, Number.MAX_SAFE_INTEGER],
  ['externalVolts', 0, 1_000],
] as const satisfies readonly (readonly [keyof Reading, number, number])[];

function isTcp({ topic, context }: TrackerPacket): boolean {
  return topic === '' ? context?.transport === 'tcp' : transportOfTopic(topic) === 'tcp';
}

/** Length, both counts and the checksum, by code that shares nothing with the decoder. */
function isWholeTeltonikaFrame(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 15 || view.getUint32(0) !== 0) return false;
  const length = view.getUint32(4);
  if (length + 12 !== bytes.length || bytes[9] !== bytes[7 + length]) return false;
  return view.getUint32(8 + length) === crc16(bytes.subarray(8, 8 + length));
}
