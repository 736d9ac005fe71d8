import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gridFile } from '../stand-in/grid-city.ts';
import { StandInProduct } from '../stand-in/stand-in-product.ts';
import type { Truth } from '../truth/truth-shapes.ts';
import {
  isLoopback,
  readDays,
  readDuration,
  readInstant,
  readPlace,
  readSpeed,
  readWhole,
} from './read-options.ts';
import { runCommand, type RunCommand } from './run-command.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-sim-'));
  mkdirSync(join(folder, 'squares'));
  const description = { version: 1, id: 'squares', name: 'Squares', timeZone: 'Europe/London' };
  writeFileSync(join(folder, 'squares', 'pack.json'), JSON.stringify(description));
  writeFileSync(join(folder, 'squares', 'network.json'), JSON.stringify(gridFile(8)));
  said = [];
  const hear = (text: unknown): boolean => said.push(String(text)) > 0;
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const command = (change: Partial<RunCommand> = {}): RunCommand => ({
  city: 'squares',
  packs: folder,
  vehicles: 6,
  seed: 1,
  history: 0,
  historyStep: 3_600_000,
  duration: 30_000,
  speed: 1,
  target: { host: '127.0.0.1', port: 1 },
  allowRemote: false,
  json: true,
  ...change,
});

test('a run writes its truth, its report and its trace, and its exit code is nought', async () => {
  const product = new StandInProduct('the-token');
  await product.start();
  writeFileSync(join(folder, 'control-token'), 'the-token\n');
  const { host, mqttPort, control } = product.endpoints();
  const files = {
    truth: join(folder, 'truth.json'),
    report: join(folder, 'report.json'),
    trace: join(folder, 'trace.jsonl'),
  };
  const exit = await runCommand(
    command({
      ...files,
      speed: 'max',
      history: 1,
      target: { host, port: mqttPort },
      control: { host, port: control.port },
      tokenFile: join(folder, 'control-token'),
    }),
  );
  product.vanish();
  expect(exit).toBe(0);
  const truth = JSON.parse(readFileSync(files.truth, 'utf8')) as Truth;
  expect(truth.vehicles).toHaveLength(6);
  expect(truth.acknowledged).toBe(product.heard.length);
  const lines = readFileSync(files.trace, 'utf8').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { topic: string }).topic).sort()).toEqual(
    product.heard.map(({ topic }) => topic).sort(),
  );
  expect(said.at(-1)).toBe(`${JSON.stringify(JSON.parse(readFileSync(files.report, 'utf8')))}\n`);
  expect(said[0]).toBe(
    "6 vehicles in squares, seed 1, from 2026-03-02T08:00:00.000Z, the product's clock driven, speed max\n",
  );
});

test('what cannot be meant is refused with a sentence before anything is sent', async () => {
  const control = { host: '127.0.0.1', port: 2 };
  const cases: [Partial<RunCommand>, number, string][] = [
    [{ target: { host: 'broker.example.org', port: 1883 } }, 2, 'broker.example.org is not this machine.'],
    [{ speed: 60 }, 2, 'Without --control the product keeps the real time'],
    [{ history: 3 }, 2, 'Days before the start need --control'],
    [{ control }, 2, '--control needs --token-file'],
    [{ control, tokenFile: join(folder, 'none') }, 2, 'cannot read the token file'],
    [{ city: 'atlantis' }, 2, 'no city pack "atlantis"'],
  ];
  for (const [change, code, words] of cases) {
    expect(await runCommand(command(change))).toBe(code);
    expect(said.at(-1)).toContain(words);
  }
});

test('options are read strictly', () => {
  expect(['30s', '5m', '8h', '14d'].map(readDuration)).toEqual([30_000, 300_000, 28_800_000, 1_209_600_000]);
  expect(() => readDuration('30')).toThrow('such as 30s');
  expect(readDays('14d')).toBe(14);
  expect(() => readDays('2w')).toThrow('14d');
  expect([readSpeed('60'), readSpeed('max')]).toEqual([60, 'max']);
  expect(() => readSpeed('0.5')).toThrow('from 1 to 3600');
  expect(readInstant('2026-03-02T08:00:00Z')).toBe(Date.UTC(2026, 2, 2, 8));
  expect(() => readInstant('2026-03-02')).toThrow('offset');
  expect(readWhole(1, 300)('250')).toBe(250);
  expect(() => readWhole(1, 300)('301')).toThrow('from 1 to 300');
  expect(readPlace('mqtt://127.0.0.1:1883')).toEqual({ host: '127.0.0.1', port: 1883 });
  expect(readPlace('[::1]:7070')).toEqual({ host: '::1', port: 7070 });
  expect(() => readPlace('127.0.0.1')).toThrow('a host and a port');
  expect(
    ['127.0.0.1', '127.8.0.1', 'localhost', '::1', '10.0.0.1', '127.0.0.1.example.org'].map(isLoopback),
  ).toEqual([true, true, true, true, false, false]);
});
