import { fail, ok, type Result } from '../../base/result.ts';
import { firstInvalidUtf8, readUtf8 } from '../../base/utf8.ts';
import { isRawTopic, rawDeviceOf } from '../../protocol/raw-topic.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { queclinkFraming } from './queclink-framing.ts';
import { type QueclinkMessage, readQueclinkMessage } from './queclink-message.ts';
import { queclinkTail } from './queclink-model.ts';
import { reportReadings } from './queclink-report.ts';
import type { Refusal } from '../refusal.ts';
import { Findings, shown } from '../vendor-fields.ts';

const PROVIDER = 'queclink';

/** True for a topic of this feed's trackers, whatever its device is worth. */
export function isQueclinkTopic(topic: string): boolean {
  return isRawTopic(topic, PROVIDER);
}

/**
 * Decodes Queclink @Track ASCII messages: one, or those of a datagram, all of one device, which must be the topic's
 * when there is a topic. A report becomes readings, or 'status' when it says nothing of the vehicle; both wait for an
 * acknowledgement by count. A heartbeat is a 'ping' with an answer of its own; the answer to a command is a 'command'.
 *
 * A message without `$` is taken as the last of a datagram when it is whole up to its count, else it was cut: refused.
 */
export function decodeQueclink(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const topicDevice = packet.topic === '' ? '' : rawDeviceOf(packet.topic, PROVIDER);
  if (topicDevice === null)
    return refuse(
      'unknown-topic',
      `${shown(packet.topic)} is not $tcp/queclink/<IMEI> or $udp/queclink/<IMEI>`,
    );
  const messages = messagesIn(packet.payload);
  if (!messages.ok) return messages;
  const [first] = messages.value;
  if (first === undefined) return refuse('not-this-protocol', 'there is no message in the payload');
  const device = topicDevice === '' ? first.device : topicDevice;
  const other = messages.value.find((message) => message.device !== device);
  if (other !== undefined)
    return refuse('bad-device-id', `a message of ${shown(other.device)} in a packet of ${shown(device)}`);
  return decodeMessages(device, messages.value, packet.context?.model);
}

function refuse(reason: Refusal['reason'], detail: string): Result<never, Refusal> {
  return fail({ reason, detail });
}

function messagesIn(payload: Uint8Array): Result<readonly QueclinkMessage[], Refusal> {
  const messages: QueclinkMessage[] = [];
  let at = 0;
  while (at < payload.length) {
    const step = queclinkFraming(payload, at);
    if (step.step === 'broken') return fail(step.refusal);
    const end = step.step === 'more' ? payload.length : step.end;
    if (step.step !== 'skip') {
      const message = messageIn(payload.subarray(at, end));
      if (!message.ok) return message;
      messages.push(message.value);
    }
    at = end;
  }
  return ok(messages);
}

function messageIn(bytes: Uint8Array): Result<QueclinkMessage, Refusal> {
  const text = readUtf8(bytes);
  return text === null
    ? refuse('not-this-protocol', `the message is not text: see its byte ${firstInvalidUtf8(bytes)}`)
    : readQueclinkMessage(text);
}

function decodeMessages(
  device: string,
  messages: readonly QueclinkMessage[],
  modelName: string | undefined,
): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const packets = messages.map((message) => decodeMessage(findings, message, modelName));
  const [first] = packets;
  const packet = first !== undefined && packets.length === 1 ? first : joined(device, packets);
  if (findings.refusal === null) return ok(packet);
  return fail(packet.reply === undefined ? findings.refusal : { ...findings.refusal, reply: packet.reply });
}

function decodeMessage(
  findings: Findings,
  message: QueclinkMessage,
  modelName: string | undefined,
): DecodedPacket {
  const { device, frame, report, protocol, count } = message;
  if (frame === 'ACK') {
    if (report !== 'GTHBD') return { provider: PROVIDER, kind: 'command', device, readings: [] };
    const reply = asciiBytes(`+SACK:GTHBD,${protocol},${count}$`);
    return { provider: PROVIDER, kind: 'ping', device, readings: [], reply };
  }
  const readings = reportReadings(findings, message, queclinkTail(protocol, modelName));
  const kind = readings.length === 0 ? 'status' : 'readings';
  return { provider: PROVIDER, kind, device, readings, reply: asciiBytes(`+SACK:${count}$`) };
}

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The messages of one datagram as one packet: all of their readings, the oldest first, and an answer to each. */
function joined(device: string, packets: readonly DecodedPacket[]): DecodedPacket {
  const readings = packets
    .flatMap((packet) => packet.readings)
    .toSorted((a, b) => (a.observedAtMs ?? 0) - (b.observedAtMs ?? 0));
  const kind = readings.length > 0 ? 'readings' : (packets[0]?.kind ?? 'status');
  const reply = Uint8Array.from(packets.flatMap((packet) => [...(packet.reply ?? [])]));
  return { provider: PROVIDER, kind, device, readings, ...(reply.length > 0 ? { reply } : {}) };
}
