import type { CredentialState, DoorBook } from '../../fold/world.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import { DeviceTopics } from './device-topics.ts';
import { isTopicFilter, matchesFilter } from './topic-filter.ts';

interface LiveCredential {
  /** Those it may publish under. */
  readonly filters: readonly string[];
  readonly isDevice: boolean;
}

/** The book's credentials by what a client shows and by what it publishes on; follows the book decision by decision. */
export class CredentialIndex {
  readonly #door: DoorBook;
  readonly #idsByUsername = new Map<string, Set<string>>();
  readonly #idsByCertificate = new Map<string, Set<string>>();
  readonly #live = new Map<string, LiveCredential>();
  readonly #deviceTopics = new DeviceTopics();
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

  mayPublish(credential: string, topic: string): boolean {
    return this.#live.get(credential)?.filters.some((filter) => matchesFilter(filter, topic)) ?? false;
  }

  /** Whether some live device has the topic for its own. */
  isOfDevice(topic: string): boolean {
    return this.#deviceTopics.has(topic);
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
    this.#forget(id);
    if (revokedAtMs !== null) return;
    const isDevice = credential.role === 'device';
    const filters = credential.role === 'subscriber' ? [] : credential.publish.filter(isTopicFilter);
    this.#live.set(id, { filters, isDevice });
    if (isDevice) this.#deviceTopics.add(id, filters);
  }

  #forget(id: string): void {
    const before = this.#live.get(id);
    if (before === undefined) return;
    this.#live.delete(id);
    if (before.isDevice) this.#deviceTopics.remove(id, before.filters);
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
