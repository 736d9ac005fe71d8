/** What one raw tracker, and all of them together, may ask of the listeners. Every number has its reason beside it. */
export interface RawLimits {
  /** Connections of one listener. A quiet one takes a few kilobytes; the machine's limit on open files may come first. */
  readonly connectionsMax: number;
  /** Connections that have not said who they are; when there are more, the oldest goes, as honest ones need a second. */
  readonly unknownConnectionsMax: number;
  /** A connection says who it is within this. A tracker on a 2G network takes some seconds. */
  readonly loginTimeoutMs: number;
  /** What a connection may send before it is known who it is: a login, or the first message of a feed without one. */
  readonly unknownBytesMax: number;
  /** Bytes of a frame, and bytes without a frame, keep-alives included. Trackers build frames of a few kilobytes. */
  readonly frameBytesMax: number;
  /** A frame that has begun is whole within this; a backlog of records over a bad network takes some seconds. */
  readonly frameTimeoutMs: number;
  /** A connection that says nothing for this long is closed; parked trackers report or beat hourly, or connect anew. */
  readonly idleTimeoutMs: number;
  /** A connection's frames on their way to disk at once; beyond it, its socket is not read. Most trackers send one. */
  readonly inFlightFramesMax: number;
  /** The same in bytes. */
  readonly inFlightBytesMax: number;
  /** Replies a tracker has not taken. They are some bytes each, so this many means that it reads none. */
  readonly replyBytesMax: number;
  /** How long the answer to a refused tracker may take to leave. */
  readonly farewellMs: number;
  /** A tracker that spoke within this keeps its place against one of the same name from another address. */
  readonly secondAddressHoldMs: number;
  /** Datagrams on their way to disk; further ones are dropped, unanswered, and come again. */
  readonly datagramsInFlightMax: number;
  /** Notes and log lines about refused devices and second addresses, each once a minute; the counters count all. */
  readonly notesPerMinuteMax: number;
  /** How often every connection is admitted anew, as a binding may also end by time. A decision is acted on at once. */
  readonly recheckEveryMs: number;
  /** How long closing waits for the journal to settle what it has. */
  readonly closePatienceMs: number;
}

export const DEFAULT_RAW_LIMITS: RawLimits = {
  connectionsMax: 20_000,
  unknownConnectionsMax: 1_000,
  loginTimeoutMs: 30_000,
  unknownBytesMax: 4_096,
  frameBytesMax: 65_536,
  frameTimeoutMs: 60_000,
  idleTimeoutMs: 65 * 60_000,
  inFlightFramesMax: 64,
  inFlightBytesMax: 262_144,
  replyBytesMax: 65_536,
  farewellMs: 1_000,
  secondAddressHoldMs: 2 * 60_000,
  datagramsInFlightMax: 1_024,
  notesPerMinuteMax: 60,
  recheckEveryMs: 60_000,
  closePatienceMs: 5_000,
};
