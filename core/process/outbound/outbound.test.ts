import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TELTONIKA, TESLA, type TestVehicle } from '../../../tests/support/a-book.ts';
import { teltonika, teslaField, teslaOdometer } from '../../../tests/support/fold-packets.ts';
import { OutboundWorld, turns } from '../../../tests/support/outbound-world.ts';

const NINE_MS = BOOK_START_MS + 9 * 3_600_000;
const ALL = 'milepost/v1/#';
const STATES = 'milepost/v1/vehicles/+/state';
const stateTopic = (id: string): string => `milepost/v1/vehicles/${id}/state`;
const speed = (kmh: number, device = TESLA.device) => teslaField(device, 'VehicleSpeed', kmh / 1.609344);

/** Two vehicles in the book, one of which was heard from, and a tracker nobody claimed. */
function morning(): OutboundWorld {
  const moving = new OutboundWorld();
  moving.load(aBook([TESLA, TELTONIKA]), NINE_MS);
  moving.commit(
    { atMs: NINE_MS, ...teslaOdometer(TESLA.device, '1000.5') },
    { atMs: NINE_MS + 1, ...teslaField(TESLA.device, 'Location', { latitude: 57.7, longitude: 11.97 }) },
    { atMs: NINE_MS + 2, ...teslaOdometer('LRW3E7FA0TC000999', '7') },
  );
  return moving;
}

const TESLA_STATE = {
  vehicle: TESLA.id,
  registration: 'MP26 AAA',
  isSimulated: false,
  observedAt: null,
  receivedAt: '2026-03-02T09:00:00.001Z',
  motion: 'stopped',
  'Vehicle.TraveledDistance': 1_610_149,
  'Vehicle.CurrentLocation.Latitude': 57.7,
  'Vehicle.CurrentLocation.Longitude': 11.97,
};

test('a new subscriber is told the latest of every vehicle of the book that was heard, marked as retained', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber(STATES);
  expect(subscriber.take()).toEqual([
    { topic: stateTopic(TESLA.id), qos: 0, isRetained: true, message: TESLA_STATE },
  ]);
  await moving.second();
  expect(subscriber.take()).toEqual([]);
});

test('what changes is told once a second, as it is then, however often it changed', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber(STATES);
  subscriber.take();
  for (let i = 1; i <= 50; i += 1) moving.commit({ atMs: NINE_MS + 10 * i, ...speed(i) });
  const more = { '16': 20_000_000, '152': 81 };
  moving.commit({ atMs: NINE_MS + 600, ...teltonika(TELTONIKA.device, NINE_MS + 500, 20_000_000, more) });
  await turns();
  expect(subscriber.take()).toEqual([]);
  await moving.second();
  const told = subscriber.take();
  expect(told.map(({ topic, isRetained }) => [topic, isRetained])).toEqual([
    [stateTopic(TESLA.id), false],
    [stateTopic(TELTONIKA.id), false],
  ]);
  expect(told[0]?.message['Vehicle.Speed']).toBeCloseTo(50, 6);
  expect(told[1]?.message).toMatchObject({
    observedAt: '2026-03-02T09:00:00.500Z',
    receivedAt: '2026-03-02T09:00:00.600Z',
    motion: 'moving',
    'Vehicle.TraveledDistance': 20_000_000,
    'Vehicle.Speed': 30,
    'Vehicle.CurrentLocation.Heading': 90,
    'Vehicle.CurrentLocation.Timestamp': '2026-03-02T09:00:00.500Z',
  });
});

test('charge and charging are told as they were last reported', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber(STATES);
  subscriber.take();
  const told = async (field: string, value: unknown): Promise<unknown[]> => {
    moving.commit({ atMs: NINE_MS + 10, ...teslaField(TESLA.device, field, value) });
    await moving.second();
    const battery = 'Vehicle.Powertrain.TractionBattery';
    const message = subscriber.take()[0]?.message;
    return [message?.[`${battery}.StateOfCharge.Displayed`], message?.[`${battery}.Charging.IsCharging`]];
  };
  expect(await told('Soc', 63.5)).toEqual([63.5, undefined]);
  expect(await told('DetailedChargeState', 'DetailedChargeStateCharging')).toEqual([63.5, true]);
  expect(await told('DetailedChargeState', 'DetailedChargeStateStopped')).toEqual([63.5, false]);
});

test('while nobody subscribes nothing is built and no timer runs; when the last one leaves it is so again', async () => {
  const moving = morning();
  await moving.second();
  expect([moving.outbound.built, moving.hasTimer]).toEqual([{ states: 0, events: 0 }, false]);
  const first = await moving.subscriber(ALL);
  const second = await moving.subscriber(STATES);
  expect([moving.outbound.built, moving.hasTimer]).toEqual([{ states: 1, events: 0 }, true]);
  moving.outbound.unsubscribed(first, ALL);
  moving.outbound.left(second);
  expect(moving.hasTimer).toBe(false);
  moving.commit({ atMs: NINE_MS + 86_400_000, ...speed(20) });
  await moving.second();
  expect([moving.outbound.built, first.take().length, second.take().length]).toEqual([
    { states: 1, events: 0 },
    1,
    1,
  ]);
});

