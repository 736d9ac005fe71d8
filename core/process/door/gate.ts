import { randomBytes, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '../../base/result.ts';
import type { CredentialState, DoorBook } from '../../fold/world.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import type { Admission, AdmissionRefusal, ConnectingClient, Gate } from '../broker/gate.ts';
import { CredentialIndex } from './credential-index.ts';
import { coversFilter } from './filter-relations.ts';
import { digestOf, isSecret } from './credential-proof.ts';
import { GuessTurns } from './guess-turns.ts';
import { isPassword } from './password-hash.ts';
import { DEFAULT_SLOWNESS, SlowedAddresses, type Slowness } from './slowed-addresses.ts';
import { isTopicFilter } from './topic-filter.ts';

export interface GateParts {
  /** The world's; the gate reads it and never changes it. */
  readonly door: DoorBook;
  /** Of the data folder's credentials (credential-key.ts). */
  readonly key: Buffer;
  /** Clients without a credential on a plain connection of this machine; true when not given. */
  readonly allowAnonymous?: boolean;
  /** They may hear everything that is told; false when not given. */
  readonly mayAnonymousHear?: boolean;
  readonly slowness?: Slowness;
}

/** Ours to publish on: raw trackers' topics, the broker's own, and what Milepost tells its subscribers. */
const RESERVED_PREFIXES = ['$', 'milepost/'] as const;

type Proof = 'none' | 'too-busy' | CredentialState;

/** The gate as the book of the door has it. */
export class DoorGate implements Gate {
  readonly #door: DoorBook;
  readonly #key: Buffer;
  readonly #allowAnonymous: boolean;
  readonly #mayAnonymousHear: boolean;
  readonly #index: CredentialIndex;
  readonly #slowed: SlowedAddresses;
  readonly #guesses = new GuessTurns();
  /** Under a key that dies with the process: a client that comes back need not pay for the slow hash again. */
  readonly #provenKey = randomBytes(32);
  /** By the kept hash. */
  readonly #provenPasswords = new Map<string, Buffer>();

  constructor(parts: GateParts) {
    this.#door = parts.door;
    this.#key = parts.key;
    this.#allowAnonymous = parts.allowAnonymous ?? true;
    this.#mayAnonymousHear = parts.mayAnonymousHear ?? false;
    this.#index = new CredentialIndex(parts.door);
    this.#slowed = new SlowedAddresses(parts.slowness ?? DEFAULT_SLOWNESS);
  }

  version(): number {
    return this.#door.version;
  }

  /** Takes over what these records decided, after the fold; true when a credential was issued or revoked. */
  follow(records: readonly JournalRecord[]): boolean {
    return this.#index.follow(records);
  }

  async admit(client: ConnectingClient): Promise<Result<Admission, AdmissionRefusal>> {
    if (this.#isAnonymous(client)) return ok({ role: 'anonymous' });
    const proof = await this.#prove(client);
    if (proof === 'too-busy') return this.#refuse(client, 'too-busy', 3);
    if (proof === 'none') return this.#refuse(client, 'bad-credentials', client.username === null ? 5 : 4);
    const { credential, role } = proof.credential;
    // Asked last: it may have been revoked while a password was being checked.
    if (!this.#index.isLive(credential)) return this.#refuse(client, 'credential-revoked', 5);
    return ok({ role, credential });
  }

  isStillAdmitted(admission: Admission): boolean {
    return admission.role === 'anonymous' || this.#index.isLive(admission.credential);
  }

  mayPublish(admission: Admission, topic: string): boolean {
    if (RESERVED_PREFIXES.some((prefix) => topic.startsWith(prefix))) return false;
    return admission.role === 'anonymous'
      ? !this.#index.isOfDevice(topic)
      : this.#index.mayPublish(admission.credential, topic);
  }

  maySubscribe(admission: Admission, filter: string): boolean {
    if (admission.role === 'anonymous') return this.#mayAnonymousHear;
    const state = this.#door.credentials.get(admission.credential);
    if (state === undefined || !this.#index.isLive(admission.credential)) return false;
    return state.credential.subscribe.some(
      (allowed) => isTopicFilter(allowed) && coversFilter(allowed, filter),
    );
  }

  #isAnonymous({ username, password, certificateSha256Hex, isLoopback, isTls }: ConnectingClient): boolean {
    if (username !== null || password !== null || certificateSha256Hex !== null) return false;
    return this.#allowAnonymous && isLoopback && !isTls;
  }

  #refuse(
    { address }: ConnectingClient,
    reason: AdmissionRefusal['reason'],
    returnCode: AdmissionRefusal['returnCode'],
  ): Result<Admission, AdmissionRefusal> {
    return fail({ reason, returnCode, answerAfterMs: this.#slowed.failed(address, performance.now()) });
  }

  async #prove({ certificateSha256Hex, username, password, address }: ConnectingClient): Promise<Proof> {
    const shown = certificateSha256Hex === null ? [] : this.#index.ofCertificate(certificateSha256Hex);
    const certified = shown.find(({ revokedAtMs }) => revokedAtMs === null) ?? shown[0];
    if (certified !== undefined) return certified;
    if (username === null || password === null) return 'none';
    const named = this.#index.ofUsername(username);
    return this.#holderOfSecret(named, password) ?? (await this.#holderOfPassword(named, password, address));
  }

  /** Several when one is being replaced: the new secret is issued before the old one is revoked. */
  #holderOfSecret(named: readonly CredentialState[], password: Uint8Array): CredentialState | undefined {
    return named.find(({ credential: { proof } }) => {
      return proof.kind === 'secret' && isSecret(this.#key, password, proof.hmacSha256Hex);
    });
  }

  async #holderOfPassword(
    named: readonly CredentialState[],
    password: Uint8Array,
    address: string,
  ): Promise<Proof> {
    const digest = digestOf(this.#provenKey, password);
    for (const state of named) {
      const { proof } = state.credential;
      if (proof.kind !== 'password') continue;
      const proven = this.#provenPasswords.get(proof.scryptHex);
      if (proven !== undefined && timingSafeEqual(proven, digest)) return state;
      const isRight = await this.#guesses.take(address, () => isPassword(password, proof));
      if (isRight === null) return 'too-busy';
      if (!isRight) continue;
      this.#provenPasswords.set(proof.scryptHex, digest);
      return state;
    }
    return 'none';
  }
}
