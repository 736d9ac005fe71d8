import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Answer, OpenedLine, RawLine } from './raw-box.ts';
import { type RawProtocol, rawProtocol } from './raw-protocol.ts';
import type { LineTo } from './tcp-line.ts';

/** A datagram may be lost, so a tracker asks again sooner than over TCP. */
const DATAGRAM_PATIENCE_MS = 5_000;

/** Opens a socket for datagrams to one address; whether somebody is there shows when one is sent. */
export async function openUdpLine({ host, port, feed }: LineTo): Promise<OpenedLine> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.connect(port, host, () => resolve(true));
  });
  if (!isConnected) return { problem: 'unreachable' };
  return { line: new UdpLine(socket, rawProtocol(feed, 'udp')) };
}

class UdpLine implements RawLine {
  private readonly socket: Socket;
  private readonly protocol: RawProtocol;
  private onAnswer: ((answer: Buffer | null) => void) | null = null;

  constructor(socket: Socket, protocol: RawProtocol) {
    this.socket = socket;
    this.protocol = protocol;
    socket.removeAllListeners('error');
    socket.on('message', (answer) => this.onAnswer?.(answer));
    // The machine's word that nobody listens there.
    socket.on('error', () => this.onAnswer?.(null));
  }

  send(packet: Uint8Array): Promise<Answer> {
    const expected = this.protocol.answerTo(packet);
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        this.onAnswer = null;
        resolve(answer);
      };
      const timer = setTimeout(() => settle('no-answer'), DATAGRAM_PATIENCE_MS);
      this.onAnswer = (answer) => {
        if (answer === null) settle('unreachable');
        // An answer to an earlier copy may come late; it is not this one's.
        else if (Buffer.compare(answer, expected) === 0) settle('acknowledged');
      };
      this.socket.send(packet, (error) => {
        if (error !== null) settle('unreachable');
      });
    });
  }

  sendDamaged(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.socket.send(bytes, () => resolve()));
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.socket.close(() => resolve()));
  }
}
