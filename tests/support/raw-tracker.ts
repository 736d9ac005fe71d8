import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A tracker with nothing between the test and the bytes: it sends what it is told and keeps what comes back. */
export interface RawTracker {
  readonly socket: Socket;
  /** Everything that came back, in hexadecimal. */
  readonly received: () => string;
  isClosed(): boolean;
  send(...bytes: readonly (Uint8Array | string)[]): void;
  /** Resolves when the condition holds, looking at it whenever something arrives or the connection closes. */
  until(condition: () => boolean): Promise<void>;
}

/**
 * Connects without saying anything yet. `from` is the local address, such as 127.0.0.2. A stubborn one does not hang up
 * when the other end does.
 */
export async function rawTracker(port: number, from = '127.0.0.1', isStubborn = false): Promise<RawTracker> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    localAddress: from,
    noDelay: true,
    allowHalfOpen: isStubborn,
  });
  const received: Buffer[] = [];
  let isClosed = false;
  const waits = new Waits();
  socket.on('data', (chunk) => {
    received.push(chunk);
    waits.look();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
    waits.look();
  });
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    received: () => Buffer.concat(received).toString('hex'),
    isClosed: () => isClosed,
    send: (...bytes) => void socket.write(Buffer.concat(bytes.map((each) => Buffer.from(each)))),
    until: (condition) => waits.until(condition),
  };
}

/** A tracker that sends datagrams. */
export interface RawDatagrams {
  /** Datagrams that came back, in hexadecimal. */
  readonly received: readonly string[];
  send(bytes: Uint8Array | string): Promise<void>;
  until(condition: () => boolean): Promise<void>;
}

export async function rawDatagrams(port: number, from = '127.0.0.1'): Promise<RawDatagrams> {
  const socket = createSocket('udp4');
  const received: string[] = [];
  const waits = new Waits();
  socket.on('message', (message) => {
    received.push(message.toString('hex'));
    waits.look();
  });
  onTestFinished(() => void socket.close());
  await new Promise<void>((resolve) => socket.bind({ address: from, port: 0 }, resolve));
  return {
    received,
    send: (bytes) =>
      new Promise((resolve) => socket.send(Buffer.from(bytes), port, '127.0.0.1', () => resolve())),
    until: (condition) => waits.until(condition),
  };
}

class Waits {
  #waiting: { condition: () => boolean; resolve: () => void }[] = [];

  look(): void {
    const met = this.#waiting.filter(({ condition }) => condition());
    this.#waiting = this.#waiting.filter((each) => !met.includes(each));
    for (const { resolve } of met) resolve();
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ condition, resolve });
      this.look();
    });
  }
}
