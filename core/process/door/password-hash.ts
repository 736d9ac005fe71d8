import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { must } from '../../base/assert.ts';
import type { CredentialProof } from '../../protocol/decision.ts';

type PasswordHash = Omit<Extract<CredentialProof, { kind: 'password' }>, 'kind'>;

/** scrypt's N. With r 8 and p 3 a guess takes 32 MiB and a few tenths of a second, whoever makes it. */
const COST = 32_768;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 3;
/** A hash from the journal that asks for more is not computed. */
const MEMORY_BYTES_MAX = 128 * 1_024 * 1_024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes off the main thread, under a salt of its own. */
export async function hashPassword(password: Uint8Array): Promise<PasswordHash> {
  const salt = randomBytes(SALT_BYTES);
  const hash = must(await derive(password, salt, COST), 'scrypt takes our own parameters');
  return { saltHex: salt.toString('hex'), scryptHex: hash.toString('hex'), cost: COST };
}

/** Whether the hash is this password's. A hash with parameters nobody can compute fits none. */
export async function isPassword(password: Uint8Array, kept: PasswordHash): Promise<boolean> {
  const hash = await derive(password, Buffer.from(kept.saltHex, 'hex'), kept.cost);
  return hash !== null && timingSafeEqual(hash, Buffer.from(kept.scryptHex, 'hex'));
}

function derive(password: Uint8Array, salt: Buffer, cost: number): Promise<Buffer | null> {
  const options = { N: cost, r: BLOCK_SIZE, p: PARALLELIZATION, maxmem: MEMORY_BYTES_MAX };
  return new Promise((resolve) => {
    try {
      scrypt(password, salt, HASH_BYTES, options, (error, hash) => resolve(error === null ? hash : null));
    } catch {
      resolve(null);
    }
  });
}
