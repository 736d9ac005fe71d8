import type { DistanceUnit } from '../base/distance.ts';
import type { Result } from '../base/result.ts';
import type { TrackerProvider } from '../protocol/book.ts';
import type { Transport } from '../protocol/raw-topic.ts';
import type { Reading } from './reading.ts';
import type { Refusal } from './refusal.ts';

/** What a decoder is handed: the packet as it came, and nothing else. Decoders hold no state and read no clock. */
export interface TrackerPacket {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** What a packet tried by hand may need to have said about it; a packet from the journal has none of it. */
  readonly context?: PacketContext;
}

/** What surrounds a packet and is not in it. */
export interface PacketContext {
  /** The tracker's model, where model families mean different things by one id ("FMC650"). */
  readonly model?: string;
  /** The resource that was asked for, where the body does not say ("cockpit"). */
  readonly resource?: string;
  /** Of an HTTP answer, names in small letters. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The unit the vehicle is known to report in; only used for a value that names none. */
  readonly knownUnit?: DistanceUnit;
  readonly transport?: Transport;
}

/** A packet understood. Readings are oldest first and may be none (a connectivity status, a `null` field). */
export interface DecodedPacket {
  readonly provider: TrackerProvider;
  readonly kind: 'readings' | 'login' | 'ping' | 'status' | 'command';
  /** The name the feed gives the device; empty when neither packet nor topic says it (a binary frame tried by hand). */
  readonly device: string;
  /**
   * Whose names they are, where a device's name is only unique there: an account, a server's namespace. Two devices of
   * one name in two scopes are two devices.
   */
  readonly scope?: string;
  readonly readings: readonly Reading[];
  /** What the tracker waits for, to be sent once its packet is on disk. */
  readonly reply?: Uint8Array;
  /** The feed says that the vehicle's connection came up or went down. */
  readonly isOnline?: boolean;
}

export type Decoder = (packet: TrackerPacket) => Result<DecodedPacket, Refusal>;

/** The device's name among all of its feed. */
export function deviceName({ device, scope }: Pick<DecodedPacket, 'device' | 'scope'>): string {
  return scope === undefined ? device : `${scope}/${device}`;
}
