/** Who speaks as a device at present: a connection, or the address its datagrams come from. */
export interface Speaker {
  readonly address: string;
  /** False for datagrams: they leave nothing open that would have to go. */
  readonly isConnected: boolean;
  /** When it last said something whole, on the listeners' clock. */
  readonly spokeAtMs: number;
  /** Another one has its place. */
  replaced(): void;
}

/** `alone`: nobody else speaks as this device from another address. Else the first one was `replaced`, or has `kept` its place. */
export type Claim =
  | { readonly claim: 'alone' }
  | { readonly claim: 'replaced' | 'kept'; readonly first: Speaker };

/**
 * One speaker a device. A tracker that lost its network comes back from another address while its old connection still
 * looks alive, so a newcomer wins unless the first one spoke a moment ago.
 */
export class LiveDevices {
  readonly #speakers = new Map<string, Speaker>();
  readonly #holdMs: number;

  constructor(holdMs: number) {
    this.#holdMs = holdMs;
  }

  /** Gives the newcomer the device's place, unless the first one keeps it. */
  claim(device: string, newcomer: Speaker, nowMs: number): Claim {
    const first = this.#speakers.get(device);
    const isElsewhere = first !== undefined && first.address !== newcomer.address;
    const isFresh = first !== undefined && nowMs - first.spokeAtMs < this.#holdMs;
    if (isElsewhere && isFresh) return { claim: 'kept', first };
    this.#speakers.set(device, newcomer);
    first?.replaced();
    return isElsewhere && first.isConnected ? { claim: 'replaced', first } : { claim: 'alone' };
  }

  release(device: string, speaker: Speaker): void {
    if (this.#speakers.get(device) === speaker) this.#speakers.delete(device);
  }
}
