import { assert, must } from '../../core/base/assert.ts';
import { type BoxReason, boxTracker } from './box-tracker.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc16Arc } from './crc16-arc.ts';
import { boxIos, type BoxIo, eventIo } from './teltonika-ios.ts';
import { teltonikaOdometer } from './teltonika-mqtt-json.ts';
import type { PublishTransport, ReportingPace, Tracker, TrackerPublish, TrackerView } from './tracker.ts';

/** How a box is set up: the record format, and what carries it. */
export interface TeltonikaSetup {
  readonly codec: '8' | '8E' | '16';
  readonly transport: Exclude<PublishTransport, 'mqtt'>;
}

const CODEC_IDS = { '8': 0x08, '8E': 0x8e, '16': 0x10 } as const;
/** Where the record count and the first record stand in a TCP frame; a count and a checksum follow the last. */
const COUNT_AT = 9;
const RECORDS_AT = 10;
const BEHIND_RECORDS_BYTES = 5;
const RECORDS_MAX = 255;

/** A Teltonika box that speaks binary to a port: one record a frame, several in one after it was offline. */
export function teltonikaBinaryTracker(imei: string, pace: ReportingPace, setup: TeltonikaSetup): Tracker {
  let packetId = 0;
  const publishOf = (
    records: readonly Uint8Array[],
  ): Pick<TrackerPublish, 'client' | 'transport' | 'topic' | 'payload'> => {
    packetId = (packetId + 1) % 256;
    const payload =
      setup.transport === 'tcp'
        ? teltonikaFrame(records, setup.codec)
        : teltonikaDatagram(imei, records, setup.codec, packetId);
    return { client: imei, transport: setup.transport, topic: 'teltonika', payload };
  };
  const { report } = boxTracker(imei, pace, (view, reason) => ({
    ...publishOf([teltonikaRecord(view, reason, setup.codec)]),
    odometer: teltonikaOdometer(view.odometerMm),
  }));
  const join = (publishes: readonly TrackerPublish[]): TrackerPublish => ({
    ...must(publishes.at(-1), 'something is joined'),
    payload: joinFrames(
      publishes.map(({ payload }) => bytesOf(payload)),
      setup.codec,
    ),
  });
  // A datagram may be lost, and many records in one with it; over TCP they go together.
  return setup.transport === 'tcp' ? { report, join } : { report };
}

/** What opens a connection: the IMEI's length and digits. */
export function teltonikaLogin(imei: string): Uint8Array {
  return new ByteWriter().uint(2, imei.length).ascii(imei).bytes();
}

/** One record of a codec. Longitude stands first; a record without a fix has no satellites and no speed. */
export function teltonikaRecord(
  view: TrackerView,
  reason: BoxReason,
  codec: TeltonikaSetup['codec'],
): Uint8Array {
  const event = eventIo(view, reason);
  const inputs = boxIos(view, event);
  const idBytes = codec === '8' ? 1 : 2;
  const countBytes = codec === '8E' ? 2 : 1;
  const writer = new ByteWriter()
    .uint(8, view.clockMs)
    .uint(1, event === 0 ? 0 : 1)
    .int(4, view.longitudeE6 * 10)
    .int(4, view.latitudeE6 * 10)
    .int(2, 20)
    .uint(2, view.headingDegrees)
    .uint(1, view.satellites)
    .uint(2, view.hasFix ? Math.round((view.speedMmPerS * 36) / 10_000) : 0)
    .uint(idBytes, event);
  if (codec === '16') writer.uint(1, event === 0 ? GENERATED_PERIODICALLY : GENERATED_ON_CHANGE);
  writer.uint(countBytes, inputs.length);
  for (const width of [1, 2, 4, 8] as const) {
    const group = inputs.filter(({ bytes }) => bytes === width);
    writer.uint(countBytes, group.length);
    for (const { id, value } of group satisfies readonly BoxIo[]) writer.uint(idBytes, id).uint(width, value);
  }
  // Codec 8 Extended has one group more, of inputs of any length; this box has none.
  if (codec === '8E') writer.uint(2, 0);
  return writer.bytes();
}

const GENERATED_ON_CHANGE = 5;
const GENERATED_PERIODICALLY = 7;

/** Records in a TCP frame: preamble, length, codec, count, records, count again, checksum. */
export function teltonikaFrame(records: readonly Uint8Array[], codec: TeltonikaSetup['codec']): Uint8Array {
  const data = dataOf(records, codec);
  return new ByteWriter().uint(4, 0).uint(4, data.length).append(data).uint(4, crc16Arc(data)).bytes();
}

/** Records in a datagram, which names the box and has no checksum. */
export function teltonikaDatagram(
  imei: string,
  records: readonly Uint8Array[],
  codec: TeltonikaSetup['codec'],
  packetId: number,
): Uint8Array {
  const rest = new ByteWriter()
    .uint(2, CHANNEL_PACKET_ID)
    .uint(1, 1)
    .uint(1, packetId)
    .uint(2, imei.length)
    .ascii(imei)
    .append(dataOf(records, codec))
    .bytes();
  return new ByteWriter().uint(2, rest.length).append(rest).bytes();
}

const CHANNEL_PACKET_ID = 0xcafe;

function dataOf(records: readonly Uint8Array[], codec: TeltonikaSetup['codec']): Uint8Array {
  assert(records.length > 0 && records.length <= RECORDS_MAX, 'a frame has 1 to 255 records');
  const writer = new ByteWriter().uint(1, CODEC_IDS[codec]).uint(1, records.length);
  for (const record of records) writer.append(record);
  return writer.uint(1, records.length).bytes();
}

function joinFrames(frames: readonly Uint8Array[], codec: TeltonikaSetup['codec']): Uint8Array {
  // Frames that hold several already are of the same box and codec; their records stand one behind the other.
  const count = frames.reduce((sum, frame) => sum + (frame[COUNT_AT] ?? 0), 0);
  assert(count <= RECORDS_MAX, 'a frame has 255 records at most');
  const data = new ByteWriter().uint(1, CODEC_IDS[codec]).uint(1, count);
  for (const frame of frames) data.append(frame.subarray(RECORDS_AT, frame.length - BEHIND_RECORDS_BYTES));
  const bytes = data.uint(1, count).bytes();
  return new ByteWriter().uint(4, 0).uint(4, bytes.length).append(bytes).uint(4, crc16Arc(bytes)).bytes();
}

function bytesOf(payload: string | Uint8Array): Uint8Array {
  assert(typeof payload !== 'string', 'a binary box has binary frames');
  return payload;
}
