import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { openGate } from '../../../tests/support/a-door.ts';
import { emptyFolder, openForTest, readAll } from '../../../tests/support/journal-folder.ts';
import { type Broker, startBroker } from '../broker/start-broker.ts';
import type { Journal } from '../journal/journal.ts';
import { type Certificates, openCertificates } from './certificates.ts';

interface TlsBroker {
  readonly folder: string;
  readonly broker: Broker;
  readonly journal: Journal;
  readonly certificates: Certificates;
  readonly port: number;
  readonly logged: readonly string[];
}

/** Plain and TLS in front of one journal. */
async function tlsBroker(connectionsMax = 100): Promise<TlsBroker> {
  const certificates = await openCertificates(emptyFolder(), {
    nowMs: Date.now(),
    hosts: () => ['localhost', '127.0.0.1'],
  });
  if (!certificates.ok) throw new Error(certificates.error);
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  const logged: string[] = [];
  const broker = await startBroker({
    gate: openGate,
    host: '127.0.0.1',
    port: 0,
    secure: { host: '127.0.0.1', port: 0, context: certificates.value.serverContext() },
    append: (entry, settled) => journal.append(entry, settled),
    limits: { connectionsMax, packetBytesMax: 100_000 },
    log: (line) => logged.push(line),
  });
  if (!broker.ok) throw new Error(broker.error.message);
  onTestFinished(async () => {
    await broker.value.close();
    await journal.close();
  });
  const port = broker.value.securePort ?? 0;
  return { folder, broker: broker.value, journal, certificates: certificates.value, port, logged };
}

async function client(url: string, clientId: string, ca = ''): Promise<mqtt.MqttClient> {
  const connected = await mqtt.connectAsync(url, { clientId, ca, reconnectPeriod: 0 });
  connected.on('error', () => {});
  onTestFinished(() => connected.endAsync(true));
  return connected;
}

/** A client that is cut hears of an error first, or does not: both are right. */
function closed(emitter: net.Socket | mqtt.MqttClient): Promise<void> {
  return new Promise((resolve) => void emitter.once('close', () => resolve()));
}

test('packets over TLS and plain ones are journalled in order and acknowledged alike', async () => {
  const { folder, broker, certificates, port } = await tlsBroker();
  const secure = await client(`mqtts://127.0.0.1:${port}`, 'secure', certificates.caPem);
  const plain = await client(`mqtt://127.0.0.1:${broker.port}`, 'plain');
  const payloads = Array.from({ length: 300 }, (_, i) => `packet ${i}`.padEnd(1_000));
  await Promise.all(
    [secure, plain].flatMap((each) => payloads.map((text) => each.publishAsync('v/1', text, { qos: 1 }))),
  );
  const sentBy = (id: string): string[] =>
    readAll(folder).flatMap((record) =>
      record.kind === 'packet' && record.clientId === id ? [Buffer.from(record.payload).toString()] : [],
    );
  expect([sentBy('secure'), sentBy('plain')]).toEqual([payloads, payloads]);
  expect(broker.counters).toMatchObject({
    packetsTaken: 600,
    acknowledged: 600,
    clientErrors: 0,
    failedHandshakes: 0,
  });
  expect(broker.connections()).toBe(2);
});

test.each([0, 2] as const)('QoS %i and a subscription work over TLS', async (qos) => {
  const { folder, certificates, port } = await tlsBroker();
  const secure = await client(`mqtts://localhost:${port}`, 'secure', certificates.caPem);
  expect(await secure.subscribeAsync('#', { qos: 1 })).toMatchObject([{ qos: 1 }]);
  await secure.publishAsync('v/1', 'hello', { qos });
  await secure.publishAsync('v/2', 'end', { qos: 1 });
  expect(readAll(folder)).toMatchObject([{ topic: 'v/1' }, { topic: 'v/2' }]);
});

test('a client takes over its own connection across the listeners', async () => {
  const { broker, certificates, port } = await tlsBroker();
  const plain = await client(`mqtt://127.0.0.1:${broker.port}`, 'same');
  const isClosed = closed(plain);
  const secure = await client(`mqtts://127.0.0.1:${port}`, 'same', certificates.caPem);
  await isClosed;
  await secure.publishAsync('v/1', 'still here', { qos: 1 });
});

