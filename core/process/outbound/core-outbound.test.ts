import path from 'node:path';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { aBook, TELTONIKA, TESLA, type TestVehicle } from '../../../tests/support/a-book.ts';
import { aDoor } from '../../../tests/support/a-door.ts';
import { switchedDisk } from '../../../tests/support/failing-disk.ts';
import { teslaField } from '../../../tests/support/fold-packets.ts';
import { freePort } from '../../../tests/support/free-port.ts';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { journalledBroker } from '../../../tests/support/journalled-broker.ts';
import { hasMosquittoSub, mosquittoSub } from '../../../tests/support/mosquitto-sub.ts';
import { OutboundWorld } from '../../../tests/support/outbound-world.ts';
import { publishPacket, rawMqttClient } from '../../../tests/support/raw-mqtt-client.ts';
import { TestWindow } from '../../../tests/support/test-window.ts';
import { type Core, type CoreParts, startCore } from '../core-process.ts';
import { openJournal } from '../journal/open-journal.ts';

interface RunningCore {
  readonly core: Core;
  readonly window: TestWindow;
}

async function started(data: string, parts: Partial<CoreParts> = {}): Promise<RunningCore> {
  const core = await startCore(
    { data, book: aBook([TESLA, TELTONIKA]), clock: 'system', host: '127.0.0.1', mqttPort: await freePort() },
    { log: () => undefined, ...parts },
  );
  if (!core.ok) throw new Error(core.error.problem);
  onTestFinished(() => core.value.stop().then(() => undefined));
  const window = new TestWindow();
  core.value.attachWindow(window.port);
  return { core: core.value, window };
}

const newData = (): string => path.join(emptyFolder(), 'data');

/** A credential that may hear so much, and its secret. */
async function issued({ window }: RunningCore, username: string, filter: string) {
  const answer = await window.ask('credential.issue', {
    username,
    role: 'subscriber',
    device: null,
    publish: null,
    subscribe: [filter],
    proof: { kind: 'secret' },
    reason: 'test',
  });
  if (!answer.ok || !answer.value.ok) throw new Error(JSON.stringify(answer));
  const { credential, secret } = answer.value.issued;
  return { credential, username, password: secret ?? '' };
}

async function revoke({ window }: RunningCore, credential: string): Promise<void> {
  const decision = { decision: 'revoke-credential', credential, reason: 'test' };
  expect(await window.ask('decide', { decision })).toMatchObject({ ok: true, value: { ok: true } });
}

