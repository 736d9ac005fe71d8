import { listItemTexts } from '../../base/json-number-text.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isDeviceName } from '../device-id.ts';
import { type FlespiMessage, takeFlespiMessage, timeOfMessage, timeOfSeconds } from './flespi-message.ts';
import { type JsonPayload, readJsonPayload } from '../json-payload.ts';
import type { Reading, ReadingDraft } from '../reading.ts';
import { isBeforeAnyTracker } from '../reading-time.ts';
import type { Refusal } from '../refusal.ts';
import { Findings, isFields, shown, type VendorFields } from '../vendor-fields.ts';

const PROVIDER = 'flespi';

/** What a topic says. The gateway's own number of a device is another name than the ident the device itself sends. */
type FlespiTopic =
  | { readonly payload: 'messages'; readonly ident: string | null }
  | { readonly payload: 'parameter'; readonly deviceNumber: string; readonly parameter: string }
  | { readonly payload: 'connected'; readonly deviceNumber: string };

/** The number of a device in the gateway: unique there, and no ident. */
const NUMBERED_DEVICES = 'gw/devices';

/** True for the gateway's topics of messages and of devices' latest state. */
export function isFlespiTopic(topic: string): boolean {
  return flespiTopic(topic) !== null;
}

function flespiTopic(topic: string): FlespiTopic | null {
  if (topic.startsWith(CHANNELS)) return channelTopic(topic);
  if (topic.startsWith(DEVICES)) {
    return topic.includes('/', DEVICES.length) ? null : { payload: 'messages', ident: null };
  }
  if (!topic.startsWith(STATES)) return null;
  const levels = topic.slice(STATES.length).split('/');
  const [deviceNumber = '', branch, parameter = ''] = levels;
  if (levels.length === 2 && branch === 'connected') return { payload: 'connected', deviceNumber };
  if (levels.length !== 3 || branch !== 'telemetry') return null;
  return { payload: 'parameter', deviceNumber, parameter };
}

const CHANNELS = 'flespi/message/gw/channels/';
const DEVICES = 'flespi/message/gw/devices/';
const STATES = 'flespi/state/gw/devices/';

/** `<channel id>/<ident>` is left of it; an ident holds no slash. */
function channelTopic(topic: string): FlespiTopic | null {
  const slashAt = topic.indexOf('/', CHANNELS.length);
  if (slashAt < 0 || topic.includes('/', slashAt + 1)) return null;
  return { payload: 'messages', ident: topic.slice(slashAt + 1) };
}

/**
 * Decodes a message of the gateway, a list of messages as its HTTP streams post them, or the latest value of one
 * parameter. Mileages of several origins in one message are readings of their own.
 */
export function decodeFlespi(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const topic =
    packet.topic === '' ? ({ payload: 'messages', ident: null } as const) : flespiTopic(packet.topic);
  if (topic === null) return refuse('unknown-topic', `${shown(packet.topic)} is no topic of the gateway`);
  const named = topic.payload === 'messages' ? topic.ident : topic.deviceNumber;
  if (named !== null && !isDeviceName(named))
    return refuse('bad-device-id', `${shown(named)} stands where the topic has the device, and names none`);
  const json = readJsonPayload(packet.payload);
  if (!json.ok) return json;
  switch (topic.payload) {
    case 'messages':
      return decodeMessages(topic.ident, json.value);
    case 'parameter':
      return decodeParameter(topic.deviceNumber, topic.parameter, json.value);
    case 'connected':
      return decodeConnected(topic.deviceNumber, json.value.document);
  }
}

function decodeMessages(
  asked: string | null,
  { document, text }: JsonPayload,
): Result<DecodedPacket, Refusal> {
  if (isFields(document)) return decodeList(asked, [document], [text]);
  if (Array.isArray(document)) return decodeList(asked, document, listItemTexts(text));
  return refuse(
    'unexpected-shape',
    `the payload is ${shown(document)}, neither a message nor a list of them`,
  );
}

/** Each message has its own time, and its own clock to be believed or not; they may be listed newest first. */
function decodeList(
  asked: string | null,
  messages: readonly unknown[],
  texts: readonly string[],
): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const readings: Reading[] = [];
  let device = asked;
  for (const [index, fields] of messages.entries()) {
    device = deviceOf(findings, device, fields);
    if (device === null || !isFields(fields)) break;
    readings.push(...messageReadings(findings, device, { fields, json: texts[index] ?? '', path: null }));
  }
  if (findings.refusal !== null) return fail(findings.refusal);
  readings.sort((a, b) => (a.observedAtMs ?? 0) - (b.observedAtMs ?? 0));
  return decoded('readings', device ?? '', readings);
}

/** The device's own name. A packet of several devices, or one filed under another device, would be billed to the wrong one. */
function deviceOf(findings: Findings, expected: string | null, message: unknown): string | null {
  if (!isFields(message)) {
    findings.refuse('unexpected-shape', `a message is ${shown(message)}, not an object`);
    return null;
  }
  const { ident } = message;
  if (typeof ident !== 'string' || !isDeviceName(ident) || ident.includes('/')) {
    findings.refuse('bad-device-id', `ident is ${shown(ident)}, and names no device`);
    return null;
  }
  if (expected === null || expected === ident) return ident;
  findings.refuse('bad-device-id', `a message is about ${shown(ident)}, the packet about ${shown(expected)}`);
  return null;
}

function messageReadings(findings: Findings, device: string, message: FlespiMessage): readonly Reading[] {
  const observedAtMs = timeOfMessage(findings, message.fields['timestamp']);
  return takeFlespiMessage(findings, startedReading(device, observedAtMs), message);
}

function startedReading(device: string, observedAtMs: number | null): ReadingDraft {
  const reading: ReadingDraft = { device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  return reading;
}

/**
 * The latest value of one parameter, as `{"value":…,"ts":…}` or bare. It is retained: it arrives again whenever somebody
 * subscribes, so only the time inside says when it was read.
 */
function decodeParameter(
  device: string,
  parameter: string,
  { document, text }: JsonPayload,
): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const isDated = isFields(document) && Object.hasOwn(document, 'value');
  const value = isDated ? document['value'] : document;
  const observedAtMs = isDated ? changeTime(findings, document) : null;
  const message = { fields: { [parameter]: value }, json: text, path: isDated ? ['value'] : [] };
  const reading = startedReading(device, observedAtMs);
  const keysBefore = Object.keys(reading).length;
  const readings = takeFlespiMessage(findings, reading, message);
  if (findings.refusal !== null) return fail(findings.refusal);
  const isTaken = Object.keys(reading).length > keysBefore;
  return decoded('readings', device, isTaken ? readings : [], NUMBERED_DEVICES);
}

function changeTime(findings: Findings, document: VendorFields): number | null {
  return timeOfSeconds(findings, document['ts'] ?? document['timestamp']);
}

function decodeConnected(device: string, document: unknown): Result<DecodedPacket, Refusal> {
  if (typeof document !== 'boolean')
    return refuse('unexpected-shape', `the connection is ${shown(document)}, neither true nor false`);
  return ok({
    provider: PROVIDER,
    kind: 'status',
    device,
    scope: NUMBERED_DEVICES,
    readings: [],
    isOnline: document,
  });
}

function decoded(
  kind: DecodedPacket['kind'],
  device: string,
  readings: readonly Reading[],
  scope?: string,
): Result<DecodedPacket, Refusal> {
  const named = { provider: PROVIDER, kind, device, readings } as const;
  return ok(scope === undefined ? named : { ...named, scope });
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}
