/** Why a raw tracker was turned away or cut. The same names as the broker's where it is the same reason. */
export const rawRefusals = [
  /** Nothing came in time. */
  'silent',
  /** No vehicle carries a tracker of this name. */
  'unclaimed-device',
  /** The address is in none of the networks of the device's group. */
  'network-not-allowed',
  /** The name is in use from another address. */
  'second-address',
  /** The connection went on as another device. */
  'device-changed',
  /** Bytes in which no packet can be found, or that name no device. */
  'broken-frame',
  /** A frame or login that began and was not whole in time. */
  'too-slow',
  /** More bytes without a whole frame than allowed. */
  'packet-over-hard-limit',
  /** Said nothing for longer than a parked tracker does. */
  'idle',
  /** Does not take its replies. */
  'replies-unread',
  /** There were as many connections, or connections of unknown trackers, as allowed. */
  'too-many-connections',
  /** Datagrams came faster than the disk took them. */
  'over-rate-limit',
] as const;

export type RawRefusal = (typeof rawRefusals)[number];

/** What the listeners have seen since they started. */
export interface RawCounters {
  /** Frames and datagrams' packets handed to the journal. */
  packetsTaken: number;
  /** Replies given after their packet was on disk. Not every packet asks for one. */
  acknowledged: number;
  /** By reason; only reasons there were. */
  readonly refused: Partial<Record<RawRefusal, number>>;
}

export function newRawCounters(): RawCounters {
  return { packetsTaken: 0, acknowledged: 0, refused: {} };
}