test('a packet over the hard limit is cut over TLS, and its remote address is noted', async () => {
  const { folder, broker, journal, certificates, port } = await tlsBroker();
  const secure = await client(`mqtts://127.0.0.1:${port}`, 'large', certificates.caPem);
  const isClosed = closed(secure);
  secure.publish('v/1', Buffer.alloc(200_000), { qos: 1 });
  await isClosed;
  await journal.close();
  expect(broker.counters.overPacketLimit).toBe(1);
  expect(readAll(folder)).toMatchObject([
    { note: { reason: 'packet-over-hard-limit', remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/u) } },
  ]);
});

test('a client of MQTT 5 is told so over TLS too', async () => {
  const { broker, certificates, port } = await tlsBroker();
  const refused = await mqtt
    .connectAsync(`mqtts://127.0.0.1:${port}`, {
      protocolVersion: 5,
      ca: certificates.caPem,
      reconnectPeriod: 0,
    })
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 0x84 });
  expect(broker.counters.mqtt5Refused).toBe(1);
});

test('a client of TLS 1.2 is refused, counted, logged and noted once', async () => {
  const { folder, broker, journal, certificates, port, logged } = await tlsBroker();
  for (let i = 0; i < 2; i += 1) {
    const old = tls.connect({ port, host: '127.0.0.1', ca: certificates.caPem, maxVersion: 'TLSv1.2' });
    const [error] = await once(old, 'error');
    expect(error).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  }
  expect([broker.counters.tooOldTls, logged]).toEqual([2, ['a client was refused: it knows no TLS 1.3']]);
  await journal.close();
  expect(readAll(folder)).toMatchObject([
    {
      note: {
        note: 'client-refused',
        reason: 'tls-too-old',
        remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/u),
      },
    },
  ]);
});

test('a renewed certificate is shown to whoever comes; whoever is there stays', async () => {
  const { broker, certificates, port } = await tlsBroker();
  const shown = async (): Promise<string | undefined> => {
    const socket = tls.connect({ port, host: '127.0.0.1', ca: certificates.caPem });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    return socket.getPeerX509Certificate()?.serialNumber;
  };
  const there = await client(`mqtts://127.0.0.1:${port}`, 'there', certificates.caPem);
  const before = await shown();
  await certificates.rotateServer(Date.now());
  broker.useCertificates(certificates.serverContext());
  expect(await shown()).not.toBe(before);
  await there.publishAsync('v/1', 'still here', { qos: 1 });
  expect(there.connected).toBe(true);
});

test('the limit of connections is one for both listeners', async () => {
  const { broker, certificates, port } = await tlsBroker(2);
  await client(`mqtt://127.0.0.1:${broker.port}`, 'a');
  await client(`mqtts://127.0.0.1:${port}`, 'b', certificates.caPem);
  for (const full of [broker.port, port]) {
    const socket = net.connect(full, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    await closed(socket);
  }
  expect(broker.counters.overConnectionLimit).toBe(2);
});

test('closing acknowledges what was taken over TLS and cuts handshakes under way', async () => {
  const { folder, broker, certificates, port } = await tlsBroker();
  const secure = await client(`mqtts://127.0.0.1:${port}`, 'secure', certificates.caPem);
  const inHandshake = net.connect(port, '127.0.0.1');
  inHandshake.on('error', () => {});
  inHandshake.resume();
  await once(inHandshake, 'connect');
  const isCut = [closed(inHandshake), closed(secure)];
  await secure.publishAsync('v/1', 'last', { qos: 1 });
  await broker.close();
  await Promise.all(isCut);
  expect(readAll(folder)).toMatchObject([{ topic: 'v/1' }]);
});

test('a stopped intake cuts encrypted connections and lets in no more', async () => {
  const { broker, certificates, port } = await tlsBroker();
  const secure = await client(`mqtts://127.0.0.1:${port}`, 'secure', certificates.caPem);
  const isClosed = closed(secure);
  broker.stopIntake('the disk is full');
  await isClosed;
  const late = net.connect(port, '127.0.0.1');
  const [error] = await once(late, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test('a TLS port in use is named, and the plain one is given back', async () => {
  const { broker, certificates } = await tlsBroker();
  const secure = { host: '127.0.0.1', port: broker.port, context: certificates.serverContext() };
  const second = await startBroker({
    host: '127.0.0.1',
    port: 0,
    secure,
    gate: openGate,
    append: () => {},
    log: () => {},
  });
  expect(second).toMatchObject({ ok: false, error: { problem: 'port-in-use', port: broker.port } });
});
