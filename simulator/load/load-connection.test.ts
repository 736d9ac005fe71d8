import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { generate, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import { expect, onTestFinished, test } from 'vitest';
import { connectTimes, sourceAddress } from './connect-ramp.ts';
import { type ConnectionListener, type Flight, LoadConnection, OUTSTANDING_MAX } from './load-connection.ts';

/** macOS has the first address of loopback only, until somebody adds more. */
const SECOND_ADDRESS = process.platform === 'darwin' ? '127.0.0.1' : '127.0.0.2';

/** A broker that lets everybody in (or nobody), and acknowledges what the test says. */
async function broker(returnCode = 0) {
  const packets: Packet[] = [];
  const sockets: Socket[] = [];
  let heard: () => void = () => undefined;
  const server = createServer((socket) => {
    sockets.push(socket);
    const reading = parser({ protocolVersion: 4 });
    reading.on('packet', (packet) => {
      if (packet.cmd === 'connect') {
        socket.write(generate({ cmd: 'connack', returnCode, sessionPresent: false }));
      }
      packets.push(packet);
      heard();
    });
    socket.on('data', (chunk) => reading.parse(chunk));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    publishes: () => packets.filter((packet): packet is IPublishPacket => packet.cmd === 'publish'),
    until: async (isSo: () => boolean) => {
      while (!isSo()) await new Promise<void>((resolve) => (heard = resolve));
    },
    acknowledge: (messageId: number) => sockets.at(-1)?.write(generate({ cmd: 'puback', messageId })),
  };
}

function recorder() {
  const seen: string[] = [];
  let told: () => void = () => undefined;
  const note = (words: string): void => {
    seen.push(words);
    told();
  };
  const listener: ConnectionListener = {
    connected: () => note('connected'),
    lost: (reason) => note(`lost: ${reason}`),
    sent: ({ messageId }: Flight) => note(`sent ${messageId}`),
    resent: (flights) => note(`resent ${flights}`),
    acknowledged: ({ messageId }: Flight) => note(`acknowledged ${messageId}`),
  };
  const until = async (words: string): Promise<void> => {
    while (!seen.includes(words)) await new Promise<void>((resolve) => (told = resolve));
  };
  return { seen, listener, until };
}

function open(port: number, listener: ConnectionListener): LoadConnection {
  const connection = new LoadConnection({
    host: '127.0.0.1',
    port,
    localAddress: SECOND_ADDRESS,
    login: null,
    clientId: 'fmc-1',
    listener,
  });
  onTestFinished(() => connection.end());
  connection.open(performance.now());
  return connection;
}

test('it sends without waiting, and after a lost connection what was not acknowledged again, oldest first', async () => {
  const { port, sockets, publishes, until, acknowledge } = await broker();
  const { seen, listener, until: untilSeen } = recorder();
  const connection = open(port, listener);
  connection.queue('t', 'one', 0, true);
  connection.queue('t', 'two', 0, true);
  connection.flush();
  connection.queue('t', 'three', 0, true);
  await untilSeen('connected');
  connection.flush();
  await until(() => publishes().length === 3);
  expect(sockets[0]?.remoteAddress).toBe(SECOND_ADDRESS);
  acknowledge(2);
  await untilSeen('acknowledged 2');
  sockets[0]?.destroy();
  await until(() => publishes().length === 5);
  acknowledge(1);
  acknowledge(3);
  acknowledge(3);
  await untilSeen('acknowledged 3');
  expect(publishes().map(({ payload, dup }) => `${String(payload)}${dup ? ' again' : ''}`)).toEqual([
    'one',
    'two',
    'three',
    'one again',
    'three again',
  ]);
  expect(seen).toEqual([
    'connected',
    'sent 1',
    'sent 2',
    'sent 3',
    'acknowledged 2',
    expect.stringMatching(/^lost: /),
    'connected',
    'resent 2',
    'acknowledged 1',
    'acknowledged 3',
  ]);
  expect([connection.inFlight, connection.waiting]).toEqual([0, 0]);
});

test('a full queue takes no more, and an abandoned one is empty on a connection of its own', async () => {
  const { port, sockets } = await broker();
  const { listener, until } = recorder();
  const connection = open(port, listener);
  await until('connected');
  const taken = Array.from({ length: OUTSTANDING_MAX + 2 }, () => connection.queue('t', '', 0, true));
  expect(taken.filter((isTaken) => !isTaken)).toHaveLength(2);
  connection.abandon();
  await until('connected');
  expect([connection.inFlight, connection.waiting]).toEqual([0, 0]);
  while (sockets.length < 2) await new Promise(setImmediate);
});

test('a broker that lets nobody in says so', async () => {
  const { port } = await broker(5);
  const { listener, until } = recorder();
  open(port, listener);
  await until('lost: the broker refused fmc-1 with code 5');
});

test('a ramp opens connections at its pace over all workers, from as many addresses as it is given', () => {
  const ramp = { clients: 5, workers: 2, connectPerSecond: 100 };
  expect(connectTimes({ ...ramp, worker: 0 })).toEqual([0, 20, 40]);
  expect(connectTimes({ ...ramp, worker: 1 })).toEqual([10, 30]);
  expect([0, 1, 2].map((client) => sourceAddress(client, 2))).toEqual([
    '127.0.0.1',
    '127.0.0.2',
    '127.0.0.1',
  ]);
  expect(sourceAddress(7, 0)).toBeNull();
});
