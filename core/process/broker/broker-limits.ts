/** What one client, and all of them together, may ask of the broker. Every number has its reason beside it. */
export interface BrokerLimits {
  /** A payload beyond this is kept by its head only. Trackers send hundreds of bytes; a buffered backlog some ten thousand. */
  readonly payloadBytesMax: number;
  /** How much of a payload over the limit is kept: enough to see what it was. */
  readonly payloadHeadBytes: number;
  /** A packet beyond this is not read to its end: the client is cut while the bytes arrive. */
  readonly packetBytesMax: number;
  /** A client's packets on their way to disk at once; further ones wait, and its socket is not read. */
  readonly inFlightPacketsMax: number;
  /** The same in payload bytes. */
  readonly inFlightBytesMax: number;
  /** Tens of kilobytes of memory each; the machine's limit on open files may come first. */
  readonly connectionsMax: number;
  /** MQTT 3.1 says 23 characters; trackers send serial numbers and certificates' names. */
  readonly clientIdCharactersMax: number;
  /** A connection sends its CONNECT within this, or is dropped. */
  readonly connectTimeoutMs: number;
  /** A client that does not take its acknowledgements for this long is dropped. */
  readonly drainTimeoutMs: number;
  /** Topic levels aedes' matcher can take; more is a protocol error. */
  readonly topicLevelsMax: number;
  /** Unfinished QoS 2 handshakes a client may have; each holds a little memory until it is released. */
  readonly qos2HandshakesMax: number;
}

export const DEFAULT_LIMITS: BrokerLimits = {
  payloadBytesMax: 65_536,
  payloadHeadBytes: 1_024,
  packetBytesMax: 1_048_576,
  inFlightPacketsMax: 512,
  inFlightBytesMax: 262_144,
  connectionsMax: 50_000,
  clientIdCharactersMax: 128,
  connectTimeoutMs: 10_000,
  drainTimeoutMs: 5_000,
  topicLevelsMax: 32,
  qos2HandshakesMax: 1_000,
};
