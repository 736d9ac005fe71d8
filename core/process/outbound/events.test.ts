import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TELTONIKA, TESLA } from '../../../tests/support/a-book.ts';
import { teltonika, teslaField, teslaOdometer } from '../../../tests/support/fold-packets.ts';
import { OutboundWorld, turns } from '../../../tests/support/outbound-world.ts';
import type { Decision } from '../../protocol/decision.ts';
import { intakeStoppedAlarm } from '../../alarms/alarm-list.ts';
import { aCredential } from '../../../tests/support/a-door.ts';
import { EventQueue } from './event-queue.ts';

const EVENTS = 'milepost/v1/events/#';
const DAY_MS = 86_400_000;
const NINE_MS = BOOK_START_MS + 9 * 3_600_000;
const MIDNIGHT_MS = BOOK_START_MS + DAY_MS;
const signed = { actor: 'ada', reason: 'test' };

function morning(): OutboundWorld {
  const moving = new OutboundWorld();
  moving.load(aBook([TESLA, TELTONIKA]), NINE_MS);
  moving.commit(
    { atMs: NINE_MS, ...teslaOdometer(TESLA.device, '1000.0') },
    { atMs: NINE_MS + 60_000, ...teslaOdometer(TESLA.device, '1002.5') },
  );
  return moving;
}

const tick = (atMs: number) => ({ atMs, topic: null });

test('a day that closes is told of for each vehicle that was assigned, with its tenths and their price', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber(EVENTS);
  moving.commit(tick(MIDNIGHT_MS - 1));
  await turns();
  expect(subscriber.take()).toEqual([]);
  moving.commit(tick(MIDNIGHT_MS - 1), tick(MIDNIGHT_MS + 5));
  await turns();
  const event = {
    event: 'vehicle-day-closed',
    at: '2026-03-03T00:00:00.005Z',
    isSimulated: false,
    contract: 'C1',
    day: '2026-03-02',
    unit: 'mi',
    isProvisional: true,
  };
  const delivery = { topic: 'milepost/v1/events/vehicle-day-closed', qos: 1, isRetained: false };
  expect(subscriber.take()).toEqual([
    {
      ...delivery,
      message: {
        ...event,
        id: '5.vehicle-day-closed.0',
        vehicle: TESLA.id,
        registration: 'MP26 AAA',
        tenths: 25,
        pence: 75,
      },
    },
    {
      ...delivery,
      message: {
        ...event,
        id: '5.vehicle-day-closed.1',
        vehicle: TELTONIKA.id,
        registration: 'MP26 AAB',
        tenths: 0,
        pence: 0,
      },
    },
  ]);
});

test('days that close together are told of one by one; a contract that comes with closed days brings them', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber('milepost/v1/events/vehicle-day-closed');
  moving.commit(tick(MIDNIGHT_MS + 2 * DAY_MS));
  await turns();
  const days = subscriber.take().map(({ message }) => [message['vehicle'], message['day'], message['id']]);
  expect(days).toEqual([
    [TESLA.id, '2026-03-02', '3.vehicle-day-closed.0'],
    [TESLA.id, '2026-03-03', '3.vehicle-day-closed.1'],
    [TESLA.id, '2026-03-04', '3.vehicle-day-closed.2'],
    [TELTONIKA.id, '2026-03-02', '3.vehicle-day-closed.3'],
    [TELTONIKA.id, '2026-03-03', '3.vehicle-day-closed.4'],
    [TELTONIKA.id, '2026-03-04', '3.vehicle-day-closed.5'],
  ]);
  const fresh = new OutboundWorld();
  const early = await fresh.subscriber(EVENTS);
  fresh.load(aBook([TESLA]), MIDNIGHT_MS + DAY_MS);
  fresh.commit(tick(MIDNIGHT_MS + DAY_MS));
  await turns();
  expect(early.take().map(({ message }) => message['day'])).toEqual(['2026-03-02', '2026-03-03']);
});

