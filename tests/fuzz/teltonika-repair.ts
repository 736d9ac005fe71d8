const HEADER_BYTES = 8;
const CRC_BYTES = 4;

/** A mutated TCP frame with the length and checksum of what it now holds; anything shorter as it is. */
export function reframed(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= HEADER_BYTES + CRC_BYTES) return bytes;
  const frame = Uint8Array.from(bytes);
  const view = new DataView(frame.buffer);
  const end = frame.length - CRC_BYTES;
  view.setUint32(0, 0);
  view.setUint32(4, end - HEADER_BYTES);
  view.setUint32(end, crc16(frame.subarray(HEADER_BYTES, end)));
  return frame;
}

/** CRC-16/ARC, bit by bit: of code that the decoder does not share. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const carry = (crc ^ (byte >> bit)) & 1;
      crc = (crc >> 1) ^ (carry === 1 ? 0xa001 : 0);
    }
  }
  return crc;
}
