import type { CredentialState, DoorBook } from '../../fold/world.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import { type TopicOwner, TopicOwners } from './topic-owners.ts';

/** The book's credentials by what a client shows and by what it publishes on; follows the book decision by decision. */
export class CredentialIndex {
  readonly owners = new TopicOwners();
  readonly #door: DoorBook;
  readonly #idsByUsername = new Map<string, Set<string>>();
  readonly #idsByCertificate = new Map<string, Set<string>>();
  /** As they stand in `owners`, by credential. */
  readonly #live = new Map<string, TopicOwner>();
  #version: number;

  constructor(door: DoorBook) {
    this.#door = door;
    this.#version = door.version;
    for (const id of door.credentials.keys()) this.#take(id);
  }

  /** Takes over what these records decided; the fold has taken them already. False when nothing of it is ours. */
  follow(records: readonly JournalRecord[]): boolean {
    if (this.#door.version === this.#version) return false;
    this.#version = this.#door.version;
    const ids = records.flatMap(credentialDecided);
    for (const id of ids) this.#take(id);
    return ids.length > 0;
  }

  isLive(credential: string): boolean {
    return this.#live.has(credential);
  }

  /** Revoked ones too, so that their holders can be told apart from guessers. */
  ofUsername(username: string): readonly CredentialState[] {
    return this.#states(this.#idsByUsername.get(username));
  }

  /** The certificate's SHA-256 in small hexadecimal letters. */
  ofCertificate(sha256Hex: string): readonly CredentialState[] {
    return this.#states(this.#idsByCertificate.get(sha256Hex));
  }

  #states(ids: ReadonlySet<string> | undefined): readonly CredentialState[] {
    return [...(ids ?? [])].flatMap((id) => this.#door.credentials.get(id) ?? []);
  }

  #take(id: string): void {
    const state = this.#door.credentials.get(id);
    if (state === undefined) return;
    const { credential, revokedAtMs } = state;
    put(this.#idsByUsername, credential.username, id);
    if (credential.proof.kind === 'certificate') put(this.#idsByCertificate, credential.proof.sha256Hex, id);
    const before = this.#live.get(id);
    if (before !== undefined) this.owners.remove(before);
    if (revokedAtMs === null) {
      this.#live.set(id, credential);
      this.owners.add(credential);
    } else this.#live.delete(id);
  }
}

function credentialDecided(record: JournalRecord): readonly string[] {
  if (record.kind !== 'decision') return [];
  const { decision } = record;
  if (decision.decision === 'issue-credential') return [decision.credential.credential];
  return decision.decision === 'revoke-credential' ? [decision.credential] : [];
}

function put(ids: Map<string, Set<string>>, key: string, id: string): void {
  const known = ids.get(key);
  if (known === undefined) ids.set(key, new Set([id]));
  else known.add(id);
}
