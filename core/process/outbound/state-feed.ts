import { coversFilter, haveCommonTopic } from '../door/filter-relations.ts';
import { matchesFilter } from '../door/topic-filter.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { VEHICLE_STATE_FILTER } from '../../protocol/outbound.ts';
import type { StatePackets } from './state-packets.ts';

/**
 * One subscription's way through the fleet: a round goes over the vehicles that changed since the round before, and can
 * stop anywhere. What changes meanwhile is sent as it is when its turn comes, so a slow client hears less often, and
 * nothing is queued for it. The first round is of every vehicle: what an MQTT broker would have retained.
 */
export class StateFeed {
  /** False for a filter that matches no vehicle's state. */
  readonly isOfStates: boolean;
  readonly #filter: string;
  readonly #isOfAll: boolean;
  #isFirstRound = true;
  #sinceChange = 0;
  #upToChange = 0;
  #nextSlot = 0;
  #isUnderWay = false;

  constructor(filter: string) {
    this.#filter = filter;
    this.isOfStates = haveCommonTopic(filter, VEHICLE_STATE_FILTER);
    this.#isOfAll = coversFilter(filter, VEHICLE_STATE_FILTER);
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Begins a round when something changed; one that is under way goes on. */
  begin({ changeCounter }: Fleet): void {
    if (this.#isUnderWay || !this.isOfStates) return;
    this.#isUnderWay = changeCounter > this.#sinceChange;
    this.#upToChange = changeCounter;
    this.#nextSlot = 0;
    if (!this.#isUnderWay) this.#isFirstRound = false;
  }

  /** The next vehicle's packet; null when the round is over. */
  next(fleet: Fleet, packets: StatePackets): Buffer | null {
    while (this.#isUnderWay && this.#nextSlot < fleet.count) {
      const slot = this.#nextSlot;
      this.#nextSlot += 1;
      if ((fleet.changedAt[slot] ?? 0) <= this.#sinceChange || !this.#isOf(slot, packets)) continue;
      const packet = packets.packetOf(slot, this.#isFirstRound);
      if (packet !== null) return packet;
    }
    if (this.#isUnderWay) this.#end();
    return null;
  }

  #isOf(slot: number, packets: StatePackets): boolean {
    return this.#isOfAll || matchesFilter(this.#filter, packets.topicOf(slot));
  }

  #end(): void {
    this.#isUnderWay = false;
    this.#isFirstRound = false;
    this.#sinceChange = this.#upToChange;
  }
}
