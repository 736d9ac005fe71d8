import type { PacketRecord } from '../../protocol/journal-record.ts';

/** The first bytes of the last packets, so that a live view of a flood does not read the journal for each row. */
const HEADS_KEPT = 16_384;
/** A line of a screen; four megabytes in all. */
export const HEAD_BYTES = 256;

/** What is shown of a packet in a list. */
export interface PacketHead {
  readonly position: number;
  readonly topic: string;
  readonly clientId: string;
  readonly receivedAtMs: number;
  /** Bytes of the payload as sent. */
  readonly bytes: number;
  readonly head: Uint8Array;
}

export class PacketHeads {
  readonly #bytes = new Uint8Array(HEADS_KEPT * HEAD_BYTES);
  readonly #heads: (Omit<PacketHead, 'head'> | undefined)[] = [];
  /** The slot of the packet at a journal position, while it is kept. */
  readonly #slotByPosition = new Map<number, number>();
  #next = 0;

  note({ position, topic, clientId, receivedAtMs, payload, omittedBytes }: PacketRecord): void {
    const slot = this.#next;
    this.#next = (slot + 1) % HEADS_KEPT;
    const before = this.#heads[slot];
    if (before !== undefined) this.#slotByPosition.delete(before.position);
    const at = slot * HEAD_BYTES;
    for (let i = 0; i < HEAD_BYTES && i < payload.length; i += 1) this.#bytes[at + i] = payload[i] ?? 0;
    const bytes = payload.length + omittedBytes;
    this.#heads[slot] = { position, topic, clientId, receivedAtMs, bytes };
    this.#slotByPosition.set(position, slot);
  }

  /** Null for a packet that is not kept any more. */
  at(position: number): PacketHead | null {
    const slot = this.#slotByPosition.get(position);
    const head = slot === undefined ? undefined : this.#heads[slot];
    if (slot === undefined || head === undefined) return null;
    const start = slot * HEAD_BYTES;
    return { ...head, head: this.#bytes.slice(start, start + Math.min(head.bytes, HEAD_BYTES)) };
  }
}
