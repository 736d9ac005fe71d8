import fs from 'node:fs';
import path from 'node:path';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { aBook, TESLA } from '../../tests/support/a-book.ts';
import { switchedDisk } from '../../tests/support/failing-disk.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { emptyFolder } from '../../tests/support/journal-folder.ts';
import { todaysBook } from '../../tests/support/today-book.ts';
import { TestWindow } from '../../tests/support/test-window.ts';
import { must } from '../base/assert.ts';
import { readFeedFrame } from '../protocol/feed-frame.ts';
import type { CoreStart } from '../protocol/process-messages.ts';
import { type Core, type CoreParts, startCore } from './core-process.ts';
import { openDataFolder } from './data-folder.ts';
import { openJournal } from './journal/open-journal.ts';
import { verifyData } from './verify-data.ts';

const quiet = { log: () => undefined };

async function startForTest(
  over: Partial<CoreStart> = {},
  parts: CoreParts = quiet,
): Promise<{ core: Core; start: CoreStart }> {
  const start: CoreStart = {
    data: path.join(emptyFolder(), 'data'),
    book: todaysBook(),
    clock: 'system',
    mqttPort: await freePort(),
    host: '127.0.0.1',
    ...over,
  };
  const started = await startCore(start, parts);
  if (!started.ok) throw new Error(started.error.problem);
  onTestFinished(() => started.value.stop().then(() => undefined));
  return { core: started.value, start };
}

async function tracker(core: Core): Promise<mqtt.MqttClient> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${core.ready.mqtt}`, { reconnectPeriod: 0 });
  onTestFinished(() => void client.end(true));
  return client;
}

test('a packet becomes a dot, a mile and a penny, and says which bytes it came from', async () => {
  const { core } = await startForTest();
  const window = new TestWindow();
  core.attachWindow(window.port);
  const client = await tracker(core);
  const topic = (field: string): string => `telemetry/${TESLA.device}/v/${field}`;
  await client.publishAsync(topic('Location'), '{"latitude":57.7,"longitude":11.97}', { qos: 1 });
  await client.publishAsync(topic('Odometer'), '1000.5', { qos: 1 });

  const status = await window.status(({ penceToday }) => penceToday > 0);
  expect(status).toMatchObject({
    intake: 'running',
    vehicles: 1,
    tenthsToday: 5,
    penceToday: 15,
    alarms: [],
    counts: { packets: { received: 2, decoded: 2, refused: {}, acknowledged: 2 } },
  });
  const frame = readFeedFrame(must(window.frames.at(-1), 'a frame came'));
  expect([frame.latitudesE7[0], frame.longitudesE7[0]]).toEqual([577_000_000, 119_700_000]);
  const now = await window.ask('vehicle.now', { vehicle: TESLA.id });
  expect(now).toMatchObject({ ok: true, value: { today: { tenths: 5, pence: 15, ratePence: '30' } } });
  const charge = await window.ask('charge.explain', { vehicle: TESLA.id, day: null });
  expect(charge.ok ? charge.value?.readings.at(-1) : null).toMatchObject({
    topic: topic('Odometer'),
    payloadUtf8: '1000.5',
    payloadHex: '313030302e35',
    status: 'accepted',
  });
});

test('a stopped core comes back with the same miles, the same book, and a journal that verifies', async () => {
  const { core, start } = await startForTest();
  const client = await tracker(core);
  await client.publishAsync(`telemetry/${TESLA.device}/v/Odometer`, '1000.5', { qos: 1 });
  const before = await core.stop();
  const again = await startForTest({ ...start, book: aBook([]) });
  expect(again.core.counts()).toMatchObject({ vehicles: 1, tenths: before.tenths, pence: 15 });
  await again.core.stop();
  const folder = openDataFolder(start.data, 'system', false);
  expect(folder.ok && (await verifyData(folder.value))).toMatchObject({
    ok: true,
    packets: 1,
    differences: [],
  });
});

test('when the disk fails nothing is acknowledged any more, and one alarm says what to do', async () => {
  const disk = switchedDisk();
  const { core } = await startForTest(
    {},
    { ...quiet, openJournal: (folder, options) => openJournal(folder, { ...options, disk }) },
  );
  const window = new TestWindow();
  core.attachWindow(window.port);
  const client = await tracker(core);
  client.on('error', () => undefined);
  const stopped = window.status(({ intake }) => intake === 'stopped');
  disk.failSyncs = 'ENOSPC';
  const acknowledged: string[] = [];
  const cut = new Promise<void>((resolve) => client.once('close', () => resolve()));
  for (const miles of ['1000.5', '1001.0']) {
    client.publish(`telemetry/${TESLA.device}/v/Odometer`, miles, { qos: 1 }, (error) => {
      if (!error) acknowledged.push(miles);
    });
  }
  const status = await stopped;
  await cut;
  expect(acknowledged).toEqual([]);
  expect(status.alarms).toMatchObject([{ id: 'intake-stopped', priority: 'P1', count: 1 }]);
  expect(status.alarms[0]?.words).toContain('ENOSPC');
  expect(status.counts.packets.received).toBe(0);
});

test('a journal that lost its end is not carried on as if nothing were missing', async () => {
  const { core, start } = await startForTest();
  await core.stop();
  fs.rmSync(path.join(start.data, 'journal'), { recursive: true });
  const again = await startCore(start, quiet);
  expect(again.ok ? '' : again.error.problem).toContain('records are missing');
});

test('a client that speaks MQTT 5 is turned away with the code that says so, and the window counts it', async () => {
  const { core } = await startForTest();
  const window = new TestWindow();
  core.attachWindow(window.port);
  const refused = mqtt.connectAsync(`mqtt://127.0.0.1:${core.ready.mqtt}`, {
    protocolVersion: 5,
    reconnectPeriod: 0,
  });
  await expect(refused).rejects.toMatchObject({ code: 0x84 });
  const status = await window.status(({ connectionsRefused }) => Object.keys(connectionsRefused).length > 0);
  expect(status.connectionsRefused).toEqual({ 'mqtt5-unsupported': 1 });
});

test('a port that is taken is named, and so is the next free one', async () => {
  const { core } = await startForTest();
  const second = await startCore(
    { data: path.join(emptyFolder(), 'data'), clock: 'system', mqttPort: core.ready.mqtt, host: '127.0.0.1' },
    quiet,
  );
  expect(second.ok ? '' : second.error.problem).toContain(String(core.ready.mqtt));
  expect(second.ok ? 0 : second.error.nextFreePort).toBeGreaterThan(core.ready.mqtt);
});

test('what a window may not ask is refused, and the core goes on', async () => {
  const { core } = await startForTest();
  const window = new TestWindow();
  core.attachWindow(window.port);
  window.send({ ask: 'journal.delete', id: 99, input: {} });
  window.send('garbage');
  const refused = await window.ask('vehicle.now', { vehicle: 7 } as never);
  expect(refused).toMatchObject({ ok: false });
  expect(await window.ask('fleet.roster', {})).toMatchObject({
    ok: true,
    value: [{ vehicle: TESLA.id, isClaimed: true }],
  });
});
