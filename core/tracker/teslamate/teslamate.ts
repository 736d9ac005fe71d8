import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isDeviceName } from '../device-id.ts';
import { readTextPayload } from '../json-payload.ts';
import type { ReadingDraft } from '../reading.ts';
import type { Refusal } from '../refusal.ts';
import { TAKE_BY_KEY } from './teslamate-values.ts';
import { isLevel, levelAfter, levelBefore } from '../topic-levels.ts';
import { Findings, isNoValue, shown } from '../vendor-fields.ts';

/** `teslamate/cars/<car id>/<key>`, or `teslamate/<namespace>/cars/<car id>/<key>`. */
interface TeslaMateTopic {
  readonly namespace: string | null;
  readonly carId: string;
  readonly key: string;
}

/** True for a topic laid out as TeslaMate's, whatever its car id and key are worth. */
export function isTeslaMateTopic(topic: string): boolean {
  return carsStart(topic) >= 0;
}

/**
 * Decodes one publish of TeslaMate: one value of one car as plain text, converted to kilometres from the miles of the
 * car. No value has a time, so a reading has none (rule M2b). The car's number is only unique in one installation, and
 * the VIN is nowhere.
 */
export function decodeTeslaMate(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const topic = teslaMateTopic(packet.topic);
  if (topic === null)
    return refuse('unknown-topic', `${shown(packet.topic)} is not teslamate/cars/<car id>/<key>`);
  const { namespace, carId, key } = topic;
  if (!CAR_ID.test(carId)) return refuse('bad-device-id', `${shown(carId)} is no car's number`);
  if (namespace !== null && !isDeviceName(namespace)) {
    return refuse('bad-device-id', `${shown(namespace)} is no namespace`);
  }
  if (key === '') return refuse('unknown-resource', 'the topic ends where the key should stand');
  const text = readTextPayload(packet.payload);
  if (!text.ok) return text;
  return decodeValue(
    namespace === null ? { device: carId } : { device: carId, scope: namespace },
    key,
    text.value.trim(),
  );
}

function teslaMateTopic(topic: string): TeslaMateTopic | null {
  const carsAt = carsStart(topic);
  if (carsAt < 0) return null;
  const carIdAt = carsAt + 'cars/'.length;
  const keyAt = levelAfter(topic, carIdAt);
  return {
    namespace: carsAt === PREFIX.length ? null : topic.slice(PREFIX.length, carsAt - 1),
    carId: topic.slice(carIdAt, keyAt - 1),
    key: topic.slice(keyAt),
  };
}

const PREFIX = 'teslamate/';

/** Where the level `cars` stands, the last but two, after at most one namespace; -1 when the topic is laid out otherwise. */
function carsStart(topic: string): number {
  if (!topic.startsWith(PREFIX)) return -1;
  const carIdAt = levelBefore(topic, topic.lastIndexOf('/') + 1);
  const carsAt = levelBefore(topic, carIdAt);
  if (carsAt < PREFIX.length || !isLevel(topic, carsAt, carIdAt, 'cars')) return -1;
  return carsAt === PREFIX.length || levelBefore(topic, carsAt) === PREFIX.length ? carsAt : -1;
}

/** A number of the installation's database. */
const CAR_ID = /^\d{1,9}$/;

type Named = Pick<DecodedPacket, 'device' | 'scope'>;

function decodeValue(named: Named, key: string, text: string): Result<DecodedPacket, Refusal> {
  if (key === 'state') return decoded(named, 'status', [], ONLINE_BY_STATE.get(text));
  const take = TAKE_BY_KEY.get(key);
  if (take === undefined) return decoded(named, 'status', []);
  if (isNoValue(text) || text === NIL) return decoded(named, 'readings', []);
  const findings = new Findings();
  const reading: ReadingDraft = { device: named.device, observedAtMs: null };
  const isTaken = take(findings, reading, text);
  if (findings.refusal !== null) return fail(findings.refusal);
  return decoded(named, 'readings', isTaken ? [reading] : []);
}

/** How the program's language writes "nothing"; some keys have it where others are empty. */
const NIL = 'nil';

/**
 * Whether the car can be reached. A sleeping one is neither: it is well and says nothing. "suspended" and "start" tell
 * about the program that asks and not about the car; neither does a state that is new to us.
 */
const ONLINE_BY_STATE: ReadonlyMap<string, boolean> = new Map([
  ['online', true],
  ['driving', true],
  ['charging', true],
  ['updating', true],
  ['offline', false],
]);

function decoded(
  named: Named,
  kind: DecodedPacket['kind'],
  readings: DecodedPacket['readings'],
  isOnline?: boolean,
): Result<DecodedPacket, Refusal> {
  const packet: DecodedPacket = { provider: 'teslamate', kind, ...named, readings };
  return ok(isOnline === undefined ? packet : { ...packet, isOnline });
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}
