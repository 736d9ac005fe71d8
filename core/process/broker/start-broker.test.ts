import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { openGate } from '../../../tests/support/a-door.ts';
import { bytesOf, readAll } from '../../../tests/support/journal-folder.ts';
import { journalledBroker } from '../../../tests/support/journalled-broker.ts';
import {
  connectPacket,
  publishPacket,
  rawConnection,
  rawMqttClient,
} from '../../../tests/support/raw-mqtt-client.ts';
import { startBroker } from './start-broker.ts';

function url(port: number): string {
  return `mqtt://127.0.0.1:${port}`;
}

test('1,000 packets pipelined by mqtt.js are journalled in order, with topic, client and bytes', async () => {
  const { folder, broker } = await journalledBroker();
  const client = await mqtt.connectAsync(url(broker.port), {
    clientId: 'a-client-id-longer-than-23-characters',
  });
  onTestFinished(() => client.endAsync());
  const sent = Array.from({ length: 1_000 }, (_, i) => `packet ${i}`);
  await Promise.all(sent.map((payload) => client.publishAsync('vehicles/é/1', payload, { qos: 1 })));
  const records = readAll(folder);
  expect(
    records.map((record) => (record.kind === 'packet' ? Buffer.from(record.payload).toString() : '')),
  ).toEqual(sent);
  expect(records[0]).toMatchObject({
    topic: 'vehicles/é/1',
    clientId: 'a-client-id-longer-than-23-characters',
  });
  expect(broker.counters).toMatchObject({ packetsTaken: 1_000, acknowledged: 1_000, clientErrors: 0 });
});

test('no PUBACK leaves while the sync is held; all of them, in order, after it', async () => {
  const { folder, broker, disk } = await journalledBroker();
  const client = await rawMqttClient(broker.port, 'held');
  client.send(publishPacket(1, 'first'));
  await client.until(() => client.acknowledged.length === 1);
  const release = disk.holdSyncs();
  const syncs = disk.syncs;
  client.send(...[2, 3, 4].map((id) => publishPacket(id, `packet ${id}`)));
  while (disk.syncs === syncs) await new Promise((resolve) => setImmediate(resolve));
  // The bytes are in the file already, and a ping overtakes them: only the acknowledgements wait.
  client.send({ cmd: 'pingreq' });
  expect(readAll(folder).length).toBeGreaterThan(1);
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(client.acknowledged).toEqual([1]);
  release();
  await client.until(() => client.acknowledged.length === 4);
  expect(client.acknowledged).toEqual([1, 2, 3, 4]);
});

test.each(['sync', 'write'] as const)(
  'a failed %s acknowledges nothing, cuts everybody and closes the door',
  async (what) => {
    const { broker, disk, logged } = await journalledBroker();
    const [publisher, bystander] = [
      await rawMqttClient(broker.port, 'a'),
      await rawMqttClient(broker.port, 'b'),
    ];
    if (what === 'sync') disk.failSyncs = 'EIO';
    else disk.failWrites = 'ENOSPC';
    publisher.send(publishPacket(1, 'lost'), publishPacket(2, 'lost'));
    await publisher.until(publisher.isClosed);
    await bystander.until(bystander.isClosed);
    expect([publisher.acknowledged, broker.counters.acknowledged]).toEqual([[], 0]);
    expect(logged.filter((line) => line.startsWith('intake is stopped'))).toHaveLength(1);
    await expect(mqtt.connectAsync(url(broker.port), { reconnectPeriod: 0 })).rejects.toThrow(
      /ECONNREFUSED/u,
    );
  },
);

test.each([0, 1, 2] as const)(
  'QoS %i is journalled, and nothing is retained or passed on to a subscriber',
  async (qos) => {
    const { folder, broker } = await journalledBroker();
    const heard: string[] = [];
    const listen = async (): Promise<mqtt.MqttClient> => {
      const listener = await mqtt.connectAsync(url(broker.port));
      onTestFinished(() => listener.endAsync());
      listener.on('message', (topic) => heard.push(topic));
      expect(await listener.subscribeAsync('#', { qos: 1 })).toMatchObject([{ qos: 1 }]);
      return listener;
    };
    await listen();
    const publisher = await mqtt.connectAsync(url(broker.port), { clientId: 'publisher' });
    onTestFinished(() => publisher.endAsync());
    await publisher.publishAsync('v/1', 'hello', { qos, retain: true });
    // The packet after it, acknowledged, proves that the first one is through.
    await publisher.publishAsync('v/2', 'end', { qos: 1 });
    const late = await listen();
    await late.publishAsync('v/3', 'end', { qos: 1 });
    expect(heard).toEqual([]);
    expect(readAll(folder)).toMatchObject([
      { topic: 'v/1', clientId: 'publisher', payload: bytesOf('hello') },
      { topic: 'v/2' },
      { topic: 'v/3' },
    ]);
  },
);

test.each([3, 4] as const)('a client of protocol level %i is served', async (level) => {
  const { folder, broker } = await journalledBroker();
  const client = await rawMqttClient(broker.port, 'x'.repeat(128), level);
  client.send(publishPacket(7, 'hello'));
  await client.until(() => client.acknowledged.length === 1);
  expect(readAll(folder)).toMatchObject([{ clientId: 'x'.repeat(128) }]);
});

