import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { StandInProduct } from '../stand-in/stand-in-product.ts';
import { ovmsTracker } from '../trackers/ovms.ts';
import { DEMO_PACE } from '../trackers/tracker.ts';
import { fleetPublisher } from './fleet-publisher.ts';
import type { TimedPublish } from './fleet-motion.ts';
import type { Disturbance, Publisher } from './publisher.ts';

const CLIENT = 'ovms-u1-car1';
let product = new StandInProduct();
let publisher: Publisher;

beforeEach(async () => {
  product = new StandInProduct();
  await product.start();
  const opened = await fleetPublisher(() => product.endpoints(), 2_000);
  publisher = must(opened.ok ? opened.value : null, 'a broker that answers');
});
afterEach(async () => {
  await publisher.close();
  product.vanish();
});

/** The module says its odometer; the number of packets acknowledged. */
async function speak(): Promise<number> {
  const [publish] = ovmsTracker('u1/car1', DEMO_PACE).report(aTrackerView(), 'final');
  const timed: TimedPublish = { ...must(publish, 'it says something'), atMs: 0, vehicle: 0 };
  let acknowledged = 0;
  await publisher.publishAll([timed], () => (acknowledged += 1));
  return acknowledged;
}

const disturb = (kind: Disturbance['kind']): Promise<void> | undefined =>
  publisher.disturb?.({ kind, client: CLIENT, transport: 'mqtt' });
const heard = (): string[] =>
  product.heard.map(({ topic, payload }) => `${topic.split('/').at(-1)} ${payload}`);

test('a client that is lost without a word has its last will said, and comes back with its next packet', async () => {
  expect(await speak()).toBe(1);
  await disturb('drop');
  await expect.poll(heard).toEqual(['odometer 123457', 'connected no']);
  expect(await speak()).toBe(1);
  expect(publisher.reconnects()).toBe(1);
});

test('one that is taken over comes back by itself, and nothing it says is lost', async () => {
  await speak();
  await disturb('takeover');
  expect(await speak()).toBe(1);
  expect(heard().filter((line) => line.startsWith('odometer'))).toEqual([
    'odometer 123457',
    'odometer 123457',
  ]);
  expect(publisher.reconnects()).toBe(1);
});

test('a try with a password that is none is over when the broker has answered', async () => {
  await disturb('bad-credentials');
  expect(await speak()).toBe(1);
});

test('a client nobody knows cannot be lost', async () => {
  await disturb('drop');
  expect(product.heard).toEqual([]);
});
