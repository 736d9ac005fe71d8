import { Readable } from 'node:stream';

interface Owner {
  readonly id: string;
  readonly closed: boolean;
}

interface Numbered {
  readonly messageId?: number | undefined;
}

/**
 * What aedes remembers of its clients: unfinished QoS 2 handshakes, and those for as long as the connection lasts. A
 * memory of clients that are gone would have no bound, and would not outlive this process anyway. Nothing is queued or
 * retained here, and a last will lies with its client.
 */
export class SessionMemory {
  readonly #numbersByClientId = new Map<string, Set<number>>();

  /** How many clients it remembers anything of. */
  get size(): number {
    return this.#numbersByClientId.size;
  }

  async setup(): Promise<void> {}

  async cleanSubscriptions(): Promise<void> {}

  createRetainedStreamCombi(): Readable {
    return Readable.from([]);
  }

  outgoingStream(): Readable {
    return Readable.from([]);
  }

  /** Gives back the acknowledgement: whoever sent the packet knows it by its number. */
  async outgoingClearMessageId<P>(_client: Owner, acknowledgement: P): Promise<P> {
    return acknowledgement;
  }

  /** A packet may get here when its client is gone and forgotten. */
  async incomingStorePacket({ id, closed }: Owner, { messageId }: Numbered): Promise<void> {
    if (closed) return;
    const numbers = this.#numbersByClientId.get(id) ?? new Set();
    this.#numbersByClientId.set(id, numbers.add(messageId ?? 0));
  }

  /** A rejection is how aedes is told that there is none. */
  async incomingGetPacket({ id }: Owner, { messageId = 0 }: Numbered): Promise<Numbered> {
    const isKnown = this.#numbersByClientId.get(id)?.has(messageId) === true;
    return isKnown ? { messageId } : Promise.reject(new Error('no such packet'));
  }

  async incomingDelPacket({ id }: Owner, { messageId = 0 }: Numbered): Promise<void> {
    this.#numbersByClientId.get(id)?.delete(messageId);
  }

  async cleanIncoming({ id }: Owner): Promise<void> {
    this.#numbersByClientId.delete(id);
  }

  async putWill(): Promise<void> {}

  async delWill(): Promise<void> {}

  streamWill(): Readable {
    return Readable.from([]);
  }
}
