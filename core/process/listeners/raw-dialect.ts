import type { RawFeed } from '../../protocol/raw-topic.ts';
import type { Framing } from '../../tracker/framing.ts';

/** How a feed's trackers speak over TCP and UDP: all that a listener knows of them. */
export interface RawDialect {
  readonly feed: RawFeed;
  /** The handshake that opens a connection; null where every message names its device. */
  readonly login: RawLogin | null;
  /** Cuts a connection's bytes, after the login, into packets. */
  readonly framing: Framing;
  /** The device a packet names; null where it names none. */
  readonly deviceOf: (packet: Uint8Array) => string | null;
  /** Cuts a datagram into packets. */
  readonly datagramFraming: Framing;
  readonly deviceOfDatagram: (packet: Uint8Array) => string | null;
}

export interface RawLogin {
  readonly framing: Framing;
  readonly deviceOf: (login: Uint8Array) => string | null;
  readonly accepted: Uint8Array;
  readonly refused: Uint8Array;
}

/** The packets of one datagram. What is left without an end is a packet too: its decoder says what is wrong with it. */
export function packetsOfDatagram(framing: Framing, datagram: Buffer): readonly Buffer[] {
  const packets: Buffer[] = [];
  let start = 0;
  while (start < datagram.length) {
    const step = framing(datagram, start);
    if (step.step === 'more' || step.step === 'broken') return [...packets, datagram.subarray(start)];
    if (step.step === 'frame') packets.push(datagram.subarray(start, step.end));
    start = step.end;
  }
  return packets;
}
