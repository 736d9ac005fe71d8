import type { AcceptLimits } from './accept-queue.ts';
import type { Rate } from './token-bucket.ts';

/** What one client, and all of them together, may ask of the broker. Every number has its reason beside it. */
export interface BrokerLimits extends AcceptLimits {
  /** A payload beyond this is kept by its head only. Trackers send hundreds of bytes; a buffered backlog some ten thousand. */
  readonly payloadBytesMax: number;
  /** How much of a payload over the limit is kept: enough to see what it was. */
  readonly payloadHeadBytes: number;
  /** A packet beyond this is not read to its end: the client is cut while the bytes arrive. */
  readonly packetBytesMax: number;
  /**
   * The same for one device, which is read in small pieces that are joined again: twice the longest payload that is
   * kept whole. Noise may claim any length, and is cut as soon as it does.
   */
  readonly devicePacketBytesMax: number;
  /** A client's packets on their way to disk at once; further ones wait, and its socket is not read. */
  readonly inFlightPacketsMax: number;
  /** The same in payload bytes. */
  readonly inFlightBytesMax: number;
  /** The same of all clients together: what a slow disk may cost in memory. Beyond it sockets are read from in turn. */
  readonly unacknowledgedBytesMax: number;
  /** Tens of kilobytes of memory each; the machine's limit on open files may come first. */
  readonly connectionsMax: number;
  /** A new connection is one to two milliseconds of work, twice that under TLS: half a core, and 5,000 come back in 15 s. */
  readonly connects: Rate;
  /** Two fleets of 5,000 that come back at once, for which a place each is all it takes; clients give up after 30 s or so. */
  readonly connectsWaitingMax: number;
  /** One such fleet may stand behind one address of a mobile network. */
  readonly connectsWaitingPerAddressMax: number;
  /** Cut for breaking the protocol or publishing where it may not. A careless client is cut once a minute, a bad one at once. */
  readonly faults: Rate;
  /** A fiftieth of a core; a fleet of 5,000 behind the same address is back in eight minutes. */
  readonly faultyConnects: Rate;
  /** MQTT 3.1 says 23 characters; trackers send serial numbers and certificates' names. */
  readonly clientIdCharactersMax: number;
  /** A connection sends its CONNECT within this, or is dropped. */
  readonly connectTimeoutMs: number;
  /** A client that asked for no keep-alive and says nothing: as long as the longest one MQTT knows, 65,535 s, allows. */
  readonly idleMsMax: number;
  /** A client that does not take its acknowledgements for this long is dropped. */
  readonly drainTimeoutMs: number;
  /** What waits to be sent to one client: thousands of acknowledgements. Who takes less than it asks for is dropped. */
  readonly outgoingBytesMax: number;
  /** What a client may subscribe to under `milepost/`: a filter a vehicle for a small fleet, one for a large one. */
  readonly subscriptionsMax: number;
  /**
   * A tracker says a few things a second; at 200 a day of a record every ten seconds is sent after in a minute. All of
   * a burst is taken in one go, which the others have to wait for: a few milliseconds.
   */
  readonly devicePackets: Rate;
  /**
   * What of one device's bytes is worked on before others have their turn: some thirty packets, a millisecond. A bridge
   * speaks for many, and is read from in whole.
   */
  readonly deviceReadBytesMax: number;
  /** Of a bridge, or a program of this machine: a million vehicles at a message in twenty seconds, more than a core takes. */
  readonly gatewayPackets: Rate;
  /** Over its rate without a pause for this long, a client is broken or hostile: a backlog of 60,000 has gone by then. */
  readonly overRateMsMax: number;
  /** The longest topics of the feeds have some 120. A longer one costs its sender the connection. */
  readonly topicCharactersMax: number;
  /** Levels of a topic: the feeds have at most ten. aedes' matcher stops at 100. */
  readonly topicLevelsMax: number;
  /** Unfinished QoS 2 handshakes a client may have; each holds a little memory until it is released. */
  readonly qos2HandshakesMax: number;
}

export const DEFAULT_LIMITS: BrokerLimits = {
  payloadBytesMax: 65_536,
  payloadHeadBytes: 1_024,
  packetBytesMax: 1_048_576,
  devicePacketBytesMax: 131_072,
  inFlightPacketsMax: 512,
  inFlightBytesMax: 262_144,
  unacknowledgedBytesMax: 128 * 1_048_576,
  connectionsMax: 50_000,
  connects: { perSecond: 300, burst: 500 },
  connectsWaitingMax: 10_000,
  connectsWaitingPerAddressMax: 5_000,
  faults: { perSecond: 1, burst: 60 },
  faultyConnects: { perSecond: 10, burst: 1 },
  clientIdCharactersMax: 128,
  connectTimeoutMs: 10_000,
  idleMsMax: 65_535 * 1_500,
  drainTimeoutMs: 5_000,
  outgoingBytesMax: 262_144,
  subscriptionsMax: 200,
  devicePackets: { perSecond: 200, burst: 200 },
  deviceReadBytesMax: 8_192,
  gatewayPackets: { perSecond: 50_000, burst: 100_000 },
  overRateMsMax: 5 * 60_000,
  topicCharactersMax: 512,
  topicLevelsMax: 32,
  qos2HandshakesMax: 1_000,
};
