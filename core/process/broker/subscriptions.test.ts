import { expect, test } from 'vitest';
import { aDoor, type TestDoor } from '../../../tests/support/a-door.ts';
import { type JournalledBroker, journalledBroker } from '../../../tests/support/journalled-broker.ts';
import { readAll } from '../../../tests/support/journal-folder.ts';
import {
  connectPacket,
  publishPacket,
  type RawMqttClient,
  rawConnection,
  rawMqttClient,
  rawNamedClient,
} from '../../../tests/support/raw-mqtt-client.ts';
import { SessionMemory } from './session-memory.ts';
import type { SubscriberConnection, Teller } from './teller.ts';

/** Notes what the broker says of its subscribers. */
class NotingTeller implements Teller {
  readonly noted: unknown[] = [];
  readonly connections: SubscriberConnection[] = [];

  subscribed(connection: SubscriberConnection, filter: string, qos: 0 | 1): void {
    if (!this.connections.includes(connection)) this.connections.push(connection);
    this.noted.push(['subscribed', this.#name(connection), filter, qos]);
  }
  unsubscribed(connection: SubscriberConnection, filter: string): void {
    this.noted.push(['unsubscribed', this.#name(connection), filter]);
  }
  acknowledged(connection: SubscriberConnection, messageId: number): void {
    this.noted.push(['acknowledged', this.#name(connection), messageId]);
  }
  left(connection: SubscriberConnection): void {
    this.noted.push(['left', this.#name(connection)]);
  }
  #name(connection: SubscriberConnection): number {
    return this.connections.indexOf(connection);
  }
}

type Given = JournalledBroker & { readonly door: TestDoor; readonly teller: NotingTeller };

async function toldBroker(
  limits: Parameters<typeof journalledBroker>[0] = {},
  parts: Parameters<typeof aDoor>[0] = {},
): Promise<Given> {
  const [door, teller] = [aDoor(parts), new NotingTeller()];
  const broker = await journalledBroker(limits, undefined, door.gate, teller);
  return { ...broker, door, teller };
}

async function holder(
  { door, broker }: Given,
  username: string,
  subscribe: readonly string[],
  role: 'device' | 'gateway' | 'subscriber' = 'subscriber',
): Promise<RawMqttClient> {
  const { secret } = door.issueSecret({ username, role, publish: ['v/#'], subscribe: [...subscribe] });
  return rawNamedClient(broker.port, username, { username, password: secret });
}

/** What the SUBACK says of each filter. */
async function subscribe(
  client: RawMqttClient,
  filters: readonly string[],
  qos: 0 | 1 | 2 = 1,
): Promise<unknown> {
  const messageId = client.received.length + 1;
  const subscriptions = filters.map((topic) => ({ topic, qos }));
  client.send({ cmd: 'subscribe', messageId, subscriptions });
  const isAnswer = (packet: RawMqttClient['received'][number]): boolean =>
    packet.cmd === 'suback' && packet.messageId === messageId;
  await client.until(() => client.received.some(isAnswer) || client.isClosed());
  const answer = client.received.find(isAnswer);
  return answer?.cmd === 'suback' ? answer.granted : 'closed';
}

test('a credential hears what its filters cover; the rest of ours is refused in the SUBACK, counted and noted', async () => {
  const given = await toldBroker();
  const client = await holder(given, 'dispatch', ['milepost/v1/vehicles/+/state', 'milepost/v1/events/#']);
  const filters = [
    'milepost/v1/vehicles/V1/state',
    'milepost/v1/vehicles/#',
    'milepost/v1/#',
    'milepost/v1/events/alarm-raised',
    'milepost/#',
    'milepost',
  ];
  expect(await subscribe(client, filters)).toEqual([1, 128, 128, 1, 128, 128]);
  expect(given.teller.noted).toEqual([
    ['subscribed', 0, 'milepost/v1/vehicles/V1/state', 1],
    ['subscribed', 0, 'milepost/v1/events/alarm-raised', 1],
  ]);
  expect(given.broker.counters).toMatchObject({ notAllowedToSubscribe: 4, clientErrors: 0 });
  expect(client.isClosed()).toBe(false);
  await given.journal.close();
  expect(readAll(given.folder).filter(({ kind }) => kind === 'note')).toMatchObject([
    { note: { note: 'client-refused', reason: 'not-allowed-to-subscribe' } },
  ]);
});

test.each(['device', 'gateway', 'subscriber'] as const)(
  'a %s hears under its own filters alone',
  async (role) => {
    const given = await toldBroker();
    const [may, mayNot] = [
      await holder(given, 'may', ['milepost/v1/#'], role),
      await holder(given, 'may-not', [], role),
    ];
    expect([await subscribe(may, ['milepost/v1/#']), await subscribe(mayNot, ['milepost/v1/#'])]).toEqual([
      [1],
      [128],
    ]);
  },
);

test.each([
  [{}, [128]],
  [{ mayAnonymousHear: true }, [1]],
])('without a credential, %j, the answer is %j', async (parts, answer) => {
  const given = await toldBroker({}, parts);
  const client = await rawMqttClient(given.broker.port, 'local');
  expect(await subscribe(client, ['milepost/v1/#'])).toEqual(answer);
});

test('what a tracker insists on is granted and stays silent, a wildcard over everything too', async () => {
  const given = await toldBroker({}, { mayAnonymousHear: true });
  const { broker, teller } = given;
  const listening = await rawMqttClient(broker.port, 'listening');
  const filters = ['#', '+/v1/#', 'v/1', 'cmd/+/x', '$SYS/#'];
  expect(await subscribe(listening, filters, 2)).toEqual([2, 2, 2, 2, 2]);
  const tracker = await rawMqttClient(broker.port, 'tracker');
  tracker.send(publishPacket(1, 'x', 1, 'v/1'), publishPacket(2, 'x', 1, 'cmd/1/x'));
  await tracker.until(() => tracker.acknowledged.length === 2);
  listening.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['#'] }, { cmd: 'pingreq' });
  await listening.until(() => listening.received.some(({ cmd }) => cmd === 'pingresp'));
  expect(listening.received.map(({ cmd }) => cmd)).toEqual(['connack', 'suback', 'unsuback', 'pingresp']);
  expect(teller.noted).toEqual([]);
  expect(broker.counters.notAllowedToSubscribe).toBe(0);
});

test.each(['milepost/v1/vehicles/V1/state', 'milepost/x'])('nobody publishes on %s', async (topic) => {
  const given = await toldBroker({}, { mayAnonymousHear: true });
  const clients = [
    await rawMqttClient(given.broker.port, 'local'),
    await holder(given, 'gateway', ['#'], 'gateway'),
    await holder(given, 'subscriber', ['#'], 'subscriber'),
  ];
  for (const client of clients) {
    client.send(publishPacket(1, 'x', 1, topic));
    await client.until(client.isClosed);
  }
  expect(given.broker.counters).toMatchObject({ notAllowedToPublish: 3, packetsTaken: 0 });
});

test('the teller hears of subscriptions again, of their end, of acknowledgements, and of a client that left', async () => {
  const given = await toldBroker();
  const client = await holder(given, 'dispatch', ['milepost/#']);
  await subscribe(client, ['milepost/a'], 0);
  await subscribe(client, ['milepost/a', 'milepost/b'], 2);
  client.send({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['milepost/a', 'milepost/c'] });
  await client.until(() => client.received.some(({ cmd }) => cmd === 'unsuback'));
  given.teller.connections[0]?.write(Buffer.from([0x32, 5, 0, 1, 0x74, 0, 7]));
  await client.until(() => client.received.some(({ cmd }) => cmd === 'publish'));
  client.send({ cmd: 'puback', messageId: 7 }, { cmd: 'disconnect' });
  await client.until(client.isClosed);
  while (given.broker.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(given.teller.noted).toEqual([
    ['subscribed', 0, 'milepost/a', 0],
    ['subscribed', 0, 'milepost/a', 1],
    ['subscribed', 0, 'milepost/b', 1],
    ['unsubscribed', 0, 'milepost/a'],
    ['acknowledged', 0, 7],
    ['left', 0],
  ]);
});

test('a client subscribes to so many of ours and no more; one that ended makes room', async () => {
  const given = await toldBroker({ subscriptionsMax: 2 });
  const client = await holder(given, 'dispatch', ['milepost/#']);
  expect(await subscribe(client, ['milepost/a', 'milepost/b', 'milepost/c'])).toEqual([1, 1, 128]);
  expect(await subscribe(client, ['milepost/a'])).toEqual([1]);
  client.send({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['milepost/a'] });
  await client.until(() => client.received.some(({ cmd }) => cmd === 'unsuback'));
  expect(await subscribe(client, ['milepost/c'])).toEqual([1]);
});

test('a subscriber is cut when its credential is revoked, and the teller hears that it left', async () => {
  const given = await toldBroker();
  const issued = given.door.issueSecret({ username: 'dispatch', role: 'subscriber', subscribe: ['#'] });
  const client = await rawNamedClient(given.broker.port, 'x', {
    username: 'dispatch',
    password: issued.secret,
  });
  await subscribe(client, ['milepost/v1/#']);
  given.door.revoke(issued.credential.credential);
  given.broker.recheck();
  await client.until(client.isClosed);
  while (given.broker.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(given.teller.noted.at(-1)).toEqual(['left', 0]);
});

test('a session that is to be kept is a clean one, and the CONNACK says so each time', async () => {
  const given = await toldBroker({}, { mayAnonymousHear: true });
  for (let i = 0; i < 2; i += 1) {
    const client = await rawConnection(given.broker.port);
    client.send({ ...connectPacket('kept'), clean: false } as Parameters<RawMqttClient['send']>[0]);
    await client.until(() => client.received.length > 0);
    expect(client.received[0]).toMatchObject({ cmd: 'connack', returnCode: 0, sessionPresent: false });
    await subscribe(client, ['milepost/v1/#', 'v/#']);
    client.socket.destroy();
    while (given.broker.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(given.teller.noted.map((noted) => (noted as unknown[])[0])).toEqual([
    'subscribed',
    'left',
    'subscribed',
    'left',
  ]);
});

test('of a client that is gone nothing is remembered', async () => {
  const memory = new SessionMemory();
  const client = { id: 'a', closed: false };
  await memory.incomingStorePacket(client, { messageId: 1 });
  await expect(memory.incomingGetPacket(client, { messageId: 1 })).resolves.toEqual({ messageId: 1 });
  await expect(memory.incomingGetPacket(client, { messageId: 2 })).rejects.toThrow('no such packet');
  await memory.incomingDelPacket(client, { messageId: 1 });
  await expect(memory.incomingGetPacket(client, { messageId: 1 })).rejects.toThrow('no such packet');
  await memory.incomingStorePacket(client, { messageId: 3 });
  expect(memory.size).toBe(1);
  await memory.cleanIncoming(client);
  await memory.incomingStorePacket({ id: 'a', closed: true }, { messageId: 4 });
  expect(memory.size).toBe(0);
});
