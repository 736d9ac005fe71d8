import { connect, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';
import { onTestFinished } from 'vitest';

/** An MQTT client with nothing between the test and the bytes: it sends what it is told and notes what comes back. */
export interface RawMqttClient {
  readonly socket: Socket;
  readonly received: readonly Packet[];
  /** Numbers of the packets acknowledged so far, in the order the PUBACKs came. */
  readonly acknowledged: readonly number[];
  isClosed(): boolean;
  send(...packets: Packet[]): void;
  sendBytes(bytes: Uint8Array): void;
  /** Resolves when the condition holds, looking at it whenever something arrives or the connection closes. */
  until(condition: () => boolean): Promise<void>;
}

/** Connects a socket without saying anything yet. */
export async function rawConnection(port: number): Promise<RawMqttClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const incoming = parser();
  const received: Packet[] = [];
  const acknowledged: number[] = [];
  let isClosed = false;
  let waiting: { condition: () => boolean; resolve: () => void }[] = [];
  const look = (): void => {
    const met = waiting.filter(({ condition }) => condition());
    waiting = waiting.filter((each) => !met.includes(each));
    for (const { resolve } of met) resolve();
  };
  socket.on('data', (chunk) => {
    incoming.parse(chunk);
    look();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
    look();
  });
  incoming.on('packet', (packet) => {
    received.push(packet);
    if (packet.cmd === 'puback') acknowledged.push(packet.messageId ?? 0);
  });
  incoming.on('error', () => socket.destroy());
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    received,
    acknowledged,
    isClosed: () => isClosed,
    send: (...packets) => void socket.write(Buffer.concat(packets.map((packet) => generate(packet)))),
    sendBytes: (bytes) => void socket.write(bytes),
    until: (condition) =>
      new Promise((resolve) => {
        waiting.push({ condition, resolve });
        look();
      }),
  };
}

/** A client past its CONNECT. */
export function rawMqttClient(
  port: number,
  clientId: string,
  protocolVersion: 3 | 4 = 4,
): Promise<RawMqttClient> {
  return connectedClient(port, connectPacket(clientId, protocolVersion));
}

/** A client that gives a name and a secret, and may leave a last will. */
export function rawNamedClient(port: number, clientId: string, named: NamedConnect): Promise<RawMqttClient> {
  const connect = connectPacket(clientId);
  const password = named.password === undefined ? {} : { password: Buffer.from(named.password) };
  return connectedClient(port, { ...connect, ...named, ...password } as Packet);
}

export interface NamedConnect {
  readonly username?: string;
  readonly password?: string;
  readonly will?: {
    readonly topic: string;
    readonly payload: Buffer;
    readonly qos: 0 | 1 | 2;
    readonly retain: boolean;
  };
}

async function connectedClient(port: number, connect: Packet): Promise<RawMqttClient> {
  const client = await rawConnection(port);
  client.send(connect);
  await client.until(() => client.received.some((packet) => packet.cmd === 'connack') || client.isClosed());
  return client;
}

export function connectPacket(clientId: string, protocolVersion: 3 | 4 | 5 = 4): Packet {
  const protocolId = protocolVersion === 3 ? 'MQIsdp' : 'MQTT';
  return { cmd: 'connect', protocolId, protocolVersion, clientId, clean: true, keepalive: 0 };
}

export function publishPacket(
  messageId: number,
  payload: string | Buffer,
  qos: 0 | 1 | 2 = 1,
  topic = 'v/1',
): Packet {
  return { cmd: 'publish', topic, payload, qos, dup: false, retain: false, messageId };
}
