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
    clientErrors: 0,
    tooOldTls: 0,
    stalledHandshakes: 0,
    failedHandshakes: 0,
    overHandshakeLimit: 0,
  };
}
