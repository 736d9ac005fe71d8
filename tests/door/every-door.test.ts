import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { localDayOf, startOfDayMs } from '../../core/base/calendar.ts';
import { must } from '../../core/base/assert.ts';
import { type AskDoor, withDoor } from '../../core/cli/device/ask-core.ts';
import { writeIssued } from '../../core/cli/device/write-issued.ts';
import { ok } from '../../core/base/result.ts';
import { aBook, TESLA, type TestVehicle } from '../support/a-book.ts';
import { emptyFolder } from '../support/journal-folder.ts';
import { rawTracker } from '../support/raw-tracker.ts';
import { type ServedCore, serveCore } from '../support/serve-process.ts';
import { teltonikaFrame } from '../support/teltonika-bytes.ts';

/**
 * Each way in, from the outside: programs we did not write or scripted trackers deliver a mile that is billed, and are
 * cut off when a person says so.
 */
const run = promisify(execFile);
const IMEI = '356000000000019';
const QUECLINK_IMEI = '356000000000027';
const BOX: TestVehicle = {
  id: 'V-BOX',
  provider: 'teltonika',
  device: IMEI,
  opening: '20000',
  openingUnit: 'km',
};
const TEXT: TestVehicle = {
  id: 'V-TEXT',
  provider: 'queclink',
  device: QUECLINK_IMEI,
  opening: '15000',
  openingUnit: 'km',
};

async function serveToday(
  vehicle: TestVehicle,
  ...more: string[]
): Promise<{ core: ServedCore; data: string }> {
  const folder = emptyFolder();
  const data = path.join(folder, 'data');
  const book = path.join(folder, 'book.json');
  const midnightMs = startOfDayMs(localDayOf(Date.now(), 'Europe/London'), 'Europe/London');
  writeFileSync(book, JSON.stringify(aBook([vehicle], { start: new Date(midnightMs).toISOString() })));
  const core = await serveCore(data, ['--book', book, '--mqtt-port', '0', ...more]);
  onTestFinished(() => core.kill());
  return { core, data };
}

/** One question or decision, as `milepost device` puts it. */
async function decide(data: string, decision: Record<string, unknown>): Promise<void> {
  const answer = await withDoor(data, async (ask) => ask('decide', { decision }));
  expect(answer).toMatchObject({ ok: true, value: { ok: true } });
}

async function issueCertificate(data: string, folder: string): Promise<string> {
  const issued = await withDoor(data, async (ask: AskDoor) => {
    const answer = await ask('credential.issue', {
      username: 'tesla-bridge',
      role: 'device',
      device: { provider: TESLA.provider, name: TESLA.device },
      publish: null,
      subscribe: [],
      proof: { kind: 'certificate', days: 30 },
      reason: 'test',
    });
    return answer.ok ? ok(answer.value) : answer;
  });
  if (!issued.ok || !issued.value.ok) throw new Error(JSON.stringify(issued));
  writeIssued(folder, issued.value.issued);
  return issued.value.issued.credential;
}

test('mosquitto_pub over TLS with a client certificate: a mile is billed; revoked, it is cut and refused', async () => {
  const { core, data } = await serveToday(TESLA, '--mqtts-port', '0');
  const folder = path.join(data, '..', 'tesla');
  const credential = await issueCertificate(data, folder);
  const port = must(core.ready.mqtts, 'TLS listens');
  const file = (name: string): string => path.join(folder, name);
  const keys = ['--cafile', file('authority.crt'), '--cert', file('client.crt'), '--key', file('client.key')];
  const broker = ['-h', 'localhost', '-p', String(port), '-V', 'mqttv311', '--tls-version', 'tlsv1.3'];
  const publish = (field: string, payload: string) => {
    const packet = ['-q', '1', '-t', `telemetry/${TESLA.device}/v/${field}`, '-m', payload];
    return run('mosquitto_pub', [...broker, ...keys, ...packet]);
  };
  await publish('Odometer', '1000');
  await publish('Odometer', '1000.5');

  const live = await mqtt.connectAsync(`mqtts://localhost:${port}`, {
    ca: readFileSync(file('authority.crt')),
    cert: readFileSync(file('client.crt')),
    key: readFileSync(file('client.key')),
    reconnectPeriod: 0,
  });
  const cut = new Promise<void>((resolve) => live.once('close', () => resolve()));
  await decide(data, { decision: 'revoke-credential', credential, reason: 'sold' });
  await cut;
  await expect(publish('Odometer', '1001')).rejects.toMatchObject({ code: expect.any(Number) });
  const counts = await core.stop();
  expect(counts).toMatchObject({ packets: { received: 2, decoded: 2 }, tenths: 5, pence: 15 });
}, 60_000);