test('a state is built once for all who hear it, and not for who hears others', async () => {
  const moving = morning();
  const both = [await moving.subscriber(STATES), await moving.subscriber(ALL)];
  const other = await moving.subscriber(stateTopic(TELTONIKA.id), 'milepost/v1/events/+');
  for (const subscriber of [...both, other]) subscriber.take();
  const { states } = moving.outbound.built;
  moving.commit({ atMs: NINE_MS + 10, ...speed(20) });
  await moving.second();
  expect(both.map((subscriber) => subscriber.take().length)).toEqual([1, 1]);
  expect(other.take()).toEqual([]);
  expect(moving.outbound.built.states).toBe(states + 1);
});

test.each([
  [ALL, 1],
  ['milepost/#', 1],
  ['milepost/v1/vehicles/#', 1],
  [stateTopic(TESLA.id), 1],
  [stateTopic(TELTONIKA.id), 0],
  ['milepost/v1/vehicles/+', 0],
  ['milepost/v1/events/#', 0],
])('%s is told of %i vehicles', async (filter, told) => {
  const subscriber = await morning().subscriber(filter);
  expect(subscriber.told).toHaveLength(told);
});

test('a vehicle whose id no topic can hold has it percent-encoded', async () => {
  const moving = new OutboundWorld();
  moving.load(aBook([{ ...TESLA, id: 'a/+ #é\ud800' }]), NINE_MS);
  moving.commit({ atMs: NINE_MS, ...speed(20) });
  const subscriber = await moving.subscriber(STATES);
  expect(subscriber.told.map(({ topic }) => topic)).toEqual([stateTopic('a%2F%2B%20%23%C3%A9%EF%BF%BD')]);
});

/** Enough vehicles for a dozen chunks. */
function largeFleet(count: number): { moving: OutboundWorld; devices: readonly string[] } {
  const devices = Array.from({ length: count }, (_, i) => `LRW3E7FA0TC${String(i).padStart(6, '0')}`);
  const moving = new OutboundWorld();
  moving.load(aBook(devices.map((device, i): TestVehicle => ({ ...TESLA, id: `V${i}`, device }))), NINE_MS);
  moving.commit(...devices.map((device) => ({ atMs: NINE_MS, ...speed(20, device) })));
  return { moving, devices };
}

test('a client that takes a chunk at a time is told of every vehicle once, and of what changed meanwhile afterwards', async () => {
  const { moving, devices } = largeFleet(300);
  const subscriber = await moving.subscriber();
  subscriber.takesOneWriteAtATime = true;
  moving.outbound.subscribed(subscriber, STATES, 0);
  await turns();
  const inFirstChunk = subscriber.told.length;
  expect(inFirstChunk).toBeLessThan(300);
  moving.commit({ atMs: NINE_MS + 10, ...speed(90, devices[0]) });
  while (subscriber.told.length < 300) {
    subscriber.giveRoom();
    await turns();
  }
  const told = subscriber.take();
  expect(new Set(told.map(({ topic }) => topic)).size).toBe(300);
  expect(told.every(({ isRetained }) => isRetained)).toBe(true);
  subscriber.giveRoom();
  await moving.second();
  expect(subscriber.take().map(({ topic, isRetained }) => [topic, isRetained])).toEqual([
    [stateTopic('V0'), false],
  ]);
});

test('a client that takes nothing for five seconds is cut; the others are told every second all the while', async () => {
  const moving = morning();
  const [stalled, good] = [await moving.subscriber(STATES), await moving.subscriber(STATES)];
  good.take();
  stalled.takeRoom();
  const cutAfter: boolean[] = [];
  for (let second = 1; second <= 6; second += 1) {
    moving.commit({ atMs: NINE_MS + 1_000 * second, ...speed(second) });
    await moving.second();
    cutAfter.push(stalled.isCut);
    expect(good.take()).toHaveLength(1);
  }
  expect(cutAfter).toEqual([false, false, false, false, false, true]);
  expect(good.isCut).toBe(false);
});

test('a client that takes something now and then is told what is true by then, and not cut', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber(STATES);
  subscriber.take();
  subscriber.takesOneWriteAtATime = true;
  for (let second = 1; second <= 24; second += 1) {
    moving.commit({ atMs: NINE_MS + 1_000 * second, ...speed(second) });
    await moving.second();
    if (second % 4 === 0) subscriber.giveRoom();
  }
  await turns();
  expect(subscriber.isCut).toBe(false);
  const speeds = subscriber.take().map(({ message }) => Math.round(Number(message['Vehicle.Speed'])));
  // Room that comes after a second's round is used by the next change.
  expect(speeds).toEqual([1, 5, 9, 13, 17, 21, 24]);
});

test('a filter that is given again is told of everything again', async () => {
  const moving = morning();
  const subscriber = await moving.subscriber(STATES);
  moving.outbound.subscribed(subscriber, STATES, 1);
  await turns();
  expect(subscriber.told.map(({ isRetained }) => isRetained)).toEqual([true, true]);
});
