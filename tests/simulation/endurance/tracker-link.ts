import { randomStream } from '../../../core/base/random.ts';
import type { Said } from './endurance-fleet.ts';
import { entryOf, packetKey } from './packet-key.ts';
import type { Order } from './step.ts';

/** So much is remembered of what was delivered. */
const REMEMBERED_MAX = 120;

/** What lies between a tracker and the product: it keeps what was not acknowledged, in order. */
export class TrackerLink {
  isHeld = false;
  /** What goes out next is lost on the way. */
  isLosing = false;
  #waiting: Said[] = [];
  #delivered: Said[] = [];

  add(said: readonly Said[]): void {
    this.#waiting.push(...said);
  }

  get isClear(): boolean {
    return !this.isHeld && this.#waiting.length === 0;
  }

  /** What reaches the product now. It stays here until it is acknowledged. */
  outgoing(): readonly Said[] {
    if (this.isHeld) return [];
    const isLost = this.isLosing;
    this.isLosing = false;
    return isLost ? [] : [...this.#waiting];
  }

  acknowledged(packet: Said): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== packet);
    this.#delivered = [...this.#delivered.slice(1 - REMEMBERED_MAX), packet];
  }

  release(order: Order): void {
    this.isHeld = false;
    this.#waiting = inOrder(this.#waiting, order);
  }

  /** What was delivered lately, to come again. */
  again(packets: number, order: Order): readonly Said[] {
    return this.isHeld ? [] : inOrder(this.#delivered.slice(-packets), order);
  }

  forgetDelivered(): void {
    this.#delivered = [];
  }
}

function inOrder(packets: readonly Said[], order: Order): Said[] {
  switch (order) {
    case 'as sent':
      return [...packets];
    case 'newest first':
      return packets.toReversed();
    case 'shuffled':
      return packets
        .map((packet, i) => ({ packet, rank: randomStream(packetKey(entryOf(packet)), i).next() }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ packet }) => packet);
  }
}
