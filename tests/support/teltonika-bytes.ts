import { teltonikaCrc } from '../../core/tracker/teltonika/teltonika-crc.ts';

/** One record of a tracker's own odometer (IO 16), at a place with a fix. */
export interface TeltonikaRecord {
  readonly atMs: number;
  readonly odometerMetres: number;
}

/** A Codec 8 frame of one record, as it goes over TCP. */
export function teltonikaFrame(record: TeltonikaRecord): Buffer {
  const data = dataOf(record);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 4);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(teltonikaCrc(data, 0, data.length));
  return Buffer.concat([head, data, crc]);
}

/** The same in a datagram; `packet` is its number. */
export function teltonikaDatagram(imei: string, packet: number, record: TeltonikaRecord): Buffer {
  const rest = Buffer.concat([
    Buffer.from([0xca, 0xfe, 1, packet, 0, imei.length]),
    Buffer.from(imei),
    dataOf(record),
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(rest.length);
  return Buffer.concat([length, rest]);
}

function dataOf({ atMs, odometerMetres }: TeltonikaRecord): Buffer {
  const record = Buffer.alloc(24);
  record.writeBigUInt64BE(BigInt(atMs), 0);
  record.writeInt32BE(-12_345_678, 9);
  record.writeInt32BE(515_001_234, 13);
  record.writeInt16BE(35, 17);
  record.writeUInt16BE(271, 19);
  record.writeUInt8(11, 21);
  record.writeUInt16BE(48, 22);
  const io = Buffer.from([0, 1, 0, 0, 1, 16, 0, 0, 0, 0, 0]);
  io.writeUInt32BE(odometerMetres, 6);
  return Buffer.concat([Buffer.from([8, 1]), record, io, Buffer.from([1])]);
}
