import { z } from 'zod';
import { unreachable } from '../base/assert.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { trackerProviders } from '../protocol/book.ts';
import { decodeSafely, providerOfTopic } from '../tracker/decode-packet.ts';
import type { DecodedPacket } from '../tracker/decoded-packet.ts';
import { isVinInTopic } from '../tracker/device-id.ts';
import { type Refusal, refusalReasons } from '../tracker/refusal.ts';
import { decodeKamereonBody, decodeRenaultKamereon } from '../tracker/renault-kamereon.ts';
import { decodeTeltonikaMqttJson } from '../tracker/teltonika-mqtt-json.ts';
import { decodeTeslaFleetTelemetry } from '../tracker/tesla-fleet-telemetry.ts';
import { decodeTeslaRecordJson } from '../tracker/tesla-record-json.ts';
import { decodedOutput } from './decoded-output.ts';

/** Everything `milepost decode` may refuse for: the decoders' reasons, and what can be wrong with a line itself. */
const decodeRefusals = [
  ...refusalReasons,
  /** The line names a format there is no decoder for. */
  'unsupported-format',
  /** The line is not JSON, or not an object with the members it needs. */
  'bad-input-line',
  /** The payload is not written in the encoding the line names. */
  'bad-encoding',
] as const;

interface LineRefusal {
  readonly reason: (typeof decodeRefusals)[number];
  readonly detail: string;
}

const lineSchema = z.object({
  format: z.string().nullish(),
  topic: z.string().nullish(),
  payload_encoding: z.string(),
  payload: z.string(),
  context: z.object({ model: z.string().nullish(), resource: z.string().nullish() }).nullish(),
});
type Line = z.infer<typeof lineSchema>;

/** Answers every line with one line, in order. Nothing is kept from one to the next. */
export async function* decodeLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield decodeLine(line);
}

/** The answer to one input line; an unreadable one is refused like a bad packet. */
export function decodeLine(text: string): string {
  const decoded = decodeInput(text);
  if (decoded.ok) return JSON.stringify(decodedOutput(decoded.value));
  return JSON.stringify({ ok: false, refused: decoded.error.reason, detail: decoded.error.detail });
}

function decodeInput(text: string): Result<DecodedPacket, LineRefusal> {
  const line = readLine(text);
  if (!line.ok) return line;
  const format = formatOf(line.value);
  if (!format.ok) return format;
  const payload = payloadBytes(line.value);
  return payload.ok ? decodeSafely(() => decodeAs(format.value, line.value, payload.value)) : payload;
}

function readLine(text: string): Result<Line, LineRefusal> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return refuse('bad-input-line', 'the line is not JSON');
  }
  const line = lineSchema.safeParse(document);
  if (line.success) return ok(line.data);
  const [issue] = line.error.issues;
  const where =
    issue === undefined || issue.path.length === 0 ? 'the line is no packet' : issue.path.join('.');
  return refuse('bad-input-line', `${where}: ${issue?.message ?? 'unreadable'}`);
}

/** Tesla's telemetry server also writes whole records, to Kafka and to logs; they need no topic. */
const decodeFormats = [
  ...trackerProviders,
  'tesla-fleet-telemetry-record-json',
  'tesla-fleet-telemetry-logger-json',
] as const;
type DecodeFormat = (typeof decodeFormats)[number];

function formatOf(line: Line): Result<DecodeFormat, LineRefusal> {
  const ofTopic = typeof line.topic === 'string' ? providerOfTopic(line.topic) : null;
  const format = line.format ?? ofTopic;
  if (format === null) {
    return typeof line.topic === 'string'
      ? refuse('unknown-topic', `no tracker we know publishes on ${JSON.stringify(line.topic)}`)
      : refuse('bad-input-line', 'name a format, or a topic that says which it is');
  }
  // "teltonika" is also the binary family; over MQTT the topic shows that the payload is JSON.
  if (format === 'teltonika' && ofTopic === 'teltonika-mqtt-json') return ok(ofTopic);
  const known = decodeFormats.find((name) => name === format);
  if (known !== undefined) return ok(known);
  return refuse('unsupported-format', `no decoder for "${format}"; there are ${decodeFormats.join(', ')}`);
}

function payloadBytes({ payload, payload_encoding: encoding }: Line): Result<Uint8Array, LineRefusal> {
  switch (encoding) {
    case 'utf8':
      return payload.isWellFormed()
        ? ok(Buffer.from(payload, 'utf8'))
        : badEncoding('utf8: half a surrogate pair');
    case 'hex':
      return HEX.test(payload) ? ok(Buffer.from(payload, 'hex')) : badEncoding('hex: pairs of 0-9 and a-f');
    case 'base64':
      return BASE64.test(payload)
        ? ok(Buffer.from(payload, 'base64'))
        : badEncoding('base64: fours of A-Z a-z 0-9 + /');
    default:
      return refuse('bad-encoding', `"${encoding}" is no encoding; there are utf8, hex, base64`);
  }
}

const HEX = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

function badEncoding(problem: string): Result<never, LineRefusal> {
  return refuse('bad-encoding', `the payload is not ${problem}`);
}

function decodeAs(format: DecodeFormat, line: Line, payload: Uint8Array): Result<DecodedPacket, Refusal> {
  const { context } = line;
  const topic = line.topic ?? '';
  switch (format) {
    case 'tesla-fleet-telemetry':
      return decodeTeslaFleetTelemetry({ topic, payload });
    case 'tesla-fleet-telemetry-record-json':
    case 'tesla-fleet-telemetry-logger-json':
      return decodeTeslaRecordJson(payload);
    case 'teltonika-mqtt-json':
      return decodeTeltonikaMqttJson({ topic, payload }, context?.model ?? undefined);
    case 'renault-kamereon':
      return topic === ''
        ? decodeEndpoint(context?.resource ?? '', payload)
        : decodeRenaultKamereon({ topic, payload });
    default:
      return unreachable(format);
  }
}

/** `cockpit`, or the path that was polled: `kca/car-adapter/v2/cars/<VIN>/cockpit`, where `{vin}` may stand for the VIN. */
function decodeEndpoint(endpoint: string, payload: Uint8Array): Result<DecodedPacket, Refusal> {
  const levels = endpoint.split('/');
  const vin = levels[levels.lastIndexOf('cars') + 1];
  const isVinGiven = levels.includes('cars') && vin !== undefined && isVinInTopic(vin);
  return decodeKamereonBody(payload, levels.at(-1) ?? '', isVinGiven ? vin : null);
}

function refuse(reason: LineRefusal['reason'], detail: string): Result<never, LineRefusal> {
  return fail({ reason, detail });
}