test('a Teltonika tracker over TCP: a mile is billed; released from its vehicle, it is cut and refused', async () => {
  const { core, data } = await serveToday(BOX, '--tcp-port', 'teltonika=0');
  const port = must(core.ready.tcp?.teltonika, 'Teltonika listens');
  const login = Buffer.concat([Buffer.from([0, IMEI.length]), Buffer.from(IMEI)]);
  const tracker = await rawTracker(port);
  const nowMs = Date.now();
  tracker.send(login);
  await tracker.until(() => tracker.received() === '01');
  tracker.send(teltonikaFrame({ atMs: nowMs - 60_000, odometerMetres: 20_000_000 }));
  tracker.send(teltonikaFrame({ atMs: nowMs, odometerMetres: 20_001_610 }));
  await tracker.until(() => tracker.received() === '010000000100000001');

  const at = new Date().toISOString();
  const device = { provider: 'teltonika', device: IMEI, at, reason: 'taken out' };
  await decide(data, { decision: 'release-device', ...device });
  await tracker.until(tracker.isClosed);
  const again = await rawTracker(port);
  again.send(login);
  await again.until(again.isClosed);
  expect(again.received()).toBe('00');
  expect(await core.stop()).toMatchObject({
    packets: { received: 2, decoded: 2, acknowledged: 2 },
    tenths: 10,
    pence: 30,
  });
}, 60_000);

test('a Queclink tracker over TCP: a mile is billed; released from its vehicle, it is cut', async () => {
  const { core, data } = await serveToday(TEXT, '--tcp-port', 'queclink=0');
  const tracker = await rawTracker(must(core.ready.tcp?.queclink, 'Queclink listens'));
  const time = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+Z/g, '');
  const report = (atMs: number, km: string, count: string): string =>
    `+RESP:GTFRI,060502,${QUECLINK_IMEI},,12650,10,1,1,48.0,271,35.0,-1.234568,51.500123,${time(atMs)},` +
    `0234,0015,0A1B,00C2D3,00,${km},00123:45:06,,,80,220100,,,,${time(atMs)},${count}$`;
  const nowMs = Date.now();
  tracker.send(report(nowMs - 60_000, '15000.0', '00A7'), report(nowMs, '15001.7', '00A8'));
  const replies = Buffer.from('+SACK:00A7$+SACK:00A8$').toString('hex');
  await tracker.until(() => tracker.received() === replies);
  tracker.send(`+ACK:GTHBD,060502,${QUECLINK_IMEI},,${time(nowMs)},00A9$`);
  await tracker.until(() =>
    tracker.received().endsWith(Buffer.from('+SACK:GTHBD,060502,00A9$').toString('hex')),
  );

  const at = new Date().toISOString();
  await decide(data, {
    decision: 'release-device',
    provider: 'queclink',
    device: QUECLINK_IMEI,
    at,
    reason: 'sold',
  });
  await tracker.until(tracker.isClosed);
  expect(await core.stop()).toMatchObject({ packets: { received: 3, decoded: 3 }, tenths: 11, pence: 33 });
}, 60_000);
