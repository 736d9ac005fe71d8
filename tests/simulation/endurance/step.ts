/**
 * One thing that happens in an endurance run. Every step carries all it needs, so that a script from which steps were
 * taken still means the same. Vehicles are named by their number in the fleet.
 */
export type Step =
  /** Time passes by plan, in whole looks: after each every tracker says what is new. */
  | { readonly do: 'drive'; readonly looks: number; readonly lookMinutes: number }
  /** Vehicles drive their streets, heard of every minute. From then on they never drive by plan again. */
  | { readonly do: 'drive streets'; readonly minutes: number }
  /** The next delivery of a tracker is lost on the way; it keeps what was not acknowledged, and sends it again. */
  | { readonly do: 'lose'; readonly vehicle: number }
  /** A tracker has no network until it is released. */
  | { readonly do: 'hold'; readonly vehicle: number }
  | { readonly do: 'release'; readonly vehicle: number; readonly order: Order }
  /** What a tracker delivered lately comes again. */
  | { readonly do: 'send again'; readonly vehicle: number; readonly packets: number; readonly order: Order }
  /** Everybody sends again what it delivered lately. */
  | { readonly do: 'flood'; readonly packets: number; readonly order: Order }
  /** A tracker says an odometer that is off by so much, once. */
  | { readonly do: 'show wrong'; readonly vehicle: number; readonly kilometres: number }
  /** A workshop fits another odometer, which opens with so much more than the least such a one shows. */
  | { readonly do: 'replace odometer'; readonly vehicle: number; readonly kilometres: number }
  /** Staff takes down which odometers were replaced. */
  | { readonly do: 'decide replacements' }
  /** The product's own clock is put forward, or a little back. */
  | { readonly do: 'step clock'; readonly minutes: number }
  /** Everything that is due for periods that are over is issued: invoices, and corrections of earlier ones. */
  | { readonly do: 'close periods' }
  | { readonly do: 'snapshot' }
  /** Stopped properly, and started. */
  | { readonly do: 'restart' }
  | { readonly do: 'kill'; readonly during: 'deliveries' | 'closing' | 'nothing'; readonly crash: Crash }
  | { readonly do: 'verify' };

export type Order = 'as sent' | 'newest first' | 'shuffled';

/** Where the process dies, and what is left of what was not synced. */
export interface Crash {
  /** Batches that get through before. */
  readonly batchesBefore: number;
  /** In a write, after it and before its sync, or after the sync and before anybody is told. */
  readonly at: 'write' | 'sync' | 'synced';
  /** Part of the unsynced bytes that reached the disk nevertheless, 0 to 1. */
  readonly keptShare: number;
  /** The first half of those holds noughts: a disk writes its pages in any order. */
  readonly isGarbled: boolean;
}

export interface Script {
  readonly seed: number;
  readonly steps: readonly Step[];
}
