import { once } from 'node:events';
import net from 'node:net';
import type { Client } from 'aedes';
import { expect, onTestFinished, test } from 'vitest';
import { aDoor, openGate } from '../../../tests/support/a-door.ts';
import { journalledBroker } from '../../../tests/support/journalled-broker.ts';
import { readAll } from '../../../tests/support/journal-folder.ts';
import {
  connectPacket,
  publishPacket,
  type RawMqttClient,
  rawConnection,
  rawMqttClient,
  rawNamedClient,
} from '../../../tests/support/raw-mqtt-client.ts';
import { must } from '../../base/assert.ts';
import { newBrokerCounters, refusalsByReason } from './broker-counters.ts';
import { DEFAULT_LIMITS } from './broker-limits.ts';
import { ClientSession } from './client-session.ts';
import type { CutReason } from './cut-reasons.ts';
import { PublishRights } from './publish-rights.ts';
import { DRAIN_TIMEOUT, TelemetryAedes } from './telemetry-aedes.ts';
import { UnacknowledgedBytes } from './unacknowledged-bytes.ts';

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** Sends so many QoS 1 packets in one go. */
function sendMany(client: RawMqttClient, count: number, payload = 'x'): void {
  client.send(...numbers(count).map((id) => publishPacket(id, payload)));
}

test('a client over its rate is held back, loses nothing, and holds up nobody', async () => {
  const { broker } = await journalledBroker({ gatewayPackets: { perSecond: 2_000, burst: 50 } });
  const [fast, other] = [await rawMqttClient(broker.port, 'fast'), await rawMqttClient(broker.port, 'other')];
  for (let i = 0; i < 20; i += 1) sendMany(fast, 50);
  sendMany(other, 20);
  await other.until(() => other.acknowledged.length === 20);
  await fast.until(() => fast.acknowledged.length === 1_000);
  expect(fast.acknowledged).toEqual(numbers(20).flatMap(() => numbers(50)));
  expect(broker.counters.heldForRate).toBeGreaterThan(0);
  expect(broker.counters).toMatchObject({ packetsTaken: 1_020, overRateLimit: 0 });
});

test('a device is read from in small pieces, and to the end: large packets, many in one go, and nothing after them', async () => {
  const door = aDoor();
  const { secret } = door.issueSecret({});
  const { folder, broker } = await journalledBroker({ deviceReadBytesMax: 512 }, undefined, door.gate);
  const client = await rawNamedClient(broker.port, 'tracker', { username: 'tracker-1', password: secret });
  const sizes = [1, 60_000, 3, 511, 512, 513, 20_000, 2, 700];
  client.send(...sizes.map((bytes, i) => publishPacket(i + 1, 'x'.repeat(bytes))));
  await client.until(() => client.acknowledged.length === sizes.length);
  expect(client.acknowledged).toEqual(numbers(sizes.length));
  expect(readAll(folder).map((record) => (record.kind === 'packet' ? record.payload.length : 0))).toEqual(
    sizes,
  );
  // A keep-alive by itself, and one behind a large packet, are answered too.
  client.send({ cmd: 'pingreq' });
  await client.until(() => client.received.at(-1)?.cmd === 'pingresp');
  client.send(publishPacket(99, 'x'.repeat(5_000)), { cmd: 'pingreq' });
  await client.until(() => client.received.filter(({ cmd }) => cmd === 'pingresp').length === 2);
});