async function tracker({ core }: RunningCore): Promise<mqtt.MqttClient> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${core.ready.mqtt}`, { reconnectPeriod: 0 });
  client.on('error', () => undefined);
  onTestFinished(() => void client.end(true));
  return client;
}

const odometer = `telemetry/${TESLA.device}/v/Odometer`;
const stateTopic = `milepost/v1/vehicles/${TESLA.id}/state`;

test.skipIf(!hasMosquittoSub)(
  'mosquitto_sub hears the latest of a vehicle, its changes and an event',
  async () => {
    const running = await started(newData());
    const { username, password } = await issued(running, 'dispatch', 'milepost/v1/#');
    const client = await tracker(running);
    await client.publishAsync(odometer, '1000.5', { qos: 1 });
    const listener = mosquittoSub(running.core.ready.mqtt, 'milepost/v1/#', ['-u', username, '-P', password]);
    expect(await listener.next(() => true)).toEqual({
      topic: stateTopic,
      qos: 0,
      isRetained: true,
      message: {
        vehicle: TESLA.id,
        registration: 'MP26 AAA',
        isSimulated: false,
        observedAt: null,
        receivedAt: expect.stringMatching(/^20.*Z$/),
        motion: 'unknown',
        'Vehicle.TraveledDistance': 1_610_149,
      },
    });
    await client.publishAsync(odometer, '1001', { qos: 1 });
    expect(await listener.next(({ isRetained }) => !isRetained)).toMatchObject({
      topic: stateTopic,
      message: { 'Vehicle.TraveledDistance': 1_610_953 },
    });
    const other = await issued(running, 'other', 'milepost/v1/events/#');
    await revoke(running, other.credential);
    expect(await listener.next(({ topic }) => topic.includes('/events/'))).toMatchObject({
      topic: 'milepost/v1/events/credential-revoked',
      qos: 1,
      isRetained: false,
      message: { event: 'credential-revoked', credential: other.credential, username: 'other' },
    });
  },
);

/** A subscriber, and what it hears of events. */
async function eventsOf(running: RunningCore, name: string): Promise<Record<string, unknown>[]> {
  const { username, password } = await issued(running, name, 'milepost/v1/events/#');
  const url = `mqtt://127.0.0.1:${running.core.ready.mqtt}`;
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, username, password });
  client.on('error', () => undefined);
  onTestFinished(() => void client.end(true));
  const heard: Record<string, unknown>[] = [];
  client.on('message', (_topic, payload) =>
    heard.push(JSON.parse(payload.toString()) as Record<string, unknown>),
  );
  await client.subscribeAsync('milepost/v1/events/#', { qos: 1 });
  return heard;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test('events after a restart have ids that none before it had', async () => {
  const data = newData();
  const ids: unknown[] = [];
  for (const run of ['first', 'second']) {
    const running = await started(data);
    const heard = await eventsOf(running, run);
    for (const name of ['a', 'b']) {
      const { credential } = await issued(running, `${run}-${name}`, 'milepost/v1/#');
      await revoke(running, credential);
    }
    await until(() => heard.length === 2);
    ids.push(...heard.map(({ id }) => id));
    await running.core.stop();
  }
  expect(new Set(ids).size).toBe(4);
});

test('when the disk fails, subscribers hear of the stopped intake before they are cut', async () => {
  const disk = switchedDisk();
  const running = await started(newData(), {
    openJournal: (folder, options) => openJournal(folder, { ...options, disk }),
  });
  const heard = await eventsOf(running, 'dispatch');
  const client = await tracker(running);
  disk.failSyncs = 'ENOSPC';
  client.publish(odometer, '1000.5', { qos: 1 });
  await until(() => heard.length > 0);
  expect(heard).toMatchObject([{ event: 'alarm-raised', alarm: 'intake-stopped', priority: 'P1' }]);
});

test('a subscriber that reads nothing is cut; another one, and a tracker, notice nothing', async () => {
  const devices = Array.from({ length: 400 }, (_, i) => `LRW3E7FA0TC${String(i).padStart(6, '0')}`);
  const moving = new OutboundWorld();
  const atMs = Date.parse('2026-03-02T09:00:00Z');
  moving.load(aBook(devices.map((device, i): TestVehicle => ({ ...TESLA, id: `V${i}`, device }))), atMs);
  const { broker } = await journalledBroker(
    {},
    undefined,
    aDoor({ mayAnonymousHear: true }).gate,
    moving.outbound,
  );
  const [stalled, good] = [
    await rawMqttClient(broker.port, 'stalled'),
    await rawMqttClient(broker.port, 'good'),
  ];
  for (const client of [stalled, good]) {
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'milepost/v1/#', qos: 0 }] });
    await client.until(() => client.received.some(({ cmd }) => cmd === 'suback'));
  }
  const device = await rawMqttClient(broker.port, 'tracker');
  stalled.socket.pause();
  const told = (): number => good.received.filter(({ cmd }) => cmd === 'publish').length;
  for (let second = 1; broker.counters.tooSlow === 0; second += 1) {
    expect(second).toBeLessThan(500);
    moving.commit(
      ...devices.map((name) => ({ atMs: atMs + second, ...teslaField(name, 'VehicleSpeed', second) })),
    );
    const before = told();
    await moving.second();
    device.send(publishPacket(second, 'x'));
    await device.until(() => device.acknowledged.length === second);
    await good.until(() => told() === before + 400);
  }
  expect(broker.counters).toMatchObject({ tooSlow: 1, clientErrors: 0 });
  expect([good.isClosed(), device.isClosed()]).toEqual([false, false]);
});
