import { expect, test } from 'vitest';
import { fleetPlan } from '../fleet/fleet-plan.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { wholeTenthsOfMile } from '../truth/tenths-of-mile.ts';
import { traceLine } from '../cli/trace-file.ts';
import { type DriveOptions, driveFleet, type RunOutcome } from './drive-fleet.ts';
import type { TimedPublish } from './fleet-motion.ts';

const network = gridCity(12);
const startMs = Date.parse('2026-03-03T09:00:00Z');

interface Recorded extends RunOutcome {
  readonly publishes: readonly TimedPublish[];
  /** Ticks and packets in the order they went out. */
  readonly order: readonly string[];
  readonly trace: string;
}

/** A run that goes nowhere but into a list. */
async function recorded(
  vehicles: number,
  options: Partial<DriveOptions> & { historyDays?: number } = {},
): Promise<Recorded> {
  const { historyDays = 0, ...rest } = options;
  const publishes: TimedPublish[] = [];
  const order: string[] = [];
  const outcome = await driveFleet({
    plan: fleetPlan({
      seed: 11,
      vehicles,
      timeZone: 'Europe/Stockholm',
      startMs,
      historyDays,
      isAlwaysBusy: false,
    }),
    network,
    publisher: {
      publishAll: async (batch, onAcknowledged) => {
        for (const publish of batch) {
          publishes.push(publish);
          order.push(`packet ${publish.atMs}`);
          onAcknowledged(publish);
        }
      },
      close: async () => undefined,
      reconnects: () => 0,
    },
    clock: {
      advanceTo: async (atMs) => void order.push(`tick ${atMs}`),
      close: async () => undefined,
    },
    speed: 'max',
    durationMs: 120_000,
    historyStepMs: 2 * 3_600_000,
    signal: new AbortController().signal,
    ...rest,
  });
  return { ...outcome, publishes, order, trace: publishes.map(traceLine).join('\n') };
}

test('the same seed and start give the same trace, byte for byte, at any speed', async () => {
  const slow = await recorded(20, { speed: 60, durationMs: 60_000 });
  const fast = await recorded(20, { speed: 'max', durationMs: 60_000 });
  expect(slow.trace.length).toBeGreaterThan(10_000);
  expect(fast.trace).toBe(slow.trace);
  expect(fast.truth).toEqual(slow.truth);
  expect(slow.report.ticks).toBe(fast.report.ticks);
});

test('another seed is another day', async () => {
  const one = await recorded(3, { durationMs: 10_000 });
  const plan = fleetPlan({
    seed: 12,
    vehicles: 3,
    timeZone: 'Europe/Stockholm',
    startMs,
    historyDays: 0,
    isAlwaysBusy: false,
  });
  expect((await recorded(3, { durationMs: 10_000, plan })).trace).not.toBe(one.trace);
});

test('a vehicle more changes nothing of the others', async () => {
  const linesOf = ({ publishes }: Recorded, below: number): string[] =>
    publishes.filter(({ vehicle }) => vehicle < below).map(traceLine);
  const small = await recorded(20, { historyDays: 3 });
  const large = await recorded(21, { historyDays: 3 });
  expect(linesOf(large, 20)).toEqual(linesOf(small, 20));
  expect(large.truth.vehicles.slice(0, 20)).toEqual(small.truth.vehicles);
  expect(large.publishes.length).toBeGreaterThan(small.publishes.length);
});

test('no packet is ahead of the tick before it, and ticks only rise', async () => {
  const { order } = await recorded(20, { historyDays: 2 });
  const lines = order.map((line) => ({ isTick: line.startsWith('tick'), atMs: Number(line.split(' ')[1]) }));
  let tickMs = 0;
  const outOfOrder = lines.filter(({ isTick, atMs }) => {
    const isWrong = isTick ? atMs <= tickMs : atMs > tickMs;
    if (isTick) tickMs = atMs;
    return isWrong;
  });
  expect(outOfOrder).toEqual([]);
  expect(lines.length).toBeGreaterThan(500);
});

test('a feed without times never has two odometer values under one tick', async () => {
  const { publishes, order } = await recorded(30, { historyDays: 1, durationMs: 300_000 });
  const tickOf = new Map<TimedPublish, string>();
  let tick = '';
  let next = 0;
  for (const line of order) {
    if (line.startsWith('tick')) tick = line;
    else tickOf.set(publishes[next++] as TimedPublish, tick);
  }
  const seen = new Set<string>();
  for (const publish of publishes) {
    if (publish.odometer === null || publish.topic.startsWith('fleet/')) continue;
    const key = `${publish.vehicle} ${tickOf.get(publish)}`;
    expect(seen.has(key)).toBe(false);
    seen.add(key);
  }
});

test('odometers never fall on the wire, from the days before through the live part to the last word', async () => {
  const { publishes, truth } = await recorded(30, { historyDays: 2 });
  const last = new Map<number, number>();
  for (const { vehicle, odometer } of publishes) {
    if (odometer === null) continue;
    const tenths = wholeTenthsOfMile(odometer);
    expect(tenths).toBeGreaterThanOrEqual(last.get(vehicle) ?? 0);
    last.set(vehicle, tenths);
  }
  expect(truth.vehicles.every(({ tenths }) => tenths > 0)).toBe(true);
});

test('at the end every vehicle says its odometer once more, and all counts close', async () => {
  const { publishes, truth, report } = await recorded(20);
  const final = publishes.filter(({ atMs }) => atMs === report.endedMs);
  expect(new Set(final.map(({ vehicle }) => vehicle)).size).toBe(20);
  expect(report.endedMs).toBe(startMs + 121_000);
  expect(truth.vehicles.map(({ lastText }) => lastText)).toEqual(final.map(({ odometer }) => odometer?.text));
  expect(truth.packetsSent).toBe(publishes.length);
  expect(truth.acknowledged).toBe(publishes.length);
  expect(report.packets.history + report.packets.live).toBe(publishes.length);
});

test('before its days are passed the whole fleet says where it stands', async () => {
  const { publishes, report } = await recorded(30, { historyDays: 2 });
  const located = publishes.filter(
    ({ atMs, payload }) => atMs === report.openingMs && /lat/i.test(String(payload)),
  );
  expect(new Set(located.map(({ vehicle }) => vehicle)).size).toBe(30);
});

test('a run that is stopped in the days before still ends with every odometer', async () => {
  const stop = new AbortController();
  const { publishes, report } = await recorded(10, {
    historyDays: 5,
    signal: stop.signal,
    onPublish: () => stop.abort(),
  });
  expect(report.packets.live).toBe(10);
  // First words and last words of ten vehicles, and nothing between.
  expect(new Set(publishes.map(({ atMs }) => atMs)).size).toBe(2);
});
