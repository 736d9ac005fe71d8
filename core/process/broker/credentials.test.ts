import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { aDoor, type TestDoor } from '../../../tests/support/a-door.ts';
import { type JournalledBroker, journalledBroker } from '../../../tests/support/journalled-broker.ts';
import { readAll } from '../../../tests/support/journal-folder.ts';
import {
  publishPacket,
  type RawMqttClient,
  rawMqttClient,
  rawNamedClient,
} from '../../../tests/support/raw-mqtt-client.ts';
import type { GateParts } from '../door/gate.ts';
import type { BrokerLimits } from './broker-limits.ts';

async function guardedBroker(
  parts: Partial<GateParts> = {},
  limits: Partial<BrokerLimits> = {},
): Promise<JournalledBroker & { readonly door: TestDoor }> {
  const door = aDoor(parts);
  return { ...(await journalledBroker(limits, undefined, door.gate)), door };
}

/** A device `name` that may publish on `v/<name>/#`, its secret, and it connected. */
async function device(
  { broker, door }: { readonly broker: JournalledBroker['broker']; readonly door: TestDoor },
  name: string,
): Promise<{ readonly client: RawMqttClient; readonly secret: string; readonly credential: string }> {
  const { secret, credential } = door.issueSecret({ username: name, publish: [`v/${name}/#`] });
  const client = await rawNamedClient(broker.port, name, { username: name, password: secret });
  return { client, secret, credential: credential.credential };
}

function returnCode(client: RawMqttClient): number | undefined {
  const [connack] = client.received;
  return connack?.cmd === 'connack' ? connack.returnCode : undefined;
}

/** What the journal holds, a word a record. */
function journalled(folder: string): unknown[] {
  return readAll(folder).map((record) => {
    if (record.kind === 'packet') return `${record.clientId} ${record.topic}`;
    return record.kind === 'note' ? record.note : record.kind;
  });
}

test('packets of a client that proved who it is are marked so; those of a local client without a credential are not', async () => {
  const guarded = await guardedBroker();
  const { secret } = guarded.door.issueSecret({ username: 'tracker-1', publish: ['v/1'] });
  const url = `mqtt://127.0.0.1:${guarded.broker.port}`;
  const known = await mqtt.connectAsync(url, { username: 'tracker-1', password: secret, clientId: 'known' });
  const unknown = await mqtt.connectAsync(url, { clientId: 'unknown' });
  onTestFinished(async () => void (await Promise.all([known.endAsync(), unknown.endAsync()])));
  await known.publishAsync('v/1', 'a', { qos: 1 });
  await unknown.publishAsync('v/2', 'b', { qos: 1 });
  expect(readAll(guarded.folder)).toMatchObject([
    { clientId: 'known', isAuthenticated: true },
    { clientId: 'unknown' },
  ]);
  expect(readAll(guarded.folder)[1]).not.toHaveProperty('isAuthenticated');
});

test('a wrong secret gets the code for it, is counted each time and noted once, and nothing tells it to anybody', async () => {
  const { broker, journal, folder, door, loggedWhole } = await guardedBroker();
  door.issueSecret({ username: 'tracker-1' });
  for (const password of ['wrong-secret-1', 'wrong-secret-2']) {
    const client = await rawNamedClient(broker.port, 'x', { username: 'tracker-1', password });
    expect(returnCode(client)).toBe(4);
    await client.until(client.isClosed);
  }
  expect(broker.counters).toMatchObject({ badCredentials: 2, clientErrors: 0 });
  expect(loggedWhole).toHaveLength(1);
  await journal.close();
  expect(journalled(folder)).toEqual([
    {
      note: 'client-refused',
      reason: 'bad-credentials',
      remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/u),
    },
  ]);
  expect(loggedWhole.join()).not.toMatch(/wrong-secret|tracker-1/u);
});

test('without a credential nobody comes in when that is switched off, and the code says not authorized', async () => {
  const { broker } = await guardedBroker({ allowAnonymous: false });
  expect(returnCode(await rawMqttClient(broker.port, 'x'))).toBe(5);
  expect(broker.counters.badCredentials).toBe(1);
});

test('publishing where it may not cuts the client; what came before is kept, what came after is not looked at', async () => {
  const guarded = await guardedBroker();
  const { client } = await device(guarded, 'a');
  const { client: other } = await device(guarded, 'b');
  client.send(publishPacket(1, 'good', 1, 'v/a/1'), publishPacket(2, 'good', 1, 'v/a/2'));
  await client.until(() => client.acknowledged.length === 2);
  client.send(publishPacket(3, 'bad', 1, 'v/b/1'), publishPacket(4, 'late', 1, 'v/a/3'));
  await client.until(client.isClosed);
  other.send(publishPacket(1, 'good', 1, 'v/b/1'));
  await other.until(() => other.acknowledged.length === 1);
  expect(guarded.broker.counters).toMatchObject({ notAllowedToPublish: 1, packetsTaken: 3, clientErrors: 0 });
  await guarded.journal.close();
  expect(journalled(guarded.folder)).toEqual([
    'a v/a/1',
    'a v/a/2',
    { note: 'client-refused', reason: 'not-allowed-to-publish', remote: expect.stringMatching(/^127/u) },
    'b v/b/1',
  ]);
});

