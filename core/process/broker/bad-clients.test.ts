import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readAll } from '../../../tests/support/journal-folder.ts';
import { journalledBroker } from '../../../tests/support/journalled-broker.ts';
import { publishPacket, rawConnection, rawMqttClient } from '../../../tests/support/raw-mqtt-client.ts';

test('a payload over the limit is kept by its head and acknowledged, so that it does not come again', async () => {
  const { folder, broker } = await journalledBroker();
  const client = await rawMqttClient(broker.port, 'large');
  const payload = Buffer.alloc(65_537, 'x');
  client.send(publishPacket(1, payload.subarray(1)), publishPacket(2, payload), publishPacket(3, 'small'));
  await client.until(() => client.acknowledged.length === 3);
  const sizes = readAll(folder).map((record) =>
    record.kind === 'packet' ? [record.payload.length, record.omittedBytes] : [],
  );
  expect(sizes).toEqual([
    [65_536, 0],
    [1_024, 64_513],
    [5, 0],
  ]);
  expect(broker.counters.overPayloadLimit).toBe(1);
});

test('a packet over the hard limit cuts its client at the header, is noted once, and disturbs nobody', async () => {
  const { folder, broker, journal } = await journalledBroker();
  const bystander = await rawMqttClient(broker.port, 'bystander');
  for (let i = 0; i < 2; i += 1) {
    const client = await rawMqttClient(broker.port, 'huge');
    // Two good ones first, and the header split between two writes: a PUBLISH of 256 MB, of which nothing follows.
    client.send(publishPacket(1, 'good'), publishPacket(2, 'good'));
    await client.until(() => client.acknowledged.length === 2);
    client.sendBytes(Buffer.from([0x32, 0xff, 0xff]));
    client.sendBytes(Buffer.from([0xff, 0x7f]));
    await client.until(client.isClosed);
  }
  bystander.send(publishPacket(1, 'still here'));
  await bystander.until(() => bystander.acknowledged.length === 1);
  expect(broker.counters.overPacketLimit).toBe(2);
  await journal.close();
  expect(readAll(folder).map((record) => record.kind)).toEqual([
    'packet',
    'packet',
    'note',
    'packet',
    'packet',
    'packet',
  ]);
});

test.each([
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['a packet that is no CONNECT', Buffer.from([0x30, 5, 0, 1, 97, 98, 99])],
  ['a CONNECT of another protocol', Buffer.from([0x10, 10, 0, 4, 72, 84, 84, 80, 4, 2])],
  ['a length without end', Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff])],
  ['zeros', Buffer.alloc(100)],
])('%s is closed and counted, and nothing is journalled', async (_, bytes) => {
  const { folder, broker } = await journalledBroker();
  const client = await rawConnection(broker.port);
  client.sendBytes(bytes);
  await client.until(client.isClosed);
  expect(broker.counters.notMqtt).toBe(1);
  expect(readAll(folder)).toEqual([]);
});

test('random bytes in the middle of a connection cut that client and no other', async () => {
  const { broker } = await journalledBroker();
  const bystander = await rawMqttClient(broker.port, 'bystander');
  for (let i = 0; i < 30; i += 1) {
    const client = await rawMqttClient(broker.port, `garbage-${i}`);
    // First a reserved packet type, so that no draw of the dice is a valid stream.
    client.sendBytes(Buffer.concat([Buffer.from([0x00, 0x00]), randomBytes(200)]));
    client.socket.end();
    await client.until(client.isClosed);
  }
  bystander.send(publishPacket(1, 'still here'));
  await bystander.until(() => bystander.acknowledged.length === 1);
  expect(broker.connections()).toBe(1);
});

test('an address that is cut again and again waits before it is let in; who is connected notices nothing', async () => {
  const limits = { faults: { perSecond: 0.001, burst: 2 }, faultyConnects: { perSecond: 20, burst: 1 } };
  const { broker } = await journalledBroker(limits);
  const bystander = await rawMqttClient(broker.port, 'bystander');
  for (let i = 0; i < 5; i += 1) {
    const client = await rawConnection(broker.port);
    client.sendBytes(Buffer.alloc(100));
    await client.until(client.isClosed);
  }
  // Three faults are one too many: the fourth and fifth waited, the fifth behind the fourth.
  expect(broker.counters).toMatchObject({ notMqtt: 5, connectsDelayed: 1 });
  bystander.send(publishPacket(1, 'still here'));
  await bystander.until(() => bystander.acknowledged.length === 1);
});

test('a connection that says nothing, or half a CONNECT, is dropped', async () => {
  const { broker } = await journalledBroker({ connectTimeoutMs: 30 });
  const mute = await rawConnection(broker.port);
  const slow = await rawConnection(broker.port);
  slow.sendBytes(Buffer.from([0x10, 20, 0, 4]));
  const slower = await rawConnection(broker.port);
  slower.sendBytes(Buffer.from([0x10, 20, 0, 4, 77, 81, 84, 84, 4, 2]));
  await Promise.all([mute, slow, slower].map((client) => client.until(client.isClosed)));
  expect(broker.counters).toMatchObject({ silent: 2, clientErrors: 1 });
});

test('a pipelining client has a bounded number of packets on their way; others are not held up, nothing is reordered', async () => {
  const { folder, broker, disk } = await journalledBroker({ inFlightPacketsMax: 64 });
  const [flood, other] = [
    await rawMqttClient(broker.port, 'flood'),
    await rawMqttClient(broker.port, 'other'),
  ];
  const release = disk.holdSyncs();
  const total = 3_000;
  for (let id = 1; id <= total; id += 1) flood.send(publishPacket(id, `packet ${id}`.padEnd(2_000)));
  while (disk.syncs === 0) await new Promise((resolve) => setImmediate(resolve));
  other.send(publishPacket(1, 'other'));
  const taken = (): number => broker.counters.packetsTaken;
  // Reading stops by itself: what was taken stays a few reads of the socket, though megabytes are waiting.
  for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(taken()).toBeLessThan(300);
  release();
  await other.until(() => other.acknowledged.length === 1);
  expect(flood.acknowledged.length).toBeLessThan(total);
  await flood.until(() => flood.acknowledged.length === total);
  expect(flood.acknowledged).toEqual(Array.from({ length: total }, (_, i) => i + 1));
  const journalled = readAll(folder).flatMap((record) =>
    record.kind === 'packet' && record.clientId === 'flood'
      ? [Buffer.from(record.payload).toString().trim()]
      : [],
  );
  expect(journalled).toEqual(Array.from({ length: total }, (_, i) => `packet ${i + 1}`));
});

test('connections beyond the limit are turned away and counted', async () => {
  const { broker } = await journalledBroker({ connectionsMax: 2 });
  const [a, b] = [await rawMqttClient(broker.port, 'a'), await rawMqttClient(broker.port, 'b')];
  const c = await rawConnection(broker.port);
  await c.until(c.isClosed);
  expect(broker.counters.overConnectionLimit).toBe(1);
  expect([a.isClosed(), b.isClosed()]).toEqual([false, false]);
});
