/** CRC-16/ARC of bytes `start` to `end`: reflected polynomial A001, from 0, without a final XOR. */
export function teltonikaCrc(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let at = start; at < end; at += 1)
    crc = (crc >>> 8) ^ (CRC_BY_BYTE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return crc;
}

const POLYNOMIAL = 0xa001;
const CRC_BY_BYTE = Uint16Array.from({ length: 256 }, (_, byte) => crcOfByte(byte));

function crcOfByte(byte: number): number {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
  return crc;
}
