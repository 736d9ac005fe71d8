/** Why a packet was not decoded. One list: reports, screens and tests use these names and no others. */
export const refusalReasons = [
  /** No decoder takes packets on this topic. */
  'unknown-topic',
  /** The topic names a decoder but not a usable device (an IMEI that is not 15 digits, a VIN that is none). */
  'bad-device-id',
  /** The topic's field or resource is none this feed has. */
  'unknown-resource',
  /** The payload is not UTF-8 text, or not JSON where JSON is due. */
  'not-json',
  /** Not text of the protocol this feed speaks: no header, no terminator, another protocol's frame. */
  'not-this-protocol',
  /** The frame ends before its own length, or goes on after it. */
  'length-mismatch',
  /** The two record counts of a frame differ, or its records are more or fewer than it counts. */
  'count-mismatch',
  /** The checksum is not that of the bytes. */
  'crc-mismatch',
  /** A codec or message version there is no decoder for. */
  'unsupported-codec',
  /** Encrypted by its sender: nobody but its owner can read it. */
  'encrypted',
  /** Marked as a test by its sender: nothing of it may be billed. */
  'test-message',
  /** JSON, but not of the shape this feed sends. */
  'unexpected-shape',
  /** A value is outside what it can physically be (latitude 123, battery 900 %). */
  'value-out-of-range',
  /** The feed reports an error instead of data. */
  'vendor-error',
  /** Over the broker's payload limit; the head of it is kept. */
  'payload-too-large',
  /** Our own decoder failed on it: a defect to report, with the packet as its evidence. */
  'decoder-fault',
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** A packet not taken: why, and what exactly was wrong with it. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly detail: string;
  /**
   * The frame arrived whole and only what it says is impossible: this is what its tracker waits for. Without it the
   * tracker would send the same frame for ever, and nothing behind it.
   */
  readonly reply?: Uint8Array;
}