test('claims, releases and revocations are told of; what is decided otherwise is not', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber(EVENTS);
  const device = { provider: 'teltonika', device: '356000000000027' } as const;
  const credential = {
    ...aCredential,
    credential: 'c-00000001',
    proof: { kind: 'secret', hmacSha256Hex: 'a'.repeat(64) },
  } as const;
  const from = '2026-03-02T10:00:00Z';
  const decisions: readonly Decision[] = [
    {
      decision: 'claim-device',
      ...signed,
      ...device,
      vehicle: TESLA.id,
      origin: 'tracker',
      from,
      group: 'default',
    },
    { decision: 'release-device', ...signed, ...device, at: from },
    { decision: 'issue-credential', ...signed, credential },
    { decision: 'revoke-credential', ...signed, credential: credential.credential },
  ];
  for (const [i, decision] of decisions.entries()) moving.decide(decision, NINE_MS + 3_600_000 + i);
  await turns();
  const at = (ms: number): string => new Date(NINE_MS + 3_600_000 + ms).toISOString();
  const event = { isSimulated: false };
  expect(subscriber.take().map(({ message }) => message)).toEqual([
    {
      ...event,
      id: '3.device-claimed.0',
      event: 'device-claimed',
      at: at(0),
      ...device,
      vehicle: TESLA.id,
      origin: 'tracker',
      from,
    },
    { ...event, id: '4.device-released.0', event: 'device-released', at: at(1), ...device, from },
    {
      ...event,
      id: '6.credential-revoked.0',
      event: 'credential-revoked',
      at: at(3),
      credential: 'c-00000001',
      username: 'tracker-1',
    },
  ]);
  await moving.second();
  expect(subscriber.take().map(({ message }) => message)).toEqual([
    {
      ...event,
      id: '3.situation-noted.0',
      event: 'situation-noted',
      at: at(0),
      situation: 'two-trackers',
      subject: TESLA.id,
      detail: expect.stringContaining('the first one is billed'),
    },
  ]);
});

test('a situation is told of when it is seen first, however often it recurs', async () => {
  const moving = new OutboundWorld();
  const book = aBook([TESLA, TELTONIKA]);
  const vehicles = book.vehicles.map((vehicle) =>
    vehicle.id === TELTONIKA.id ? { ...vehicle, vin: '5YJ3E1EA7KF000001' } : vehicle,
  );
  moving.load({ ...book, vehicles }, NINE_MS);
  const subscriber = await moving.subscriber(EVENTS);
  const elsewhere = (i: number) => ({
    atMs: NINE_MS + 1_000 * i,
    ...teltonika(TELTONIKA.device, NINE_MS + 1_000 * i, 20_000_000, { '256': '5YJ3E1EA7KF000002' }),
  });
  for (let i = 1; i <= 3; i += 1) {
    moving.commit(elsewhere(i));
    await moving.second();
  }
  expect([...moving.world.situations.values()].map(({ count }) => count)).toEqual([3]);
  expect(subscriber.take().map(({ message }) => message['id'])).toEqual(['1.situation-noted.0']);
});

test('events are built only while somebody hears their kind, and what was before is not told', async () => {
  const moving = morning();
  moving.commit(tick(MIDNIGHT_MS));
  await moving.subscriber('milepost/v1/vehicles/#', 'milepost/v1/events/alarm-raised');
  moving.commit(tick(MIDNIGHT_MS + DAY_MS));
  expect(moving.outbound.built.events).toBe(0);
  const subscriber = await moving.subscriber(EVENTS);
  await moving.second();
  expect(subscriber.take()).toEqual([]);
  moving.commit(tick(MIDNIGHT_MS + 2 * DAY_MS));
  await turns();
  expect(subscriber.take().map(({ message }) => message['day'])).toEqual(['2026-03-04', '2026-03-04']);
});

test('after a restart the same records have the same ids, and later ones others', async () => {
  const ids = async (moving: OutboundWorld, atMs: number): Promise<unknown[]> => {
    const subscriber = await moving.subscriber(EVENTS);
    moving.commit(tick(atMs));
    await turns();
    return subscriber.take().map(({ message }) => message['id']);
  };
  const before = await ids(morning(), MIDNIGHT_MS);
  expect(await ids(morning(), MIDNIGHT_MS)).toEqual(before);
  const restarted = morning();
  restarted.commit(tick(MIDNIGHT_MS));
  const after = await ids(new OutboundWorld(restarted.world), MIDNIGHT_MS + DAY_MS);
  expect(after).toHaveLength(2);
  expect(before.filter((id) => after.includes(id))).toEqual([]);
});