test.each(['$tcp/teltonika/356000000000001', '$SYS/x', 'milepost/v1/vehicles'])(
  'nobody publishes on %s, whatever a credential says',
  async (topic) => {
    const { broker, folder, door } = await guardedBroker();
    const { secret } = door.issueSecret({ role: 'gateway', publish: ['#', topic] });
    const gateway = await rawNamedClient(broker.port, 'g', { username: 'tracker-1', password: secret });
    const local = await rawMqttClient(broker.port, 'local');
    for (const client of [gateway, local]) {
      client.send(publishPacket(1, 'x', 1, topic));
      await client.until(client.isClosed);
    }
    expect(broker.counters).toMatchObject({ notAllowedToPublish: 2, packetsTaken: 0 });
    expect(readAll(folder).filter(({ kind }) => kind === 'packet')).toEqual([]);
  },
);

test('a local client without a credential may not speak as a device that has one; once it is revoked it may', async () => {
  const guarded = await guardedBroker();
  const local = await rawMqttClient(guarded.broker.port, 'local');
  local.send(publishPacket(1, 'before', 1, 'v/a/1'));
  await local.until(() => local.acknowledged.length === 1);
  const { credential } = await device(guarded, 'a');
  guarded.broker.recheck();
  // The session is as it was; only this topic is not its own any more.
  local.send(publishPacket(2, 'elsewhere', 1, 'v/c/1'));
  await local.until(() => local.acknowledged.length === 2);
  local.send(publishPacket(3, 'now', 1, 'v/a/1'));
  await local.until(local.isClosed);
  guarded.door.revoke(credential);
  const again = await rawMqttClient(guarded.broker.port, 'local');
  again.send(publishPacket(1, 'after', 1, 'v/a/1'));
  await again.until(() => again.acknowledged.length === 1);
  expect(guarded.broker.counters.notAllowedToPublish).toBe(1);
});

test('a revoked client is cut, its last will dropped, and it does not come back; the others notice nothing', async () => {
  const guarded = await guardedBroker();
  const { broker, door } = guarded;
  const { secret, credential } = door.issueSecret({ username: 'a', publish: ['v/a/#'] });
  const will = { topic: 'v/a/will', payload: Buffer.from('gone'), qos: 1, retain: false } as const;
  const client = await rawNamedClient(broker.port, 'a', { username: 'a', password: secret, will });
  const { client: other } = await device(guarded, 'b');
  door.revoke(credential.credential);
  broker.recheck();
  await client.until(client.isClosed);
  const back = await rawNamedClient(broker.port, 'a', { username: 'a', password: secret });
  expect(returnCode(back)).toBe(5);
  other.send(publishPacket(1, 'still here', 1, 'v/b/1'));
  await other.until(() => other.acknowledged.length === 1);
  expect(broker.counters).toMatchObject({ credentialRevoked: 2, notAllowedToPublish: 1, packetsTaken: 1 });
  expect([other.isClosed(), broker.connections()]).toEqual([false, 1]);
});

test('what a revoked client still sends before it is cut is not taken', async () => {
  const guarded = await guardedBroker();
  const { client, credential } = await device(guarded, 'a');
  guarded.door.revoke(credential);
  client.send(publishPacket(1, 'too late', 1, 'v/a/1'));
  await client.until(client.isClosed);
  expect(guarded.broker.counters).toMatchObject({ packetsTaken: 0, notAllowedToPublish: 1 });
});

test('a last will is held to the same topics as its client', async () => {
  const { broker, folder, journal, door } = await guardedBroker();
  const { secret } = door.issueSecret({ username: 'a', publish: ['v/a/#'] });
  const leave = async (topic: string): Promise<void> => {
    const will = { topic, payload: Buffer.from('gone'), qos: 1, retain: false } as const;
    const client = await rawNamedClient(broker.port, 'a', { username: 'a', password: secret, will });
    const done = new Promise((resolve) => journal.onCommit(resolve));
    client.socket.resetAndDestroy();
    await done;
  };
  await leave('v/b/will');
  await leave('v/a/will');
  expect(broker.counters.notAllowedToPublish).toBe(1);
  expect(readAll(folder)).toMatchObject([
    {
      kind: 'note',
      note: { reason: 'not-allowed-to-publish', remote: expect.stringMatching(/^127.*:[1-9]/u) },
    },
    { kind: 'packet', topic: 'v/a/will', isAuthenticated: true },
  ]);
});

test('a client id is thrown out by its own credential only', async () => {
  const guarded = await guardedBroker();
  const { client: first, secret } = await device(guarded, 'a');
  const { secret: otherSecret } = guarded.door.issueSecret({ username: 'b', publish: ['v/b/#'] });
  const { port } = guarded.broker;
  const stranger = await rawNamedClient(port, 'a', { username: 'b', password: otherSecret });
  const local = await rawMqttClient(port, 'a');
  expect([returnCode(stranger), returnCode(local)]).toEqual([2, 2]);
  expect([first.isClosed(), guarded.broker.counters.clientIdTaken]).toEqual([false, 2]);
  const second = await rawNamedClient(port, 'a', { username: 'a', password: secret });
  await first.until(first.isClosed);
  expect(returnCode(second)).toBe(0);
});

test('a client id that keeps being taken over is a situation, told once with both addresses', async () => {
  const guarded = await guardedBroker();
  const { client, secret } = await device(guarded, 'a');
  const remotes = [`127.0.0.1:${client.socket.localPort}`];
  for (let last = client, i = 0; i < 5; i += 1) {
    const next = await rawNamedClient(guarded.broker.port, 'a', { username: 'a', password: secret });
    remotes.push(`127.0.0.1:${next.socket.localPort}`);
    await last.until(last.isClosed);
    last = next;
  }
  await guarded.journal.close();
  expect(journalled(guarded.folder)).toEqual([
    {
      note: 'situation',
      situation: 'cloned-client-id',
      subject: 'a',
      detail: `${remotes[2]} and ${remotes[3]}`,
    },
  ]);
});
