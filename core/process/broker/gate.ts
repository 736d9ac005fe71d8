import type { Result } from '../../base/result.ts';
import type { Credential } from '../../protocol/decision.ts';

/** What a client shows at its CONNECT. */
export interface ConnectingClient {
  readonly username: string | null;
  readonly password: Uint8Array | null;
  /** Of the certificate it proved to hold, in small hexadecimal letters. */
  readonly certificateSha256Hex: string | null;
  /** Where it connects from, without a port. */
  readonly address: string;
  readonly isLoopback: boolean;
  readonly isTls: boolean;
}

/** Whom the broker serves: the holder of a credential, or somebody on this machine who has none. */
export type Admission =
  | { readonly role: 'anonymous' }
  | { readonly role: Credential['role']; readonly credential: string };

export interface AdmissionRefusal {
  /** `too-busy`: too many passwords are being checked; a later attempt may succeed. */
  readonly reason: 'bad-credentials' | 'credential-revoked' | 'too-busy';
  /** Of the CONNACK: 3 unavailable, 4 bad user name or password, 5 not authorized. */
  readonly returnCode: 3 | 4 | 5;
  /** The answer is held back for so long, to slow down guessing. */
  readonly answerAfterMs: number;
}

/** Who may come in, publish what and hear what. The broker asks and remembers; it knows nothing of credentials itself. */
export interface Gate {
  /** Never rejects. */
  admit(client: ConnectingClient): Promise<Result<Admission, AdmissionRefusal>>;
  /** False once the credential it was given for is revoked. */
  isStillAdmitted(admission: Admission): boolean;
  /** The topic has at most as many levels as the broker allows. The answer holds until the version rises. */
  mayPublish(admission: Admission, topic: string): boolean;
  /** Whether all that the filter matches may be heard; asked once, when the client subscribes. */
  maySubscribe(admission: Admission, filter: string): boolean;
  /** Rises with every decision that may change an answer. */
  version(): number;
}
