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

/** Columns and no objects: every packet passes here, and few are ever looked at. */
export class PacketHeads {
  readonly #heads = new Uint8Array(HEADS_KEPT * HEAD_BYTES);
  /** Rising from the oldest to the newest, as the journal's positions do. */
  readonly #positions = new Float64Array(HEADS_KEPT);
  readonly #receivedAtMs = new Float64Array(HEADS_KEPT);
  readonly #bytes = new Float64Array(HEADS_KEPT);
  readonly #topics: string[] = [];
  readonly #clientIds: string[] = [];
  #count = 0;

  note({ position, topic, clientId, receivedAtMs, payload, omittedBytes }: PacketRecord): void {
    const slot = this.#count % HEADS_KEPT;
    this.#count += 1;
    this.#heads.set(
      payload.length > HEAD_BYTES ? payload.subarray(0, HEAD_BYTES) : payload,
      slot * HEAD_BYTES,
    );
    this.#positions[slot] = position;
    this.#receivedAtMs[slot] = receivedAtMs;
    this.#bytes[slot] = payload.length + omittedBytes;
    this.#topics[slot] = topic;
    this.#clientIds[slot] = clientId;
  }

  /** Null for a packet that is not kept any more. */
  at(position: number): PacketHead | null {
    const slot = this.#slotOf(position);
    const topic = this.#topics[slot];
    const clientId = this.#clientIds[slot];
    if (topic === undefined || clientId === undefined) return null;
    const bytes = this.#bytes[slot] ?? 0;
    const start = slot * HEAD_BYTES;
    const head = this.#heads.slice(start, start + Math.min(bytes, HEAD_BYTES));
    return { position, topic, clientId, receivedAtMs: this.#receivedAtMs[slot] ?? 0, bytes, head };
  }

  /** -1 when the packet of that position is not kept. */
  #slotOf(position: number): number {
    let low = Math.max(0, this.#count - HEADS_KEPT);
    let high = this.#count;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#positions[middle % HEADS_KEPT] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    const slot = low % HEADS_KEPT;
    return low < this.#count && this.#positions[slot] === position ? slot : -1;
  }
}
