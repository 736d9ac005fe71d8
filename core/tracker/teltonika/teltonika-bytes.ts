/** Teltonika's numbers are big-endian. Past the end of the bytes there are zeros: whoever reads checks lengths first. */
export function uint16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function int16At(bytes: Uint8Array, at: number): number {
  return (uint16At(bytes, at) << 16) >> 16;
}

export function uint32At(bytes: Uint8Array, at: number): number {
  return int32At(bytes, at) >>> 0;
}

export function int32At(bytes: Uint8Array, at: number): number {
  return (uint16At(bytes, at) << 16) | uint16At(bytes, at + 2);
}

/** The nearest double above 2^53: times and distances that large are out of every range. */
export function uint64At(bytes: Uint8Array, at: number): number {
  return uint32At(bytes, at) * 0x1_0000_0000 + uint32At(bytes, at + 4);
}

/** Bytes as they are written in Teltonika's own pages: `CAFE01`. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
}
