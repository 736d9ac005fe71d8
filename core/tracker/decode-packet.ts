import { fail, type Result } from '../base/result.ts';
import type { TrackerProvider } from '../protocol/book.ts';
import { decodeBmwCarData, isBmwTopic } from './bmw-cardata/bmw-cardata.ts';
import type { DecodedPacket, Decoder, TrackerPacket } from './decoded-packet.ts';
import { decodeFlespi, isFlespiTopic } from './flespi/flespi.ts';
import { decodeOvms, isOvmsTopic } from './ovms/ovms.ts';
import { decodeOwnTracks, isOwnTracksTopic } from './owntracks/owntracks.ts';
import { decodeQueclink, isQueclinkTopic } from './queclink/queclink.ts';
import type { Refusal } from './refusal.ts';
import { decodeRenaultKamereon, isKamereonTopic } from './renault-kamereon/renault-kamereon.ts';
import { decodeSmartcar, isSmartcarTopic } from './smartcar/smartcar.ts';
import { decodeTeltonika, isTeltonikaRawTopic } from './teltonika/teltonika-binary.ts';
import { decodeTeltonikaMqttJson, isTeltonikaTopic } from './teltonika/teltonika-mqtt-json.ts';
import { decodeTeslaFleetTelemetry, isTeslaTopic } from './tesla/tesla-fleet-telemetry.ts';
import { decodeTeslaProtobuf } from './tesla/tesla-protobuf.ts';
import { decodeTeslaRecordJson } from './tesla/tesla-record-json.ts';
import { decodeTeslaMate, isTeslaMateTopic } from './teslamate/teslamate.ts';
import { decodeTraccar, isTraccarTopic } from './traccar/traccar.ts';
import { shown } from './vendor-fields.ts';

/** One feed's packets: on which topics they come, and how to read them. */
export interface Dialect {
  readonly provider: TrackerProvider;
  readonly isTopic: (topic: string) => boolean;
  readonly decode: Decoder;
}

/** One line a vendor. */
const dialects: readonly Dialect[] = [
  { provider: 'teltonika-mqtt-json', isTopic: isTeltonikaTopic, decode: decodeTeltonikaMqttJson },
  { provider: 'teltonika', isTopic: isTeltonikaRawTopic, decode: decodeTeltonika },
  { provider: 'queclink', isTopic: isQueclinkTopic, decode: decodeQueclink },
  { provider: 'renault-kamereon', isTopic: isKamereonTopic, decode: decodeRenaultKamereon },
  { provider: 'ovms', isTopic: isOvmsTopic, decode: decodeOvms },
  { provider: 'teslamate', isTopic: isTeslaMateTopic, decode: decodeTeslaMate },
  { provider: 'owntracks', isTopic: isOwnTracksTopic, decode: decodeOwnTracks },
  { provider: 'smartcar', isTopic: isSmartcarTopic, decode: decodeSmartcar },
  { provider: 'flespi', isTopic: isFlespiTopic, decode: decodeFlespi },
  { provider: 'bmw-cardata', isTopic: isBmwTopic, decode: decodeBmwCarData },
  { provider: 'traccar', isTopic: isTraccarTopic, decode: decodeTraccar },
];

/** Asked last: its base may be anything, so it would take a topic of another that ends like its own. */
const tesla: Dialect = {
  provider: 'tesla-fleet-telemetry',
  isTopic: isTeslaTopic,
  decode: decodeTeslaFleetTelemetry,
};

/** Other shapes that a feed's data is met in, by the name `milepost decode` gives them; they need no topic. */
const otherShapes: Readonly<Record<string, Decoder>> = {
  'tesla-fleet-telemetry-record-json': decodeTeslaRecordJson,
  'tesla-fleet-telemetry-logger-json': decodeTeslaRecordJson,
  'tesla-fleet-telemetry-protobuf': decodeTeslaProtobuf,
  'smartcar-webhook': decodeSmartcar,
  'smartcar-batch-item': decodeSmartcar,
};

/**
 * Turns a packet into readings, or into a refusal with a reason. Whatever the bytes, it returns; the same packet gives
 * the same outcome on every machine and every day. `mapped` are the feeds that mapping files describe.
 */
export function decodePacket(
  packet: TrackerPacket,
  mapped: readonly Dialect[] = [],
): Result<DecodedPacket, Refusal> {
  const dialect = dialectOf(packet.topic, mapped);
  if (dialect === null) {
    return fail({
      reason: 'unknown-topic',
      detail: `no tracker we know publishes on ${shown(packet.topic)}`,
    });
  }
  return decodeSafely(() => dialect.decode(packet));
}

function dialectOf(topic: string, mapped: readonly Dialect[]): Dialect | null {
  for (const dialect of dialects) if (dialect.isTopic(topic)) return dialect;
  for (const dialect of mapped) if (dialect.isTopic(topic)) return dialect;
  return tesla.isTopic(topic) ? tesla : null;
}

/** The feed a topic belongs to, or null. */
export function providerOfTopic(topic: string, mapped: readonly Dialect[] = []): TrackerProvider | null {
  return dialectOf(topic, mapped)?.provider ?? null;
}

/** The decoder of a format by name: a feed's, or another shape of its data. Null for a name nobody has. */
export function decoderOf(format: string): Decoder | null {
  const dialect = [...dialects, tesla].find(({ provider }) => provider === format);
  if (dialect !== undefined) return dialect.decode;
  return Object.hasOwn(otherShapes, format) ? (otherShapes[format] ?? null) : null;
}

/** Every name `decoderOf` knows. */
export function decodableFormats(): readonly string[] {
  return [...[...dialects, tesla].map(({ provider }) => provider), ...Object.keys(otherShapes)];
}

/** Runs a decoder. What it throws is our defect: one packet refused as 'decoder-fault', and every other one decoded. */
export function decodeSafely(decode: () => Result<DecodedPacket, Refusal>): Result<DecodedPacket, Refusal> {
  try {
    return decode();
  } catch (fault) {
    return fail({ reason: 'decoder-fault', detail: fault instanceof Error ? fault.message : shown(fault) });
  }
}
