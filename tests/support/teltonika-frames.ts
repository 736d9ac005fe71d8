/** A record as a test describes it; what is left out is a parked tracker with a fix on Greenwich's meridian. */
export interface FrameRecord {
  readonly timeMs: number;
  readonly longitude?: number;
  readonly latitude?: number;
  readonly altitude?: number;
  readonly angle?: number;
  readonly satellites?: number;
  readonly speed?: number;
  readonly cause?: number;
  /** Id, bytes, value. */
  readonly elements?: readonly (readonly [number, 1 | 2 | 4 | 8, number | bigint])[];
  /** Elements of any length, which only codec 8E has. */
  readonly texts?: readonly (readonly [number, string])[];
  /** How many elements the record says it has; true when left out. */
  readonly announced?: number;
}

export type FrameCodec = 0x08 | 0x8e | 0x10;

/** Writes what a Teltonika tracker sends. It shares nothing with the decoder, so that a mistake is not made twice. */
export function teltonikaData(codec: FrameCodec, ...records: readonly FrameRecord[]): Uint8Array {
  const body = records.flatMap((record) => recordBytes(codec, record));
  return Uint8Array.from([codec, records.length, ...body, records.length]);
}

/** A TCP frame around data, with its checksum. */
export function teltonikaFrame(data: Uint8Array): Uint8Array {
  return Uint8Array.from([...uint(0, 4), ...uint(data.length, 4), ...data, ...uint(crc16(data), 4)]);
}

export function teltonikaDatagram(imei: string, data: Uint8Array, avlPacketId = 7): Uint8Array {
  const rest = [0xca, 0xfe, 1, avlPacketId, ...uint(imei.length, 2), ...characters(imei), ...data];
  return Uint8Array.from([...uint(rest.length, 2), ...rest]);
}

export function teltonikaLogin(imei: string): Uint8Array {
  return Uint8Array.from([...uint(imei.length, 2), ...characters(imei)]);
}

export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

/** The bytes with those from `at` on replaced; a negative place counts from the end. */
export function replacedAt(bytes: Uint8Array, at: number, ...to: readonly number[]): Uint8Array {
  const replaced = Uint8Array.from(bytes);
  replaced.set(to, at < 0 ? bytes.length + at : at);
  return replaced;
}

function recordBytes(codec: FrameCodec, record: FrameRecord): number[] {
  const idBytes = codec === 0x08 ? 1 : 2;
  const countBytes = codec === 0x8e ? 2 : 1;
  const { elements = [], texts = [] } = record;
  return [
    ...headBytes(record),
    ...uint(record.cause ?? 0, idBytes),
    ...(codec === 0x10 ? [7] : []),
    ...uint(record.announced ?? elements.length + texts.length, countBytes),
    ...[1, 2, 4, 8].flatMap((width) => groupBytes(elements, width, idBytes, countBytes)),
    ...(codec === 0x8e ? variableGroupBytes(texts) : []),
  ];
}

function headBytes(record: FrameRecord): number[] {
  return [
    ...uint(record.timeMs, 8),
    0,
    ...uint(Math.round((record.longitude ?? 0) * 1e7), 4),
    ...uint(Math.round((record.latitude ?? 51.4779) * 1e7), 4),
    ...uint(record.altitude ?? 0, 2),
    ...uint(record.angle ?? 0, 2),
    ...uint(record.satellites ?? 9, 1),
    ...uint(record.speed ?? 0, 2),
  ];
}

function groupBytes(
  elements: NonNullable<FrameRecord['elements']>,
  width: number,
  idBytes: number,
  countBytes: number,
): number[] {
  const group = elements.filter(([, bytes]) => bytes === width);
  return [
    ...uint(group.length, countBytes),
    ...group.flatMap(([id, , value]) => [...uint(id, idBytes), ...uint(value, width)]),
  ];
}

function variableGroupBytes(texts: NonNullable<FrameRecord['texts']>): number[] {
  const items = texts.flatMap(([id, text]) => [...uint(id, 2), ...uint(text.length, 2), ...characters(text)]);
  return [...uint(texts.length, 2), ...items];
}

/** Big-endian; negative ones in two's complement. */
function uint(value: number | bigint, bytes: number): number[] {
  const digits = BigInt.asUintN(bytes * 8, BigInt(value))
    .toString(16)
    .padStart(bytes * 2, '0');
  return Array.from({ length: bytes }, (_, i) => Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16));
}

function characters(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** CRC-16/ARC, bit by bit. */
function crc16(data: Uint8Array): number {
  let crc = 0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc % 2 === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
