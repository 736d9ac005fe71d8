import { assert } from '../../../base/assert.ts';
import { teltonikaCrc } from '../../../tracker/teltonika/teltonika-crc.ts';

/** Binary packets written for this bench. */
export interface BinarySample {
  readonly topic: string;
  readonly payload: Buffer;
}

const AT_MS = Date.UTC(2026, 2, 2, 9, 15);
const LATITUDE = 51.502_114;
const LONGITUDE = -0.141_977;
const CODEC_8_EXTENDED = 0x8e;
/** What a box reports by default: ids and values by the bytes they take. */
const ELEMENTS: readonly (readonly [bytes: 1 | 2 | 4, values: Readonly<Record<number, number>>])[] = [
  [1, { 239: 1, 240: 1, 21: 4, 200: 0, 69: 1, 113: 97 }],
  [2, { 181: 9, 182: 6, 66: 14_100, 24: 37, 67: 4_012 }],
  [4, { 241: 23_415, 199: 12_044, 16: 48_211_903 }],
];

/** A frame with two records of fourteen elements each. */
export function teltonikaFrame(): readonly BinarySample[] {
  const records = [0, 30_000].map((laterMs) => teltonikaRecord(AT_MS + laterMs));
  const data = Buffer.concat([
    Buffer.from([CODEC_8_EXTENDED, records.length]),
    ...records,
    Buffer.from([records.length]),
  ]);
  const frame = Buffer.concat([
    uint(4, 0),
    uint(4, data.length),
    data,
    uint(4, teltonikaCrc(data, 0, data.length)),
  ]);
  return [{ topic: '$tcp/teltonika/350000000000042', payload: frame }];
}

function teltonikaRecord(atMs: number): Buffer {
  const head = Buffer.alloc(24);
  head.writeBigUInt64BE(BigInt(atMs), 0);
  head.writeInt32BE(Math.round(LONGITUDE * 1e7), 9);
  head.writeInt32BE(Math.round(LATITUDE * 1e7), 13);
  head.writeInt16BE(21, 17);
  head.writeUInt16BE(184, 19);
  head.writeUInt8(14, 21);
  head.writeUInt16BE(37, 22);
  const groups = ELEMENTS.map(([bytes, values]) => elementGroup(bytes, Object.entries(values)));
  const count = ELEMENTS.reduce((sum, [, values]) => sum + Object.keys(values).length, 0);
  // The event's id, the count, the groups; none of eight bytes and none of a length of its own.
  return Buffer.concat([head, uint(2, 0), uint(2, count), ...groups, uint(2, 0), uint(2, 0)]);
}

function elementGroup(bytes: 1 | 2 | 4, elements: readonly (readonly [string, number])[]): Buffer {
  const written = elements.flatMap(([id, value]) => [uint(2, Number(id)), uint(bytes, value)]);
  return Buffer.concat([uint(2, elements.length), ...written]);
}

function uint(bytes: number, value: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

/** Tesla's record as the car writes it: seven fields, a time and a VIN. */
export function teslaProtobuf(): readonly BinarySample[] {
  const payload = Buffer.concat([
    datum(5, double(5, 30_512.648_231)),
    datum(21, field(7, Buffer.concat([double(1, LATITUDE), double(2, LONGITUDE)]))),
    datum(4, double(5, 31.5)),
    datum(23, double(5, 212)),
    datum(8, double(5, 63.417)),
    datum(10, varint(9, 5)),
    datum(85, double(5, 20.5)),
    field(2, varint(1, AT_MS / 1_000)),
    field(3, Buffer.from('LRW3E7FA0TC000042')),
  ]);
  return [{ topic: '', payload }];
}

function datum(key: number, value: Buffer): Buffer {
  return field(1, Buffer.concat([varint(1, key), field(2, value)]));
}

function field(number: number, bytes: Buffer): Buffer {
  assert(bytes.length < 0x80, 'a length here is one byte');
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
}

function double(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(number * 8 + 1, 0);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function varint(number: number, value: number): Buffer {
  const bytes = [number * 8];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
