import type { World } from '../../fold/world.ts';
import { vehicleStateTopic } from '../../protocol/outbound.ts';
import { publishPacket } from './publish-packet.ts';
import { describeState } from './vehicle-state.ts';

/** The states of vehicles as packets, each built once however many are told of it. */
export class StatePackets {
  /** States built since the start. */
  built = 0;
  readonly #world: World;
  readonly #isSimulated: boolean;
  readonly #topics: string[] = [];
  /** By slot; null for a vehicle nobody is told of. */
  readonly #payloads = new Map<number, { readonly change: number; readonly payload: Buffer | null }>();

  constructor(world: World, isSimulated: boolean) {
    this.#world = world;
    this.#isSimulated = isSimulated;
  }

  topicOf(slot: number): string {
    return (this.#topics[slot] ??= vehicleStateTopic(this.#world.vehicles[slot]?.vehicle ?? ''));
  }

  /** Null for a vehicle nobody is told of. */
  packetOf(slot: number, isRetained: boolean): Buffer | null {
    const change = this.#world.fleet.changedAt[slot] ?? 0;
    let kept = this.#payloads.get(slot);
    if (kept === undefined || kept.change !== change) {
      kept = { change, payload: this.#build(slot) };
      this.#payloads.set(slot, kept);
    }
    const { payload } = kept;
    return payload === null ? null : publishPacket(this.topicOf(slot), payload, { isRetained });
  }

  /** Frees what was built; who still needs it has it built again. */
  forget(): void {
    this.#payloads.clear();
  }

  #build(slot: number): Buffer | null {
    const state = describeState(this.#world, slot, this.#isSimulated);
    if (state === null) return null;
    this.built += 1;
    return Buffer.from(JSON.stringify(state));
  }
}
