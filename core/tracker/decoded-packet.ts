import type { Result } from '../base/result.ts';
import type { TrackerProvider } from '../protocol/book.ts';
import type { Reading } from './reading.ts';
import type { Refusal } from './refusal.ts';

/** What a decoder is handed: the packet as it came, and nothing else. Decoders hold no state and read no clock. */
export interface TrackerPacket {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** A packet understood. Readings are oldest first and may be none (a connectivity status, a `null` field). */
export interface DecodedPacket {
  readonly provider: TrackerProvider;
  readonly kind: 'readings' | 'login' | 'ping' | 'status' | 'command';
  readonly device: string;
  readonly readings: readonly Reading[];
}

export type Decoder = (packet: TrackerPacket) => Result<DecodedPacket, Refusal>;
