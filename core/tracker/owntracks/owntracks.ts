import { listItemTexts } from '../../base/json-number-text.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isDeviceName } from '../device-id.ts';
import { type JsonPayload, readJsonPayload } from '../json-payload.ts';
import { readOwnTracksLocation, readOwnTracksTransition } from './owntracks-location.ts';
import type { Reading } from '../reading.ts';
import type { Refusal } from '../refusal.ts';
import { Findings, isFields, shown, type VendorFields } from '../vendor-fields.ts';

/** True for `owntracks/<user>/<device>` and what lies below it; another root needs a mapping of its own. */
export function isOwnTracksTopic(topic: string): boolean {
  return topic.startsWith('owntracks/') && topic.indexOf('/', 'owntracks/'.length) >= 0;
}

/**
 * Decodes a message of a phone, or of a tracker that a bridge speaks for, or a list of them. `_type` decides what it
 * is, never the topic's end. Only the bridge sends an odometer: the tracker's own. A message tried by hand without a
 * topic is asked for the one inside it, as devices that post over HTTP write it.
 */
export function decodeOwnTracks(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const json = readJsonPayload(packet.payload);
  if (!json.ok) return json;
  const messages = messagesIn(json.value);
  const topic = packet.topic === '' ? topicInside(messages) : packet.topic;
  if (!isOwnTracksTopic(topic)) {
    return refuse('unknown-topic', `${shown(topic)} is not owntracks/<user>/<device>`);
  }
  const [, scope = '', device = ''] = topic.split('/');
  if (!isDeviceName(scope) || !isDeviceName(device)) {
    return refuse('bad-device-id', `${shown(`${scope}/${device}`)} names no device`);
  }
  return decodeMessages({ device, scope }, messages);
}

/** A message as parsed, and its own source text. */
interface Message {
  readonly document: unknown;
  readonly text: string;
}

function messagesIn({ document, text }: JsonPayload): readonly Message[] {
  if (!Array.isArray(document)) return [{ document, text }];
  const texts = listItemTexts(text);
  return document.map((item: unknown, index) => ({ document: item, text: texts[index] ?? '' }));
}

function topicInside(messages: readonly Message[]): string {
  const [first] = messages;
  const topic = first !== undefined && isFields(first.document) ? first.document['topic'] : undefined;
  return typeof topic === 'string' ? topic : '';
}

type Named = Required<Pick<DecodedPacket, 'device' | 'scope'>>;

/** What the messages of a packet come to. */
interface Gathered {
  readonly named: Named;
  readonly findings: Findings;
  readonly readings: Reading[];
  isCommand: boolean;
  isLost: boolean;
}

function decodeMessages(named: Named, messages: readonly Message[]): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const gathered: Gathered = { named, findings, readings: [], isCommand: false, isLost: false };
  for (const { document, text } of messages) {
    const type = isFields(document) ? document['_type'] : undefined;
    if (isFields(document) && typeof type === 'string') takeMessage(gathered, type, document, text);
    else findings.refuse('unexpected-shape', `a message without a "_type": ${shown(document)}`);
  }
  if (findings.refusal !== null) return fail(findings.refusal);
  const { device, scope } = named;
  const kind = kindOf(gathered);
  const readings = inOrder(gathered.readings);
  return ok(
    gathered.isLost
      ? { provider: 'owntracks', kind, device, scope, readings, isOnline: false }
      : { provider: 'owntracks', kind, device, scope, readings },
  );
}

function takeMessage(gathered: Gathered, type: string, fields: VendorFields, text: string): void {
  const { findings, readings, named } = gathered;
  switch (type) {
    case 'location':
      readings.push(readOwnTracksLocation(findings, named.device, fields, text));
      return;
    case 'transition':
      readings.push(...readOwnTracksTransition(findings, named.device, fields));
      return;
    case 'lwt':
      // Its time is when the client had connected, not when it was lost: that is the moment of receipt.
      gathered.isLost = true;
      return;
    case 'encrypted':
      findings.refuse('encrypted', 'only who has the key can read this message');
      return;
    case 'cmd':
      gathered.isCommand = true;
      return;
    default:
    // Waypoints, settings, steps, beacons, and whatever comes next year: nothing a reading holds.
  }
}

function kindOf({ readings, isCommand }: Gathered): DecodedPacket['kind'] {
  if (readings.length > 0) return 'readings';
  return isCommand ? 'command' : 'status';
}

/** Queued messages come in any order; oldest first is how everybody behind expects them. */
function inOrder(readings: readonly Reading[]): readonly Reading[] {
  if (readings.length < 2) return readings;
  return readings.toSorted((a, b) => (a.observedAtMs ?? 0) - (b.observedAtMs ?? 0));
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}