test('a flood without acknowledgements that goes on too long is cut and noted; the others notice nothing', async () => {
  const { broker, folder, journal } = await journalledBroker({
    gatewayPackets: { perSecond: 1_000, burst: 100 },
    overRateMsMax: 100,
  });
  const [flood, other] = [
    await rawMqttClient(broker.port, 'flood'),
    await rawMqttClient(broker.port, 'other'),
  ];
  const packets = Buffer.concat(
    Array.from({ length: 500 }, () => Buffer.from([0x30, 6, 0, 3, 0x76, 0x2f, 0x31, 0x78])),
  );
  const pour = (): void => {
    while (!flood.isClosed() && flood.socket.writable && flood.socket.write(packets));
  };
  flood.socket.on('drain', pour);
  pour();
  for (const id of numbers(20)) {
    other.send(publishPacket(id, 'x'));
    await other.until(() => other.acknowledged.length === id);
  }
  await flood.until(flood.isClosed);
  expect(broker.counters).toMatchObject({ overRateLimit: 1, clientErrors: 0 });
  expect(other.isClosed()).toBe(false);
  await journal.close();
  expect(readAll(folder).filter(({ kind }) => kind === 'note')).toMatchObject([
    { note: { note: 'client-refused', reason: 'over-rate-limit' } },
  ]);
});

test('a debt that would take too long to pay off cuts at once, without a wait', async () => {
  const { broker } = await journalledBroker({ gatewayPackets: { perSecond: 0.001, burst: 10 } });
  const client = await rawMqttClient(broker.port, 'flood');
  sendMany(client, 100);
  await client.until(client.isClosed);
  expect(broker.counters).toMatchObject({ overRateLimit: 1, heldForRate: 1 });
});

test("a device is held to a device's rate, a gateway to its own", async () => {
  const door = aDoor();
  const limits = {
    devicePackets: { perSecond: 0.001, burst: 10 },
    gatewayPackets: { perSecond: 1, burst: 1_000 },
  };
  const { broker } = await journalledBroker(limits, undefined, door.gate);
  const connected = async (role: 'device' | 'gateway') => {
    const { secret } = door.issueSecret({ username: role, role, publish: ['#'] });
    return rawNamedClient(broker.port, role, { username: role, password: secret });
  };
  const [device, gateway] = [await connected('device'), await connected('gateway')];
  sendMany(device, 100);
  sendMany(gateway, 100);
  await device.until(device.isClosed);
  await gateway.until(() => gateway.acknowledged.length === 100);
  expect(broker.counters.overRateLimit).toBe(1);
});

test('a client that does not read its acknowledgements holds up itself alone; they are all there when it does', async () => {
  const { broker } = await journalledBroker();
  const [stalled, other] = [
    await rawMqttClient(broker.port, 'stalled'),
    await rawMqttClient(broker.port, 'other'),
  ];
  stalled.socket.pause();
  sendMany(stalled, 2_000);
  for (const id of numbers(20)) {
    other.send(publishPacket(id, 'x'));
    await other.until(() => other.acknowledged.length === id);
  }
  expect(stalled.acknowledged).toEqual([]);
  stalled.socket.resume();
  await stalled.until(() => stalled.acknowledged.length === 2_000);
  expect(stalled.acknowledged).toEqual(numbers(2_000));
  expect(broker.counters).toMatchObject({ tooSlow: 0, clientErrors: 0 });
});

test('when the memory for packets on their way is spent, clients are read from in turn and none is left out', async () => {
  const { broker, disk } = await journalledBroker({ unacknowledgedBytesMax: 50_000 });
  const floods = [await rawMqttClient(broker.port, 'a'), await rawMqttClient(broker.port, 'b')];
  const quiet = await rawMqttClient(broker.port, 'quiet');
  const release = disk.holdSyncs();
  for (const flood of floods) sendMany(flood, 1_000, 'x'.repeat(1_000));
  while (broker.counters.packetsTaken < 40) await new Promise((resolve) => setImmediate(resolve));
  quiet.send(publishPacket(1, 'x'));
  while (broker.counters.heldForMemory === 0) await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  // One read of a socket is 64 KiB, so the limit is passed by less than that for each client.
  expect(broker.counters.packetsTaken).toBeLessThan(300);
  release();
  await quiet.until(() => quiet.acknowledged.length === 1);
  expect(floods.map(({ acknowledged }) => acknowledged.length < 1_000)).toEqual([true, true]);
  await Promise.all(floods.map((flood) => flood.until(() => flood.acknowledged.length === 1_000)));
  expect(floods.map(({ acknowledged }) => acknowledged)).toEqual([numbers(1_000), numbers(1_000)]);
});

