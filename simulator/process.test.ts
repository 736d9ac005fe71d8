import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FromSimulator, fromSimulatorSchema } from '../core/protocol/process-messages.ts';
import type { SimulatorView } from '../core/protocol/simulator-panel.ts';
import { gridFile } from './stand-in/grid-city.ts';
import { StandInProduct } from './stand-in/stand-in-product.ts';

const packsFolder = mkdtempSync(join(tmpdir(), 'packs-'));
const product = new StandInProduct();
let child: ChildProcess;

beforeEach(async () => {
  mkdirSync(join(packsFolder, 'squares'), { recursive: true });
  const description = { version: 1, id: 'squares', name: 'Squares', timeZone: 'Europe/London' };
  writeFileSync(join(packsFolder, 'squares', 'pack.json'), JSON.stringify(description));
  writeFileSync(join(packsFolder, 'squares', 'network.json'), JSON.stringify(gridFile(8)));
  await product.start();
  child = fork(join(import.meta.dirname, 'process.ts'), { execArgv: ['--import', 'tsx'] });
});
afterEach(() => {
  child.kill();
  product.vanish();
  rmSync(packsFolder, { recursive: true, force: true });
});

function next<K extends string>(verb: K): Promise<Extract<FromSimulator, Record<K, unknown>>> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      const known = fromSimulatorSchema.parse(message);
      if (!(verb in known)) return;
      child.off('message', hear);
      resolve(known as Extract<FromSimulator, Record<K, unknown>>);
    };
    child.on('message', hear);
  });
}

/** The next view of which something is true. */
async function viewWhere(isIt: (view: SimulatorView) => boolean): Promise<SimulatorView> {
  for (;;) {
    const { view } = await next('view');
    if (isIt(view)) return view;
  }
}

const start = {
  city: 'squares',
  vehicles: 6,
  seed: 1,
  packsFolder,
  startMs: Date.parse('2026-03-03T12:00:00Z'),
  historyDays: 1,
};

test('as a process it gives its book, runs the days before, goes live, and says at the end what was true', async () => {
  const book = next('book');
  child.send({ start });
  expect((await book).book.vehicles).toHaveLength(6);
  const view = next('view');
  const { mqttPort, control } = product.endpoints();
  child.send({ go: { mqttPort, controlPort: control.port, token: control.token } });
  expect((await view).view).toMatchObject({ phase: 'time-lapse', timeLapse: { day: 1, days: 2 } });
  await heardAt(start.startMs + 1_000);
  const stopped = next('stopped');
  child.send({ stop: true });
  const { truth } = (await stopped).stopped as { truth: { packetsSent: number; vehicles: unknown[] } };
  expect(truth.vehicles).toHaveLength(6);
  expect(truth.packetsSent).toBe(product.heard.length);
});

test('it obeys a person at the screen, and shows what came of it', async () => {
  // A year after the others: the product's clock never goes back.
  const startMs = Date.parse('2027-03-03T12:00:00Z');
  child.send({ start: { ...start, startMs, historyDays: 60 } });
  await next('book');
  const { mqttPort, control } = product.endpoints();
  child.send({ go: { mqttPort, controlPort: control.port, token: control.token } });
  const passing = await viewWhere(({ phase }) => phase === 'time-lapse');
  expect(passing.timeLapse?.isSkipping).toBe(false);
  child.send({ do: { do: 'pause' } });
  await viewWhere(({ refusal }) => refusal?.startsWith('Days are being passed') === true);
  child.send({ do: { do: 'skip-to-live' } });
  await viewWhere(({ phase }) => phase === 'live');
  child.send({ do: { do: 'fault', fault: 'gps-freeze', vehicle: 'v-0002' } });
  const { happenings, refusal } = await viewWhere((view) => view.happenings.length > 0);
  expect([happenings.map(({ words, vehicles }) => [words, vehicles]), refusal]).toEqual([
    [[expect.stringMatching(/reports the same place for 10 minutes/u), 1]],
    null,
  ]);
  child.send({ do: { do: 'pause' } });
  const paused = await viewWhere(({ isPaused }) => isPaused);
  child.send({ do: { do: 'step' } });
  await heardAt(paused.clockMs + 10_000);
});

test('a city it does not have is a failure in words', async () => {
  const failed = next('failed');
  child.send({ start: { ...start, city: 'atlantis' } });
  expect((await failed).failed.problem).toMatch(/^no city pack "atlantis" in .*npm run city-packs$/);
});

/** Resolves when a packet came while the product's clock stood at an instant or later. */
async function heardAt(clockMs: number): Promise<void> {
  while (!product.heard.some((packet) => packet.clockMs >= clockMs)) await product.nextPacket();
}
