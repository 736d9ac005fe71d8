import fs from 'node:fs';
import path from 'node:path';
import mqtt from 'mqtt';
import { expect, test } from 'vitest';
import { TESLA } from '../../tests/support/a-book.ts';
import { emptyFolder } from '../../tests/support/journal-folder.ts';
import { milepost } from '../../tests/support/run-milepost.ts';
import { serveCore } from '../../tests/support/serve-process.ts';
import { writeTodaysBook } from '../../tests/support/today-book.ts';
import { localDayOf } from '../base/calendar.ts';

test('serve takes packets and closes its counts; verify agrees, explain shows the packet, a flipped bit is named', async () => {
  const folder = emptyFolder();
  const data = path.join(folder, 'data');
  writeTodaysBook(path.join(folder, 'book.json'));
  const core = await serveCore(data, ['--book', path.join(folder, 'book.json'), '--mqtt-port', '0']);
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${core.ready.mqtt}`);
  await client.publishAsync(`telemetry/${TESLA.device}/v/Odometer`, '1000.5', { qos: 1 });
  await client.publishAsync('weather/today', 'rain', { qos: 1 });
  await client.endAsync();
  expect(await core.stop()).toMatchObject({
    packets: { received: 2, decoded: 1, refused: { 'unknown-topic': 1 }, duplicate: 0, acknowledged: 2 },
    readings: { decoded: 1, accepted: 1 },
    vehicles: 1,
    tenths: 5,
    pence: 15,
  });

  const verified = milepost('verify', '--data', data, '--json');
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, packets: 2, differences: [] });
  expect(verified.status).toBe(0);
  const day = localDayOf(Date.now(), 'Europe/London');
  const explained = milepost('explain', '--data', data, '--vehicle', TESLA.id, '--day', day);
  expect(JSON.parse(explained.stdout)).toMatchObject({ tenths: 5, pence: 15, ratePence: '30' });
  expect(explained.stdout).toContain('"payloadUtf8": "1000.5"');

  const [segment = ''] = fs.readdirSync(path.join(data, 'journal', 'partition-0'));
  const file = path.join(data, 'journal', 'partition-0', segment);
  const bytes = fs.readFileSync(file);
  bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 4;
  fs.writeFileSync(file, bytes);
  const damaged = milepost('verify', '--data', data);
  expect(damaged.status).toBe(1);
  expect(damaged.stdout).toContain(segment);
}, 60_000);

test('what cannot be done is said in words, with an exit code', () => {
  const folder = emptyFolder();
  const notData = milepost('verify', '--data', folder);
  expect([notData.status, notData.stderr]).toEqual([
    2,
    `${folder} is not a data folder: it has no milepost.json.\n`,
  ]);
  const typo = milepost('serv');
  expect(typo.status).toBe(2);
  expect(typo.stderr).toContain('Did you mean serve?');
  const badClock = milepost('serve', '--clock', 'sundial');
  expect([badClock.status, badClock.stderr.includes('use system or driven')]).toEqual([2, true]);
}, 60_000);