test('a stopped intake is told of before anything else can happen', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber('milepost/v1/#');
  subscriber.take();
  moving.outbound.alarmRaised(intakeStoppedAlarm('the disk is full', NINE_MS));
  expect(subscriber.take()).toEqual([
    {
      topic: 'milepost/v1/events/alarm-raised',
      qos: 1,
      isRetained: false,
      message: {
        id: `3.alarm-raised.${NINE_MS}`,
        event: 'alarm-raised',
        at: '2026-03-02T09:00:00.000Z',
        isSimulated: false,
        alarm: 'intake-stopped',
        priority: 'P1',
        words: 'Intake stopped: the disk is full',
        response: expect.stringContaining('start Milepost again'),
      },
    },
  ]);
});

test('so many events are on their way unacknowledged, in order; who acknowledges none is cut', async () => {
  const moving = morning();
  const [subscriber, silent] = [await moving.subscriber(EVENTS), await moving.subscriber(EVENTS)];
  moving.commit(tick(MIDNIGHT_MS + 99 * DAY_MS));
  await turns();
  expect(subscriber.told).toHaveLength(64);
  moving.outbound.acknowledged(subscriber, 65_535);
  await turns();
  expect(subscriber.told).toHaveLength(64);
  while (subscriber.told.length < 200) {
    for (const id of subscriber.messageIds.splice(0)) moving.outbound.acknowledged(subscriber, id);
    await turns();
  }
  const numbers = subscriber.take().map(({ message }) => Number(String(message['id']).split('.')[2]));
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => i));
  for (const id of subscriber.messageIds.splice(0)) moving.outbound.acknowledged(subscriber, id);
  for (let second = 0; second < 6; second += 1) await moving.second();
  expect([subscriber.isCut, silent.isCut, silent.told.length]).toEqual([false, true, 64]);
});

test('at QoS 0 events are told without a number and wait for no acknowledgement; of two filters the higher QoS counts', async () => {
  const moving = morning();
  const [none, mixed] = [await moving.subscriber(), await moving.subscriber()];
  moving.outbound.subscribed(none, EVENTS, 0);
  moving.outbound.subscribed(mixed, EVENTS, 0);
  moving.outbound.subscribed(mixed, 'milepost/v1/#', 1);
  moving.commit(tick(MIDNIGHT_MS + 49 * DAY_MS));
  await turns();
  const events = [none, mixed].map(({ told }) => told.filter(({ message }) => 'event' in message));
  expect(events.map((told) => [told.length, told[0]?.qos])).toEqual([
    [100, 0],
    [64, 1],
  ]);
  expect(none.messageIds).toEqual([]);
});

test('a message id is not given again while it is on its way', () => {
  const queue = new EventQueue();
  const event = { topic: 't', payload: Buffer.from('{}'), qos: 1 } as const;
  const idOf = (packet: Buffer): number => packet.readUInt16BE(5);
  const next = (): number => {
    queue.push(event);
    return idOf(queue.nextPacket());
  };
  expect(next()).toBe(1);
  for (let id = 2; id <= 65_535; id += 1) {
    expect(next()).toBe(id);
    queue.acknowledged(id);
  }
  expect(next()).toBe(2);
});

test('a client that leaves more events waiting than it may is told so by the queue', () => {
  const queue = new EventQueue();
  const event = { topic: 't', payload: Buffer.from('{}'), qos: 1 } as const;
  const taken = Array.from({ length: 100_001 }, () => queue.push(event));
  expect(taken.indexOf(false)).toBe(100_000);
});

test('who is cut is told nothing more, and the work for it ends', async () => {
  const moving = new OutboundWorld();
  moving.load(aBook([TESLA]), NINE_MS);
  moving.commit({ atMs: NINE_MS, ...teslaField(TESLA.device, 'VehicleSpeed', 30) });
  const subscriber = await moving.subscriber('milepost/v1/#');
  subscriber.take();
  subscriber.takeRoom();
  moving.commit({ atMs: NINE_MS + 1, ...teslaField(TESLA.device, 'VehicleSpeed', 31) });
  for (let second = 0; second < 6; second += 1) await moving.second();
  expect(subscriber.isCut).toBe(true);
  const { built } = moving.outbound;
  moving.commit(tick(MIDNIGHT_MS + DAY_MS));
  await moving.second();
  expect(moving.outbound.built).toEqual(built);
});
