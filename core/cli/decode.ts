import { z } from 'zod';
import { fail, ok, type Result } from '../base/result.ts';
import { decoderOf, decodeSafely, providerOfTopic } from '../tracker/decode-packet.ts';
import type { DecodedPacket, Decoder, PacketContext } from '../tracker/decoded-packet.ts';
import { refusalReasons } from '../tracker/refusal.ts';
import { outcomeOutput } from '../tracker/decoded-output.ts';

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
  transport: z.enum(['tcp', 'udp', 'mqtt']).nullish(),
  context: z
    .object({
      model: z.string().nullish(),
      resource: z.string().nullish(),
      headers: z.record(z.string(), z.string()).nullish(),
      known_unit: z.enum(['mi', 'km', 'hm', 'm']).nullish(),
    })
    .nullish(),
});
type Line = z.infer<typeof lineSchema>;

/** Answers every line with one line, in order. Nothing is kept from one to the next. */
export async function* decodeLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield decodeLine(line);
}

/** The answer to one input line; an unreadable one is refused like a bad packet. */
export function decodeLine(text: string): string {
  return JSON.stringify(outcomeOutput(decodeInput(text)));
}

function decodeInput(text: string): Result<DecodedPacket, LineRefusal> {
  const line = readLine(text);
  if (!line.ok) return line;
  const decode = decoderFor(line.value);
  if (!decode.ok) return decode;
  const payload = payloadBytes(line.value);
  if (!payload.ok) return payload;
  const packet = { topic: line.value.topic ?? '', payload: payload.value, context: contextOf(line.value) };
  return decodeSafely(() => decode.value(packet));
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

function decoderFor(line: Line): Result<Decoder, LineRefusal> {
  const ofTopic = typeof line.topic === 'string' ? providerOfTopic(line.topic) : null;
  const format = line.format ?? ofTopic;
  if (format === null) {
    return typeof line.topic === 'string'
      ? refuse('unknown-topic', `no tracker we know publishes on ${JSON.stringify(line.topic)}`)
      : refuse('bad-input-line', 'name a format, or a topic that says which it is');
  }
  // "teltonika" is also the binary family; over MQTT the topic shows that the payload is JSON.
  const isJson = format === 'teltonika' && ofTopic === 'teltonika-mqtt-json';
  const decoder = decoderOf(isJson ? ofTopic : format);
  if (decoder !== null) return ok(decoder);
  return refuse('unsupported-format', `no decoder for ${JSON.stringify(format)}; --help lists the formats`);
}

function contextOf({ context, transport }: Line): PacketContext {
  const headers = Object.entries(context?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...(typeof transport === 'string' ? { transport } : {}),
    ...(typeof context?.model === 'string' ? { model: context.model } : {}),
    ...(typeof context?.resource === 'string' ? { resource: context.resource } : {}),
    ...(typeof context?.known_unit === 'string' ? { knownUnit: context.known_unit } : {}),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers) as Record<string, string> } : {}),
  };
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

function refuse(reason: LineRefusal['reason'], detail: string): Result<never, LineRefusal> {
  return fail({ reason, detail });
}
