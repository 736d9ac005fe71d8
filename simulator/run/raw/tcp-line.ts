import { connect, type Socket } from 'node:net';
import type { RawFeed } from '../../../core/protocol/raw-topic.ts';
import type { Answer, OpenedLine, RawLine } from './raw-box.ts';
import { type RawProtocol, rawProtocol } from './raw-protocol.ts';

/** Where a line goes, and who speaks. */
export interface LineTo {
  readonly host: string;
  readonly port: number;
  readonly feed: RawFeed;
  readonly device: string;
}

/** A product that is busy with its disk may need a while; a tracker waits about so long. */
export const ANSWER_PATIENCE_MS = 20_000;
const ACCEPTED = 1;

/** Connects, and logs in where the feed asks for it. */
export async function openTcpLine({ host, port, feed, device }: LineTo): Promise<OpenedLine> {
  const socket = await connected(host, port);
  if (socket === null) return { problem: 'unreachable' };
  const line = new TcpLine(socket, rawProtocol(feed, 'tcp'));
  const login = rawProtocol(feed, 'tcp').login(device);
  if (login === null) return { line };
  const answer = await line.ask(login, 1);
  if (answer?.[0] === ACCEPTED) return { line };
  await line.close();
  // No answer is a product that went away in the middle; a 0 is a no.
  return { problem: answer === null ? 'unreachable' : 'turned-away' };
}

class TcpLine implements RawLine {
  private readonly socket: Socket;
  private readonly protocol: RawProtocol;
  private heard = Buffer.alloc(0);
  private onChange: (() => void) | null = null;
  private isOver = false;

  constructor(socket: Socket, protocol: RawProtocol) {
    this.socket = socket;
    this.protocol = protocol;
    socket.on('data', (bytes: Buffer) => {
      this.heard = Buffer.concat([this.heard, bytes]);
      this.onChange?.();
    });
    const end = (): void => {
      this.isOver = true;
      this.onChange?.();
    };
    socket.on('close', end);
    socket.on('end', end);
    socket.on('error', () => socket.destroy());
  }

  async send(packet: Uint8Array): Promise<Answer> {
    const expected = this.protocol.answerTo(packet);
    const answer = await this.ask(packet, expected.length);
    return answer !== null && Buffer.compare(answer, expected) === 0 ? 'acknowledged' : 'no-answer';
  }

  sendDamaged(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (this.isOver) return resolve();
      this.socket.once('close', () => resolve());
      this.socket.end(bytes, () => resolve());
    });
  }

  /** Writes, and waits for so many bytes; null when the connection ends or the patience does. */
  ask(bytes: Uint8Array, answerLength: number): Promise<Buffer | null> {
    return new Promise((resolve) => {
      const settle = (answer: Buffer | null): void => {
        clearTimeout(timer);
        this.onChange = null;
        resolve(answer);
      };
      const timer = setTimeout(() => settle(null), ANSWER_PATIENCE_MS);
      this.onChange = () => {
        if (this.heard.length >= answerLength) {
          const answer = this.heard.subarray(0, answerLength);
          this.heard = this.heard.subarray(answerLength);
          settle(answer);
        } else if (this.isOver) settle(null);
      };
      if (!this.isOver) this.socket.write(bytes);
      this.onChange();
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.closed) return resolve();
      this.socket.once('close', () => resolve());
      this.socket.destroy();
    });
  }
}

function connected(host: string, port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => resolve(null));
  });
}
