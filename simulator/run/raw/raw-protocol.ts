import { must } from '../../../core/base/assert.ts';
import type { RawFeed, RawTransport } from '../../../core/protocol/raw-topic.ts';
import { teltonikaLogin } from '../../trackers/teltonika-binary.ts';

/** What a box and a listener say to each other beside the packets. */
export interface RawProtocol {
  /** What opens a connection, or null; the listener answers with one byte, 1 for yes. */
  readonly login: (device: string) => Uint8Array | null;
  /** The answer that lets the box forget a packet, byte for byte. */
  readonly answerTo: (packet: Uint8Array) => Uint8Array;
}

const TCP_COUNT_AT = 9;
const UDP_CHANNEL_AT = 2;
const UDP_PACKET_ID_AT = 5;
const UDP_COUNT_AT = 24;

const protocols: Readonly<Record<RawFeed, Readonly<Record<RawTransport, RawProtocol>>>> = {
  teltonika: {
    tcp: {
      login: teltonikaLogin,
      answerTo: (packet) => Uint8Array.of(0, 0, 0, byteAt(packet, TCP_COUNT_AT)),
    },
    udp: {
      login: () => null,
      answerTo: (packet) => {
        const channel = packet.subarray(UDP_CHANNEL_AT, UDP_CHANNEL_AT + 2);
        return Uint8Array.of(
          0,
          5,
          ...channel,
          1,
          byteAt(packet, UDP_PACKET_ID_AT),
          byteAt(packet, UDP_COUNT_AT),
        );
      },
    },
  },
  queclink: {
    tcp: { login: () => null, answerTo: queclinkAnswer },
    udp: { login: () => null, answerTo: queclinkAnswer },
  },
};

export function rawProtocol(feed: RawFeed, transport: RawTransport): RawProtocol {
  return protocols[feed][transport];
}

/** A report is answered by its count; a heartbeat by version and count. */
function queclinkAnswer(packet: Uint8Array): Uint8Array {
  const text = Buffer.from(packet).toString('latin1').replace(/\$$/, '');
  const fields = text.split(',');
  const count = must(fields.at(-1), 'a report ends with its count');
  const answer = text.startsWith('+ACK:GTHBD')
    ? `+SACK:GTHBD,${fields[1] ?? ''},${count}$`
    : `+SACK:${count}$`;
  return Buffer.from(answer, 'latin1');
}

function byteAt(bytes: Uint8Array, at: number): number {
  return must(bytes[at], 'a whole packet');
}
