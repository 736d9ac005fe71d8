import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assert } from '../../core/base/assert.ts';
import { ok } from '../../core/base/result.ts';
import { openDataFolder } from '../../core/process/data-folder.ts';
import { aBook } from '../../tests/support/a-book.ts';
import type { ChildProcess } from '../core-process/child-process.ts';
import { Demo, type DemoParts } from './demo.ts';

let parent = '';
beforeEach(() => (parent = mkdtempSync(path.join(tmpdir(), 'milepost-demo-'))));
afterEach(() => rmSync(parent, { recursive: true }));

/** A simulator that makes a fleet when it is told to, and ends when it is stopped; it notes what it was told. */
function simulator(told: string[]): ChildProcess {
  let say: (message: unknown) => void = () => undefined;
  const onExit: ((code: number) => void)[] = [];
  return {
    pid: 1,
    postMessage: (message) => {
      told.push(`simulator ${Object.keys(message as object).join()}`);
      if ('start' in (message as object)) say({ book: aBook() });
      if ('stop' in (message as object)) say({ stopped: { truth: null } });
    },
    onMessage: (listener) => (say = listener),
    onExit: (listener) => void onExit.push(listener),
    kill: () => onExit.forEach((listener) => listener(0)),
  };
}

/** A demo whose core writes into its folder at each start. */
function demoIn(dataFolder: string, told: string[]): Demo {
  const core: DemoParts['core'] = {
    start: async ({ data }) => {
      told.push(`core start, ${existsSync(data) ? 'on old data' : 'on nothing'}`);
      assert(openDataFolder(data, 'driven', true).ok, 'a new data folder');
      writeFileSync(path.join(data, 'invoice'), 'x');
      return ok({ ready: true, pid: 2, mqtt: 1883, control: 4000, data });
    },
    stop: async () => void told.push('core stop'),
    refuseToStart: (problem) => void told.push(`refused: ${problem}`),
  };
  return new Demo({
    core,
    forkSimulator: () => simulator(told),
    settings: { city: 'montevideo', vehicles: 1, seed: 7, historyDays: 1 },
    dataFolder,
    packsFolder: '/packs',
    mqttPort: 1883,
    nowMs: () => Date.parse('2026-03-02T09:00:00Z'),
    onView: (view) => told.push(view === null ? 'no fleet' : 'a view'),
    onTrouble: (problem) => told.push(`trouble: ${problem}`),
  });
}

test('a reset ends both processes before it deletes anything, and begins on nothing', async () => {
  const told: string[] = [];
  const demo = demoIn(path.join(parent, 'demo'), told);
  expect((await demo.start()).ok).toBe(true);
  // Two presses are one reset.
  const [first, second] = await Promise.all([demo.reset(), demo.reset()]);
  expect([first?.ok, second]).toEqual([true, null]);
  expect(told).toEqual([
    'simulator start',
    'core start, on nothing',
    'simulator stop',
    'core stop',
    'no fleet',
    'simulator start',
    'core start, on nothing',
  ]);
  await demo.stop();
  expect(await demo.reset()).toBeNull();
});

test('a folder with real data is left alone, whatever is asked', async () => {
  const folder = path.join(parent, 'fleet');
  assert(openDataFolder(folder, 'system', false).ok, 'a new data folder');
  mkdirSync(path.join(folder, 'journal'), { recursive: true });
  const told: string[] = [];
  const demo = demoIn(folder, told);
  expect((await demo.start()).ok).toBe(false);
  expect((await demo.reset())?.ok).toBe(false);
  expect(told.filter((words) => words.startsWith('core start'))).toEqual([]);
  expect(existsSync(path.join(folder, 'journal'))).toBe(true);
});
