import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../tests/support/free-port.ts';
import { emptyFolder, readAll } from '../../../tests/support/journal-folder.ts';
import { TestWindow } from '../../../tests/support/test-window.ts';
import type { IssuedCredential } from '../../protocol/door-asks.ts';
import type { AskInput } from '../../protocol/link.ts';
import { type Core, startCore } from '../core-process.ts';

const VINS = ['5YJ3E1EA7KF000001', '5YJ3E1EA7KF000002', '5YJ3E1EA7KF000003'] as const;
const PASSWORD = 'correct horse battery';

interface GuardedCore {
  readonly core: Core;
  readonly data: string;
  readonly window: TestWindow;
  readonly logged: readonly string[];
}

async function guardedCore(): Promise<GuardedCore> {
  const data = path.join(emptyFolder(), 'data');
  const logged: string[] = [];
  const started = await startCore(
    { data, clock: 'system', host: '127.0.0.1', mqttPort: await freePort(), mqttsPort: await freePort() },
    { log: (line, fields) => logged.push(`${line} ${JSON.stringify(fields ?? {})}`) },
  );
  if (!started.ok) throw new Error(started.error.problem);
  onTestFinished(() => started.value.stop().then(() => undefined));
  const window = new TestWindow();
  started.value.attachWindow(window.port);
  return { core: started.value, data, window, logged };
}

type Proof = AskInput<'credential.issue'>['proof'];

async function issued({ window }: GuardedCore, vin: string, proof: Proof): Promise<IssuedCredential> {
  const device = { provider: 'tesla-fleet-telemetry', name: vin } as const;
  const answer = await window.ask('credential.issue', {
    username: vin,
    role: 'device',
    device,
    publish: null,
    subscribe: [],
    proof,
    reason: 'test',
  });
  if (!answer.ok || !answer.value.ok) throw new Error(JSON.stringify(answer));
  return answer.value.issued;
}

async function connected(url: string, options: mqtt.IClientOptions): Promise<mqtt.MqttClient> {
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options });
  client.on('error', () => undefined);
  onTestFinished(() => void client.end(true));
  return client;
}

/** The three ways to prove who one is, one vehicle each, connected. */
async function threeDevices(guarded: GuardedCore) {
  const { mqtt: port, mqtts } = guarded.core.ready;
  const bySecret = await issued(guarded, VINS[0], { kind: 'secret' });
  const byPassword = await issued(guarded, VINS[1], { kind: 'password', password: PASSWORD });
  const byCertificate = await issued(guarded, VINS[2], { kind: 'certificate', days: 30 });
  const ca = byCertificate.authorityPem ?? '';
  const clients = [
    await connected(`mqtts://127.0.0.1:${mqtts}`, { ca, username: VINS[0], password: bySecret.secret ?? '' }),
    await connected(`mqtt://127.0.0.1:${port}`, { username: VINS[1], password: PASSWORD }),
    await connected(`mqtts://127.0.0.1:${mqtts}`, {
      ca,
      cert: byCertificate.certificatePem ?? '',
      key: byCertificate.privateKeyPem ?? '',
    }),
  ] as const;
  return { issued: [bySecret, byPassword, byCertificate] as const, clients };
}

const odometer = (vin: string): string => `telemetry/${vin}/v/Odometer`;

test('what is issued from a window lets its holder in at once; revoked, it is cut, and the others go on', async () => {
  const guarded = await guardedCore();
  const devices = await threeDevices(guarded);
  await Promise.all(
    devices.clients.map((client, i) => client.publishAsync(odometer(VINS[i] ?? ''), '1', { qos: 1 })),
  );
  const packets = readAll(path.join(guarded.data, 'journal')).filter(({ kind }) => kind === 'packet');
  expect(packets.map((packet) => ({ ...packet, position: 0 }))).toMatchObject(
    VINS.map(() => ({ isAuthenticated: true })),
  );
  const [cut, password, certificate] = devices.clients;
  const closed = once(cut as unknown as NodeJS.EventEmitter, 'close');
  const revoked = await guarded.window.ask('decide', {
    decision: { decision: 'revoke-credential', credential: devices.issued[0].credential, reason: 'stolen' },
  });
  expect(revoked).toMatchObject({ ok: true, value: { ok: true } });
  await closed;
  await password.publishAsync(odometer(VINS[1]), '2', { qos: 1 });
  await certificate.publishAsync(odometer(VINS[2]), '2', { qos: 1 });
  const back = connected(`mqtt://127.0.0.1:${guarded.core.ready.mqtt}`, {
    username: VINS[0],
    password: devices.issued[0].secret ?? '',
  });
  await expect(back).rejects.toMatchObject({ code: 5 });
  const status = await guarded.window.status(
    ({ connectionsRefused }) => connectionsRefused['credential-revoked'] === 2,
  );
  expect(status.connectionsRefused).toEqual({ 'credential-revoked': 2 });
});

