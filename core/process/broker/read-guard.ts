import type { Socket } from 'node:net';

const LENGTH_BYTES_MAX = 4;

/**
 * Cuts a packet over the limit while its bytes arrive; the parser behind it would gather up to 256 MB first. aedes
 * pulls from the socket with `read`, so looking at what `read` returns sees every byte once and costs no extra stream.
 */
export function guardReads(
  socket: Socket,
  packetBytesMax: number,
  tooLong: (packetBytes: number) => void,
): void {
  const read = socket.read.bind(socket);
  const headers = new HeaderScan(packetBytesMax);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!Buffer.isBuffer(chunk) || headers.scan(chunk)) return chunk;
    tooLong(headers.packetBytes);
    return null;
  };
}

/** Follows a stream of MQTT packets by their fixed headers alone. */
export class HeaderScan {
  readonly #packetBytesMax: number;
  /** Bytes of the present packet's body still to come. */
  #bodyBytesLeft = 0;
  /** Bytes of a fixed header seen so far: 0 between packets. */
  #headerBytes = 0;
  #length = 0;

  constructor(packetBytesMax: number) {
    this.#packetBytesMax = packetBytesMax;
  }

  /** The length the last header told, in bytes after the header. */
  get packetBytes(): number {
    return this.#length;
  }

  /** False as soon as a packet is longer than allowed. A length of five bytes is left for the parser to refuse. */
  scan(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyBytesLeft > 0) {
        const skipped = Math.min(this.#bodyBytesLeft, chunk.length - at);
        this.#bodyBytesLeft -= skipped;
        at += skipped;
        continue;
      }
      if (!this.#takeHeaderByte(chunk[at] ?? 0)) return false;
      at += 1;
    }
    return true;
  }

  #takeHeaderByte(byte: number): boolean {
    if (this.#headerBytes === 0) {
      this.#headerBytes = 1;
      this.#length = 0;
      return true;
    }
    this.#length += (byte & 0x7f) * 128 ** (this.#headerBytes - 1);
    this.#headerBytes += 1;
    if (byte >= 0x80 && this.#headerBytes <= LENGTH_BYTES_MAX) return true;
    this.#headerBytes = 0;
    this.#bodyBytesLeft = this.#length;
    return this.#length <= this.#packetBytesMax;
  }
}
