import { afterEach, expect, test } from 'vitest';
import { fleetPlan } from '../fleet/fleet-plan.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { StandInProduct } from '../stand-in/stand-in-product.ts';
import { runFleet, type RunOptions } from './run-fleet.ts';

const network = gridCity(10);
const plan = fleetPlan({
  seed: 3,
  vehicles: 20,
  timeZone: 'Europe/Stockholm',
  startMs: Date.parse('2026-03-03T09:00:00Z'),
  historyDays: 2,
  isAlwaysBusy: false,
});
let product = new StandInProduct();
afterEach(() => {
  product.onVanished = null;
  product.vanish();
});

async function startedProduct(): Promise<StandInProduct> {
  product = new StandInProduct();
  await product.start();
  return product;
}

const options = (change: Partial<RunOptions> = {}): RunOptions => ({
  plan,
  network,
  speed: 'max',
  durationMs: 60_000,
  historyStepMs: 2 * 3_600_000,
  signal: new AbortController().signal,
  endpoints: () => product.endpoints(),
  patienceMs: 2_000,
  ...change,
});

test('twenty vehicles over MQTT: every packet is heard under its tick, and all counts close', async () => {
  const { heard, ticks } = await startedProduct();
  const outcome = await runFleet(options());
  expect(outcome.ok && outcome.value.truth.packetsSent).toBe(heard.length);
  expect(outcome.ok && outcome.value.report.packets.acknowledged).toBe(heard.length);
  expect(outcome.ok && outcome.value.report.ticks).toBe(ticks.length);
  const clients = new Set(heard.map(({ client }) => client));
  expect([...clients].filter((client) => !client.startsWith('fmc-')).sort()).toEqual([
    'kamereon-bridge',
    'tesla-fleet-telemetry',
  ]);
  expect(clients.size).toBe(
    2 + plan.fleet.filter(({ provider }) => provider === 'teltonika-mqtt-json').length,
  );
  const ahead = heard.filter(
    ({ payload, clockMs }) => Number(/"ts":(\d+)/.exec(payload)?.[1] ?? 0) > clockMs,
  );
  expect(ahead).toEqual([]);
});

test('a product that dies again and again, and comes back on other ports, misses no packet and hears them in order', async () => {
  const { heard } = await startedProduct();
  let deaths = 0;
  product.vanishAfter(40);
  product.onVanished = () => {
    deaths += 1;
    void product.start().then(() => deaths < 4 && product.vanishAfter(60));
  };
  const outcome = await runFleet(options());
  product.onVanished = null;
  expect(deaths).toBe(4);
  expect(outcome.ok && outcome.value.report.reconnects).toBeGreaterThan(0);
  const { packetsSent, acknowledged } = outcome.ok
    ? outcome.value.truth
    : { packetsSent: 0, acknowledged: -1 };
  expect(acknowledged).toBe(packetsSent);
  const undisturbed = await startedProduct();
  await runFleet(options());
  const byClient = (
    packets: readonly { client: string; topic: string; payload: string }[],
  ): Record<string, string[]> => {
    const lists: Record<string, string[]> = {};
    for (const { client, topic, payload } of packets) {
      const list = (lists[client] ??= []);
      // What was taken but not acknowledged comes a second time; it may come only beside the first.
      const line = `${topic} ${payload}`;
      if (!list.slice(-20).includes(line)) list.push(line);
    }
    return lists;
  };
  expect(byClient(heard)).toEqual(byClient(undisturbed.heard));
});

test('without a control channel the run keeps real time and drives no clock', async () => {
  const { heard, ticks } = await startedProduct();
  const outcome = await runFleet(
    options({
      plan: { ...plan, openingMs: plan.liveMs },
      speed: 1,
      durationMs: 1_000,
      endpoints: () => ({ ...product.endpoints(), control: null }),
    }),
  );
  expect(outcome.ok && outcome.value.report.clock).toBe('real time');
  expect(ticks).toEqual([]);
  expect(heard.length).toBeGreaterThanOrEqual(20);
});

test('nothing that answers is unreachable, and a wrong token is refused', async () => {
  const nobody = await runFleet(
    options({ patienceMs: 0, endpoints: () => ({ host: '127.0.0.1', mqttPort: 1, control: null }) }),
  );
  expect(nobody).toEqual({
    ok: false,
    error: { problem: 'unreachable', detail: 'no broker answers on 127.0.0.1:1 (ECONNREFUSED)' },
  });
  await startedProduct();
  const { control, ...rest } = product.endpoints();
  const stranger = await runFleet(
    options({ endpoints: () => ({ ...rest, control: { ...control, token: 'wrong' } }) }),
  );
  expect(stranger).toEqual({
    ok: false,
    error: { problem: 'refused', detail: 'the control channel refused: no' },
  });
});
