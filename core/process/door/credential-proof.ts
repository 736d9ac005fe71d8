import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Credential } from '../../protocol/decision.ts';
import { hashPassword } from './password-hash.ts';

/** 144 bits, 24 characters: nobody guesses it, and a person can still type it. */
const SECRET_BYTES = 18;
const CREDENTIAL_ID_BYTES = 8;

/** Who is to get a credential, and what for. */
export type NewCredential = Pick<Credential, 'username' | 'role' | 'device' | 'publish' | 'subscribe'>;

export interface IssuedSecret {
  /** Shown once and kept nowhere. */
  readonly secret: string;
  /** For the decision `issue-credential`. */
  readonly credential: Credential;
}

/** Generates a secret. What is journalled of it is a digest under the key, which does not stand in the journal. */
export function issueSecret(key: Buffer, request: NewCredential): IssuedSecret {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const hmacSha256Hex = digestOf(key, Buffer.from(secret)).toString('hex');
  return { secret, credential: { ...identified(request), proof: { kind: 'secret', hmacSha256Hex } } };
}

/** A password somebody chose, for clients that cannot be given a generated secret. */
export async function issuePassword(request: NewCredential, password: string): Promise<Credential> {
  const proof = { kind: 'password', ...(await hashPassword(Buffer.from(password))) } as const;
  return { ...identified(request), proof };
}

/** A client that shows this certificate, by the SHA-256 of its DER form. */
export function issueCertificate(request: NewCredential, sha256Hex: string): Credential {
  return { ...identified(request), proof: { kind: 'certificate', sha256Hex } };
}

/** Whether a client's password is the generated secret behind the digest; takes the same time for any answer. */
export function isSecret(key: Buffer, password: Uint8Array, hmacSha256Hex: string): boolean {
  return timingSafeEqual(digestOf(key, password), Buffer.from(hmacSha256Hex, 'hex'));
}

/** The digest a secret is kept and compared by. */
export function digestOf(key: Buffer, secret: Uint8Array): Buffer {
  return createHmac('sha256', key).update(secret).digest();
}

function identified(request: NewCredential): Omit<Credential, 'proof'> {
  const { username, role, device, publish, subscribe } = request;
  const credential = randomBytes(CREDENTIAL_ID_BYTES).toString('hex');
  return { credential, username, role, device, publish, subscribe };
}