test('a credential is in force after a restart, with the same key', async () => {
  const guarded = await guardedCore();
  const { secret } = await issued(guarded, VINS[0], { kind: 'secret' });
  await guarded.core.stop();
  const again = await startCore(
    { data: guarded.data, clock: 'system', host: '127.0.0.1', mqttPort: await freePort() },
    { log: () => undefined },
  );
  if (!again.ok) throw new Error(again.error.problem);
  onTestFinished(() => again.value.stop().then(() => undefined));
  const client = await connected(`mqtt://127.0.0.1:${again.value.ready.mqtt}`, {
    username: VINS[0],
    password: secret ?? '',
  });
  await client.publishAsync(odometer(VINS[0]), '1', { qos: 1 });
});

test('a lost key is told of, and lets nobody in', async () => {
  const guarded = await guardedCore();
  const { secret } = await issued(guarded, VINS[0], { kind: 'secret' });
  await guarded.core.stop();
  fs.rmSync(path.join(guarded.data, 'keys', 'credential.key'));
  const logged: string[] = [];
  const again = await startCore(
    { data: guarded.data, clock: 'system', host: '127.0.0.1', mqttPort: await freePort() },
    { log: (line, fields) => logged.push(`${line} ${JSON.stringify(fields ?? {})}`) },
  );
  if (!again.ok) throw new Error(again.error.problem);
  onTestFinished(() => again.value.stop().then(() => undefined));
  expect(logged.join('\n')).toMatch(/no secret issued before is right.*"secrets":1.*credential\.key back/u);
  const url = `mqtt://127.0.0.1:${again.value.ready.mqtt}`;
  await expect(connected(url, { username: VINS[0], password: secret ?? '' })).rejects.toMatchObject({
    code: 4,
  });
});

test('no secret, password or private key stands in the log, the journal, a snapshot or an answer', async () => {
  const guarded = await guardedCore();
  const devices = await threeDevices(guarded);
  const [bySecret, , byCertificate] = devices.issued;
  const { mqtt: port } = guarded.core.ready;
  const secrets = [bySecret.secret ?? '', PASSWORD, `${PASSWORD} mistyped`];
  for (const password of secrets)
    await expect(
      connected(`mqtt://127.0.0.1:${port}`, { username: VINS[2], password }),
    ).rejects.toMatchObject({ code: 4 });
  const answers = [
    await guarded.window.ask('credential.list', {}),
    await guarded.window.ask('situation.list', {}),
    await guarded.window.status(({ connectionsRefused }) => connectionsRefused['bad-credentials'] === 3),
  ];
  await guarded.core.stop();
  const texts = [guarded.logged.join('\n'), JSON.stringify(answers), ...textsIn(guarded.data)];
  const privateKey = (byCertificate.privateKeyPem ?? '').split('\n')[1] ?? '';
  const hidden = [...secrets, privateKey].flatMap((secret) => spellings(secret));
  expect(hidden.every((secret) => secret.length >= 16)).toBe(true);
  // The search finds what is there: the names of the devices are in the journal.
  expect(texts.some((text) => text.includes(VINS[0]))).toBe(true);
  for (const secret of hidden) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
});

/** Everything kept in the data folder as text, byte for byte, but for the keys, which are what they are. */
function textsIn(data: string): string[] {
  return fs
    .readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && path.basename(entry.parentPath) !== 'keys')
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
}

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString('base64').replace(/=+$/u, ''), bytes.toString('hex')];
}
