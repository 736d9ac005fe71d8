import fs from 'node:fs';
import path from 'node:path';
import mqtt from 'mqtt';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { milepost } from '../../../tests/support/run-milepost.ts';
import { runVerb, type VerbRun } from '../../../tests/support/run-verb.ts';
import { serveCore } from '../../../tests/support/serve-process.ts';
import { todaysBook } from '../../../tests/support/today-book.ts';
import { startCore } from '../../process/core-process.ts';
import { addDevice } from './device-command.ts';

const STRANGER = 'LRW3E7FA0TC000099';
const HEADER = 'username,role,provider,device,publish,subscribe';

async function stoppedCore(): Promise<string> {
  const folder = emptyFolder();
  const data = path.join(folder, 'data');
  const start = { data, clock: 'system', host: '127.0.0.1', mqttPort: 0, book: todaysBook() } as const;
  const core = await startCore(start, { log: () => undefined });
  if (!core.ok) throw new Error(core.error.problem);
  await core.value.stop();
  return data;
}

const device = (...words: string[]): Promise<VerbRun> => runVerb(addDevice, ['device', ...words]);

/** What the verb printed, when it ended well. */
async function printed(...words: string[]): Promise<unknown> {
  const { status, stdout, stderr } = await device(...words);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test('a credential is issued to a folder only its owner reads, connects, and is revoked by its name', async () => {
  const data = await stoppedCore();
  const out = path.join(data, '..', 'taxi-1');
  const asked = ['--username', 'taxi-1', '--provider', 'tesla-fleet-telemetry', '--device', STRANGER];
  const run = milepost('device', 'issue', '--data', data, ...asked, '--out', out);
  expect(JSON.parse(run.stdout)).toMatchObject({
    username: 'taxi-1',
    files: [path.join(out, 'username'), path.join(out, 'secret')],
  });
  expect(fs.statSync(path.join(out, 'secret')).mode & 0o777).toBe(0o600);

  const core = await serveCore(data, ['--mqtt-port', '0']);
  const password = fs.readFileSync(path.join(out, 'secret'), 'utf8');
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${core.ready.mqtt}`, {
    username: 'taxi-1',
    password,
    reconnectPeriod: 0,
  });
  const cut = new Promise<void>((resolve) => client.once('close', () => resolve()));
  // The core runs: the command asks that one.
  expect(await printed('revoke', 'taxi-1', '--data', data, '--reason', 'sold')).toMatchObject({
    position: expect.any(Number),
  });
  await cut;
  const again = await device('revoke', 'taxi-1', '--data', data);
  expect([again.status, again.stderr]).toEqual([1, 'no live credential or user is called "taxi-1"\n']);
  expect(await printed('credentials', '--data', data)).toMatchObject([
    { username: 'taxi-1', proof: 'secret', revokedAtMs: expect.any(Number) },
  ]);
  await core.stop();
}, 90_000);

test('a CSV is told every problem by line and issues nothing; a good one issues all of it', async () => {
  const data = await stoppedCore();
  const file = path.join(data, '..', 'fleet.csv');
  const secrets = path.join(data, '..', 'secrets.csv');
  fs.writeFileSync(file, `${HEADER}\na,device,ovms,ada/van,,\nb,driver,ovms,ada/car,,\n`);
  const wrong = await printed('import', file, '--data', data, '--out', secrets);
  expect(wrong).toMatchObject({ ok: false, problems: [{ line: 3, field: 'role' }] });
  expect(fs.existsSync(secrets)).toBe(false);

  fs.writeFileSync(file, `${HEADER}\na,device,ovms,ada/van,,\nb,gateway,,,kamereon/#,\n`);
  expect(await printed('import', file, '--data', data, '--preview')).toEqual({ lines: 2 });
  expect(await printed('credentials', '--data', data)).toEqual([]);
  expect(await printed('import', file, '--data', data, '--out', secrets)).toMatchObject({
    lines: 2,
    issued: 2,
  });
  expect(fs.readFileSync(secrets, 'utf8')).toMatch(/^username,secret\na,[\w-]{24}\nb,[\w-]{24}\n$/u);
}, 90_000);

test('claims, releases and networks are decided by name; what is wrong is said by field', async () => {
  const data = await stoppedCore();
  const van = ['--provider', 'ovms', '--device', 'ada/van'];
  const claim = ['claim', '--data', data, ...van, '--origin', 'vehicle', '--from', '2026-03-02T09:00:00Z'];
  const unknown = await device(...claim, '--vehicle', 'V-NOBODY');
  expect([unknown.status, unknown.stderr]).toEqual([
    1,
    'vehicle: no vehicle "V-NOBODY"; give one of the book\'s, or describe a new one\n',
  ]);
  expect(await printed(...claim, '--vehicle', 'V-TESLA')).toMatchObject({ position: expect.any(Number) });
  expect(await printed('list', '--data', data)).toMatchObject({
    devices: expect.arrayContaining([expect.objectContaining({ name: 'ada/van', vehicle: 'V-TESLA' })]),
  });
  const networks = ['networks', '--data', data, '--group', 'depot', '--allow'];
  expect((await device(...networks, '10.20.0.0/99')).stderr).toContain('networks.0');
  await printed(...networks, '10.20.0.0/16');
  expect(await printed('networks', '--data', data)).toEqual([{ group: 'depot', networks: ['10.20.0.0/16'] }]);
}, 90_000);
