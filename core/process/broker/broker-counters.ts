import type { TlsCounters } from '../door/tls-listener.ts';

/** What the broker has seen since it started. Refusals are counted here because there is no packet to count them by. */
export interface BrokerCounters extends TlsCounters {
  /** PUBLISH packets handed to the journal, or waiting to be; last wills included. */
  packetsTaken: number;
  /** PUBACKs written, and QoS 2 packets handed on to their handshake. QoS 0 has none. */
  acknowledged: number;
  mqtt5Refused: number;
  /** First bytes that were no MQTT CONNECT. */
  notMqtt: number;
  /** Connections that said nothing usable in time. */
  silent: number;
  /** Payloads kept by their head only. */
  overPayloadLimit: number;
  /** Clients cut in the middle of a packet over the hard limit. */
  overPacketLimit: number;
  /** Connections turned away because there were as many as allowed. */
  overConnectionLimit: number;
  /** Connections that waited because many came at once. */
  connectsDelayed: number;
  /** Connections turned away because as many waited as may. */
  overConnectRate: number;
  /** CONNECTs without a right name and secret, or certificate. */
  badCredentials: number;
  /** CONNECTs with a revoked credential, and clients cut when theirs was revoked. */
  credentialRevoked: number;
  /** CONNECTs turned away because too many passwords waited to be checked. */
  tooManyGuesses: number;
  /** CONNECTs with the client id of somebody else who is connected. */
  clientIdTaken: number;
  /** Clients cut for publishing where they may not, and last wills dropped for it. */
  notAllowedToPublish: number;
  /** Subscriptions refused: to what the client may not hear, or one too many. */
  notAllowedToSubscribe: number;
  /** Clients cut for a topic too long or too deep. */
  overTopicLimit: number;
  /** How often a client was not read from because it was over its rate. */
  heldForRate: number;
  /** How often a client was not read from because too much of all clients was on its way to disk. */
  heldForMemory: number;
  /** Clients cut for having been over their rate too long. */
  overRateLimit: number;
  /** Clients cut for not taking what was sent to them. */
  tooSlow: number;
  /** Clients without a keep-alive cut for saying nothing. */
  idle: number;
  /** Clients cut for breaking the protocol, timing out or losing their connection in the middle. */
  clientErrors: number;
}

export function newBrokerCounters(): BrokerCounters {
  return {
    packetsTaken: 0,
    acknowledged: 0,
    mqtt5Refused: 0,
    notMqtt: 0,
    silent: 0,
    overPayloadLimit: 0,
    overPacketLimit: 0,
    overConnectionLimit: 0,
    connectsDelayed: 0,
    overConnectRate: 0,
    badCredentials: 0,
    credentialRevoked: 0,
    tooManyGuesses: 0,
    clientIdTaken: 0,
    notAllowedToPublish: 0,
    notAllowedToSubscribe: 0,
    overTopicLimit: 0,
    heldForRate: 0,
    heldForMemory: 0,
    overRateLimit: 0,
    tooSlow: 0,
    idle: 0,
    clientErrors: 0,
    tooOldTls: 0,
    stalledHandshakes: 0,
    failedHandshakes: 0,
    overHandshakeLimit: 0,
  };
}

/** The refusals by the name people know them by; only those there were. */
export function refusalsByReason(counters: Readonly<BrokerCounters>): Record<string, number> {
  const reasons = {
    'mqtt5-unsupported': counters.mqtt5Refused,
    'not-mqtt': counters.notMqtt,
    silent: counters.silent,
    'packet-over-hard-limit': counters.overPacketLimit,
    'too-many-connections': counters.overConnectionLimit,
    'too-many-connects': counters.overConnectRate,
    'bad-credentials': counters.badCredentials,
    'credential-revoked': counters.credentialRevoked,
    'too-many-guesses': counters.tooManyGuesses,
    'client-id-taken': counters.clientIdTaken,
    'not-allowed-to-publish': counters.notAllowedToPublish,
    'not-allowed-to-subscribe': counters.notAllowedToSubscribe,
    'topic-over-limit': counters.overTopicLimit,
    'over-rate-limit': counters.overRateLimit,
    'too-slow': counters.tooSlow,
    idle: counters.idle,
    'broken-off': counters.clientErrors,
    'tls-too-old': counters.tooOldTls,
    'handshake-stalled': counters.stalledHandshakes,
    'handshake-failed': counters.failedHandshakes,
    'too-many-handshakes': counters.overHandshakeLimit,
  };
  return Object.fromEntries(Object.entries(reasons).filter(([, count]) => count > 0));
}
