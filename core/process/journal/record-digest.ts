import * as crypto from 'node:crypto';

export const DIGEST_BYTES = 32;

/** SHA-256 as a string of 32 byte-sized characters: on short inputs a third of the cost of a Buffer. */
type DigestText = (data: Uint8Array) => string;

/** One-shot hashing where the runtime has it (Node 20.12, 21.7 and later); the long way elsewhere. */
const digestText: DigestText =
  typeof crypto.hash === 'function'
    ? (data) => crypto.hash('sha256', data, 'binary')
    : (data) => crypto.createHash('sha256').update(data).digest('binary');

/** The digest of one record: SHA-256 over its salt, header fields and body, which lie side by side in a frame. */
export function recordDigest(saltHeaderAndBody: Uint8Array): Uint8Array {
  const digest = new Uint8Array(DIGEST_BYTES);
  writeDigest(digestText(saltHeaderAndBody), digest, 0);
  return digest;
}

/**
 * The hash chain of a partition: after a frame it is SHA-256(chain before ‖ digest of each of its records). It runs over
 * digests, so a record's bytes may be erased while its digest is kept, and everything else still proves itself. A step
 * a frame, not a record: a call into the hash costs more than the hashing, and there is one a record already.
 */
export class HashChain {
  /** The chain, then the digests of the open frame: hashed in one call. */
  #state = new Uint8Array(DIGEST_BYTES * 1_025);
  #used = DIGEST_BYTES;

  constructor(start?: Uint8Array) {
    if (start !== undefined) this.#state.set(start, 0);
  }

  /** Takes in a whole record: salt, header fields and body. */
  addRecord(saltHeaderAndBody: Uint8Array): void {
    this.#makeRoom();
    writeDigest(digestText(saltHeaderAndBody), this.#state, this.#used);
    this.#used += DIGEST_BYTES;
  }

  /** Takes in a record of which only the digest is left. */
  addDigest(digest: Uint8Array): void {
    this.#makeRoom();
    this.#state.set(digest, this.#used);
    this.#used += DIGEST_BYTES;
  }

  /** The frame is complete: the chain takes its step. */
  endFrame(): void {
    writeDigest(digestText(this.#state.subarray(0, this.#used)), this.#state, 0);
    this.#used = DIGEST_BYTES;
  }

  writeTo(target: Uint8Array, offset: number): void {
    for (let i = 0; i < DIGEST_BYTES; i += 1) target[offset + i] = this.#state[i] ?? 0;
  }

  equals(bytes: Uint8Array): boolean {
    return bytes.length === DIGEST_BYTES && bytes.every((byte, i) => byte === this.#state[i]);
  }

  /** A copy of the 32 bytes. */
  value(): Uint8Array {
    return this.#state.slice(0, DIGEST_BYTES);
  }

  #makeRoom(): void {
    if (this.#used < this.#state.length) return;
    const larger = new Uint8Array(this.#state.length * 2);
    larger.set(this.#state);
    this.#state = larger;
  }
}

function writeDigest(digest: string, target: Uint8Array, offset: number): void {
  for (let i = 0; i < DIGEST_BYTES; i += 1) target[offset + i] = digest.charCodeAt(i);
}