test('a client id over the limit is rejected with the code for it', async () => {
  const { broker } = await journalledBroker();
  const client = await rawMqttClient(broker.port, 'x'.repeat(129));
  expect(client.received).toMatchObject([{ cmd: 'connack', returnCode: 2 }]);
});

test('an MQTT 5 client gets the CONNACK that says so, a count, one line in the log and one note in the journal', async () => {
  const { folder, broker, journal, logged } = await journalledBroker();
  const refusals: unknown[] = [];
  for (let i = 0; i < 2; i += 1) {
    await mqtt
      .connectAsync(url(broker.port), { protocolVersion: 5, reconnectPeriod: 0 })
      .catch((error: unknown) => refusals.push(error));
  }
  expect(refusals).toMatchObject([{ code: 0x84 }, { code: 0x84 }]);
  expect(broker.counters.mqtt5Refused).toBe(2);
  expect(logged).toEqual(['an MQTT 5 client was refused; set it to MQTT 3.1.1']);
  await journal.close();
  expect(readAll(folder)).toMatchObject([
    {
      kind: 'note',
      note: { note: 'client-refused', reason: 'mqtt5-unsupported', remote: expect.stringMatching(/^127/u) },
    },
  ]);
});

test('an MQTT 5 CONNECT that comes a byte at a time is refused all the same', async () => {
  const { broker } = await journalledBroker();
  const client = await rawConnection(broker.port);
  for (const byte of [0x10, 0x0d, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5]) client.sendBytes(Buffer.from([byte]));
  const bytes: Buffer[] = [];
  client.socket.on('data', (chunk) => bytes.push(chunk));
  await client.until(client.isClosed);
  expect(Buffer.concat(bytes).toString('hex')).toBe('2003008400');
});

test('a second connection of the same client id takes over; the first is cut', async () => {
  const { folder, broker } = await journalledBroker();
  const first = await rawMqttClient(broker.port, 'same');
  const second = await rawMqttClient(broker.port, 'same');
  await first.until(first.isClosed);
  second.send(publishPacket(1, 'from the second'));
  await second.until(() => second.acknowledged.length === 1);
  expect(readAll(folder)).toMatchObject([{ clientId: 'same', payload: bytesOf('from the second') }]);
});

test('a last will is journalled when its client vanishes, and not when it says goodbye', async () => {
  const { folder, broker, journal } = await journalledBroker();
  const withWill = async (clientId: string) => {
    const client = await rawConnection(broker.port);
    const will = { topic: `v/${clientId}`, payload: Buffer.from('gone'), qos: 1 as const, retain: true };
    client.send({ ...connectPacket(clientId), will } as ReturnType<typeof connectPacket>);
    await client.until(() => client.received.length === 1);
    return client;
  };
  const [polite, sudden] = [await withWill('polite'), await withWill('sudden')];
  polite.send({ cmd: 'disconnect' });
  await polite.until(polite.isClosed);
  const noted = new Promise((resolve) => journal.onCommit(resolve));
  sudden.socket.resetAndDestroy();
  await noted;
  expect(readAll(folder)).toMatchObject([
    { topic: 'v/sudden', clientId: 'sudden', payload: bytesOf('gone') },
  ]);
});

test('closing acknowledges what was on its way to disk, and publishes no last wills', async () => {
  const { folder, broker, disk } = await journalledBroker();
  const client = await rawConnection(broker.port);
  const will = { topic: 'v/will', payload: Buffer.from('gone'), qos: 0 as const, retain: false };
  client.send({ ...connectPacket('closing'), will } as ReturnType<typeof connectPacket>);
  await client.until(() => client.received.length === 1);
  const release = disk.holdSyncs();
  client.send(publishPacket(1, 'last'));
  while (disk.syncs === 0) await new Promise((resolve) => setImmediate(resolve));
  const closed = broker.close();
  release();
  await closed;
  await client.until(client.isClosed);
  expect(client.acknowledged).toEqual([1]);
  expect(readAll(folder)).toMatchObject([{ payload: bytesOf('last') }]);
});

test('a port in use is named, with the next one that is free', async () => {
  const { broker } = await journalledBroker();
  const second = await startBroker({
    host: '127.0.0.1',
    port: broker.port,
    gate: openGate,
    append: () => {},
    log: () => {},
  });
  expect(second).toMatchObject({ ok: false, error: { problem: 'port-in-use', port: broker.port } });
  const nextFree = !second.ok && second.error.problem === 'port-in-use' ? second.error.nextFree : 0;
  const third = await startBroker({
    host: '127.0.0.1',
    port: nextFree,
    gate: openGate,
    append: () => {},
    log: () => {},
  });
  expect(third).toMatchObject({ ok: true, value: { port: nextFree } });
  if (third.ok) await third.value.close();
});

test('a host this machine does not have is refused in words', async () => {
  const broker = await startBroker({
    host: '203.0.113.1',
    port: 0,
    gate: openGate,
    append: () => {},
    log: () => {},
  });
  expect(broker).toMatchObject({
    ok: false,
    error: { problem: 'cannot-listen', message: /203\.0\.113\.1/u },
  });
});
