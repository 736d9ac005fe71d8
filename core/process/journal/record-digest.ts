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
 * The hash chain of a partition: after record i it is SHA-256(chain before ‖ digest of i). It runs over digests, so
 * a record's bytes may be erased while its digest is kept, and everything else still proves itself.
 */
export class HashChain {
  /** The chain in the first half, the digest about to be taken in in the second: hashed in one call. */
  readonly #state = new Uint8Array(DIGEST_BYTES * 2);

  constructor(start?: Uint8Array) {
    if (start !== undefined) this.#state.set(start, 0);
  }

  /** Takes in a whole record: salt, header fields and body. */
  addRecord(saltHeaderAndBody: Uint8Array): void {
    writeDigest(digestText(saltHeaderAndBody), this.#state, DIGEST_BYTES);
    this.#advance();
  }

  /** Takes in a record of which only the digest is left. */
  addDigest(digest: Uint8Array): void {
    this.#state.set(digest, DIGEST_BYTES);
    this.#advance();
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

  #advance(): void {
    writeDigest(digestText(this.#state), this.#state, 0);
  }
}

function writeDigest(digest: string, target: Uint8Array, offset: number): void {
  for (let i = 0; i < DIGEST_BYTES; i += 1) target[offset + i] = digest.charCodeAt(i);
}