test('a client that is cut while its packets wait gives their memory back', async () => {
  const { broker, disk } = await journalledBroker({ unacknowledgedBytesMax: 50_000, inFlightPacketsMax: 8 });
  const release = disk.holdSyncs();
  for (let i = 0; i < 3; i += 1) {
    const flood = await rawMqttClient(broker.port, 'flood');
    sendMany(flood, 100, 'x'.repeat(600));
    while (broker.counters.packetsTaken < (i + 1) * 80) await new Promise((resolve) => setImmediate(resolve));
    flood.socket.resetAndDestroy();
    while (broker.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const other = await rawMqttClient(broker.port, 'other');
  other.send(publishPacket(1, 'x'));
  release();
  await other.until(() => other.acknowledged.length === 1);
});

test.each([
  ['too long', `v/${'x'.repeat(511)}`],
  ['too deep', 'v/'.repeat(32)],
])('a topic that is %s cuts its client and is counted; the longest allowed is taken', async (_, topic) => {
  const { broker, folder } = await journalledBroker();
  const client = await rawMqttClient(broker.port, 'x');
  client.send(publishPacket(1, 'good', 1, topic.slice(0, -1)), publishPacket(2, 'bad', 1, topic));
  await client.until(client.isClosed);
  const next = await rawMqttClient(broker.port, 'x');
  next.send(publishPacket(1, 'good', 1, 'v/1'));
  await next.until(() => next.acknowledged.length === 1);
  expect(broker.counters).toMatchObject({ overTopicLimit: 1, clientErrors: 0 });
  expect(readAll(folder)).toMatchObject([{ topic: topic.slice(0, -1) }, { topic: 'v/1' }]);
});

test('a client that wants no keep-alive is served, and cut when it says nothing for too long; one with a keep-alive stays', async () => {
  const { broker } = await journalledBroker({ idleMsMax: 30 });
  const alive = await rawConnection(broker.port);
  alive.send({ ...connectPacket('alive'), keepalive: 60 } as ReturnType<typeof connectPacket>);
  await alive.until(() => alive.received.length === 1);
  const mute = await rawMqttClient(broker.port, 'mute');
  expect(mute.received).toMatchObject([{ cmd: 'connack', returnCode: 0 }]);
  await mute.until(mute.isClosed);
  sendMany(alive, 1);
  await alive.until(() => alive.acknowledged.length === 1);
  expect(broker.counters).toMatchObject({ idle: 1, clientErrors: 0 });
});

test('many that come at once wait for their turn; all of them come in', async () => {
  const { broker } = await journalledBroker({ connects: { perSecond: 40, burst: 2 } });
  const clients = await Promise.all(numbers(20).map((n) => rawMqttClient(broker.port, `c${n}`)));
  expect(clients.map(({ received }) => received)).toEqual(
    clients.map(() => [expect.objectContaining({ cmd: 'connack', returnCode: 0 })]),
  );
  expect(broker.counters.connectsDelayed).toBeGreaterThan(0);
  expect(broker.counters).toMatchObject({ overConnectRate: 0, overConnectionLimit: 0 });
});

test('when there is no place to wait a connection is turned away and counted; one that gives up leaves its place', async () => {
  const { broker } = await journalledBroker({
    connects: { perSecond: 0.001, burst: 1 },
    connectsWaitingMax: 2,
  });
  const served = await rawMqttClient(broker.port, 'served');
  const [first, second] = [await rawConnection(broker.port), await rawConnection(broker.port)];
  const refused = await rawConnection(broker.port);
  await refused.until(refused.isClosed);
  expect(broker.counters).toMatchObject({ connectsDelayed: 2, overConnectRate: 1 });
  first.socket.resetAndDestroy();
  while (broker.counters.connectsDelayed === 2) {
    await rawConnection(broker.port);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect([served.isClosed(), second.isClosed()]).toEqual([false, false]);
  await broker.close();
  await second.until(second.isClosed);
});

/** A session behind a real socket, of a client that subscribed and then stopped reading. */
async function stalledSubscriber(limits: Partial<typeof DEFAULT_LIMITS>) {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const cuts: CutReason[] = [];
  const sessions = new Map<unknown, ClientSession>();
  const aedes = await TelemetryAedes.start(all, {
    preConnect: (_client, _packet, done) => done(null, true),
    authenticate: (_client, _name, _password, done) => done(null, true),
    authorizePublish: (_client, _packet, done) => done(null),
    authorizeSubscribe: (_client, subscription, done) => done(null, subscription),
  });
  const server = net
    .createServer((socket) => {
      const session = new ClientSession(socket, {
        append: () => {},
        limits: all,
        counters: newBrokerCounters(),
        memory: new UnacknowledgedBytes(all.unacknowledgedBytesMax),
        cut: (_session, reason) => {
          cuts.push(reason);
          socket.destroy();
        },
        acknowledgeSoon: () => {},
        journalFailed: () => {},
      });
      session.admit(new PublishRights({ role: 'anonymous' }, openGate, all));
      sessions.set(socket, session);
      aedes.handle(socket);
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  onTestFinished(() => new Promise<void>((resolve) => aedes.close(() => resolve())));
  const ready = once(aedes, 'clientReady');
  const address = server.address();
  const client = await rawMqttClient(typeof address === 'object' ? (address?.port ?? 0) : 0, 'slow');
  const [subscriber] = await ready;
  client.socket.pause();
  const session = must(sessions.get((subscriber as Client).conn), 'the client has a session');
  return { aedes, client, subscriber: subscriber as Client, session, cuts };
}

test('a subscriber that takes nothing is cut once more than its share waits for it', async () => {
  const { session, cuts } = await stalledSubscriber({ drainTimeoutMs: 60_000 });
  const payload = Buffer.alloc(1_000_000);
  for (let i = 0; cuts.length === 0; i += 1) {
    expect(i).toBeLessThan(100);
    session.socket.write(payload);
    session.checkOutgoing();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(cuts).toEqual(['too-slow']);
});

test('a subscriber that takes nothing for too long is cut with words the broker knows', async () => {
  const { aedes, subscriber, client } = await stalledSubscriber({
    drainTimeoutMs: 20,
    outgoingBytesMax: 1e9,
  });
  const failed = once(aedes, 'clientError');
  for (let i = 0; i < 20; i += 1) publishTo(subscriber, Buffer.alloc(1_000_000));
  const [, error] = await failed;
  expect(error).toMatchObject({ message: DRAIN_TIMEOUT });
  client.socket.resume();
  await client.until(client.isClosed);
});

function publishTo(subscriber: Client, payload: Buffer): void {
  const packet = {
    cmd: 'publish',
    topic: 'milepost/v1/x',
    payload,
    qos: 0,
    retain: false,
    dup: false,
  } as const;
  subscriber.publish(packet, () => {});
}

test('every refusal has a name a person is shown', () => {
  const counters = newBrokerCounters();
  for (const name of Object.keys(counters) as (keyof typeof counters)[]) counters[name] = 1;
  const noRefusals = [
    'packetsTaken',
    'acknowledged',
    'overPayloadLimit',
    'connectsDelayed',
    'heldForRate',
    'heldForMemory',
  ];
  expect(Object.keys(refusalsByReason(counters))).toHaveLength(
    Object.keys(counters).length - noRefusals.length,
  );
  expect(refusalsByReason(newBrokerCounters())).toEqual({});
});
