import type { Socket } from 'node:net';

const LENGTH_BYTES_MAX = 4;

/** What stands between a socket and the parser behind it. */
export interface ReadWatch {
  /** False holds this read and all further ones back, until `release`. Nothing more is then taken from the network. */
  mayRead(): boolean;
  /** One read hands on no more than this; what is left is read when it is worked off. */
  readBytesMax(): number;
  /** A packet longer than this is over the limit. */
  packetBytesMax(): number;
  /** So many packets began in the bytes that were read. */
  took(packets: number): void;
  /** The packet that begins is over the limit; its bytes are not handed on. */
  tooLong(packetBytes: number): void;
}

export interface GuardedReads {
  /** Lets a read that was held back happen now. */
  release(): void;
}

/**
 * Looks at every read before and after it. A packet over the limit is cut while its bytes arrive; the parser behind
 * would gather up to 256 MB first. aedes pulls from the socket with `read`, so what `read` returns is every byte once,
 * and costs no extra stream. A flood without acknowledgements can be stopped here only: Node reads a ready socket many
 * times before it looks at a timer.
 */
export function guardReads(socket: Socket, watch: ReadWatch): GuardedReads {
  const read = socket.read.bind(socket);
  const headers = new HeaderScan();
  let isHeld = false;
  socket.read = (size?: number): unknown => {
    // Node's own way to fill its buffer, which has an end; it hands nothing on.
    if (size === 0) return read(0);
    isHeld = !watch.mayRead();
    if (isHeld) return null;
    const bytesMax = watch.readBytesMax();
    const parts: Buffer[] = [];
    // The parser asks again after a whole packet, or when more arrives: so a read ends with one of the two.
    do {
      const part: unknown = read(socket.readableLength > bytesMax ? bytesMax : size);
      if (!Buffer.isBuffer(part)) break;
      if (!headers.scan(part, watch.packetBytesMax())) {
        watch.tooLong(headers.packetBytes);
        return null;
      }
      parts.push(part);
    } while (!headers.hasEnded && socket.readableLength > 0);
    watch.took(headers.takePackets());
    const [first] = parts;
    return parts.length > 1 ? Buffer.concat(parts) : (first ?? null);
  };
  return {
    release: () => {
      if (isHeld) socket.emit('readable');
    },
  };
}

/** Follows a stream of MQTT packets by their fixed headers alone. */
export class HeaderScan {
  /** Bytes of the present packet's body still to come. */
  #bodyBytesLeft = 0;
  /** Bytes of a fixed header seen so far: 0 between packets. */
  #headerBytes = 0;
  #length = 0;
  #packets = 0;
  #hasEnded = false;

  /** The length the last header told, in bytes after the header. */
  get packetBytes(): number {
    return this.#length;
  }

  /** A packet came to its end since the packets were last taken. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** How many packets began since this was last asked. */
  takePackets(): number {
    const packets = this.#packets;
    this.#packets = 0;
    this.#hasEnded = false;
    return packets;
  }

  /** False as soon as a packet is longer than allowed. A length of five bytes is left for the parser to refuse. */
  scan(chunk: Buffer, packetBytesMax: number): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyBytesLeft > 0) {
        const skipped = Math.min(this.#bodyBytesLeft, chunk.length - at);
        this.#bodyBytesLeft -= skipped;
        if (this.#bodyBytesLeft === 0) this.#hasEnded = true;
        at += skipped;
        continue;
      }
      if (!this.#takeHeaderByte(chunk[at] ?? 0, packetBytesMax)) return false;
      at += 1;
    }
    return true;
  }

  #takeHeaderByte(byte: number, packetBytesMax: number): boolean {
    if (this.#headerBytes === 0) {
      this.#headerBytes = 1;
      this.#length = 0;
      this.#packets += 1;
      return true;
    }
    this.#length += (byte & 0x7f) * 128 ** (this.#headerBytes - 1);
    this.#headerBytes += 1;
    if (byte >= 0x80 && this.#headerBytes <= LENGTH_BYTES_MAX) return true;
    this.#headerBytes = 0;
    this.#bodyBytesLeft = this.#length;
    if (this.#length === 0) this.#hasEnded = true;
    return this.#length <= packetBytesMax;
  }
}
