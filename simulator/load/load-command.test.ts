import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serveCore } from '../../tests/support/serve-process.ts';
import { loadBook } from './load-book.ts';
import { loadCommand } from './load-command.ts';
import type { LoadCommand } from './load-options.ts';
import type { LoadResult } from './load-result.ts';

const WORKER = resolve('simulator/load/load-worker.ts');
let folder: string;
let errors: string[];
let output: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-load-'));
  [errors, output] = [[], []];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => output.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const command = (change: Partial<LoadCommand> = {}): LoadCommand => ({
  target: { host: '127.0.0.1', port: 1 },
  allowRemote: false,
  rate: 50,
  shape: 'steady',
  arrivals: 'constant',
  seed: 1,
  clients: 20,
  connectRate: 1_000,
  warmup: 0,
  drain: 20_000,
  runs: 1,
  findMax: false,
  trial: 1_000,
  hold: 1_000,
  maxRate: 100,
  sourceAddresses: 0,
  pin: false,
  json: true,
  ...change,
});

test('what cannot be meant is refused with a sentence before anything is sent', async () => {
  const cases: [Partial<LoadCommand>, number, string][] = [
    [{ target: { host: 'broker.example.org', port: 1883 } }, 2, 'broker.example.org is not this machine.'],
    [
      { target: { host: '::1', port: 1 }, sourceAddresses: 2 },
      2,
      '--source-addresses are those of this machine',
    ],
    [{ stages: [], shape: 'spike' }, 2, '--stages and --shape both say'],
    [{ findMax: true, shape: 'spike' }, 2, '--find-max looks for a steady rate'],
    [{ username: 'gateway' }, 2, 'the environment variable FLEET_SIM_PASSWORD'],
    [{}, 3, 'no broker answers on 127.0.0.1:1 (ECONNREFUSED)'],
  ];
  for (const [change, code, words] of cases) {
    expect(await loadCommand(command(change), WORKER)).toBe(code);
    expect(errors.at(-1)).toContain(words);
  }
});

test('a broker that answers with nonsense or closes is a run error in words', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const exit = await loadCommand(command({ target: { host: '127.0.0.1', port }, clients: 1 }), WORKER);
  server.close();
  expect(exit).toBe(1);
  expect(errors.at(-1)).toMatch(/the broker closed the connection|ECONNRESET/);
});

test('a book is printed for as many trackers as asked for', async () => {
  expect(await loadCommand(command({ printBook: 3 }), WORKER)).toBe(0);
  expect(JSON.parse(output.join(''))).toMatchObject({ vehicles: [{}, {}, {}] });
});

test("two seconds on milepost serve: every packet due is sent, acknowledged and in the product's own count", async () => {
  const book = join(folder, 'book.json');
  writeFileSync(book, JSON.stringify(loadBook(20, Date.now())));
  const core = await serveCore(join(folder, 'data'), ['--book', book, '--mqtt-port', '0']);
  const files = {
    report: join(folder, 'r.json'),
    html: join(folder, 'r.html'),
    log: join(folder, 'r.jsonl'),
  };
  const exit = await loadCommand(
    command({
      ...files,
      target: { host: '127.0.0.1', port: core.ready.mqtt },
      data: core.ready.data,
      shape: 'herd',
      duration: 2_000,
      workers: 2,
    }),
    WORKER,
  );
  const counts = await core.stop();
  const result = JSON.parse(output.join('')) as LoadResult;
  expect(exit).toBe(result.verdict.exitCode);
  expect(result.counts).toMatchObject({
    intended: 100,
    sent: 100,
    droppedByGenerator: 0,
    acknowledged: 100,
    outstanding: 0,
  });
  expect([result.storedUnique, counts.packets.received - counts.packets.duplicate]).toEqual([100, 100]);
  expect(counts.readings).toMatchObject({ unclaimed: 0, quarantined: {} });
  expect([result.response.count, result.service.count]).toEqual([100, 100]);
  expect([result.connect.count, result.reconnect.count]).toEqual([20, 20]);
  const seconds = readFileSync(files.log, 'utf8').trim().split('\n');
  expect(seconds.map((line): unknown => JSON.parse(line))).toEqual(result.seconds);
  expect(JSON.parse(readFileSync(files.report, 'utf8'))).toEqual({ runs: [result] });
  expect(readFileSync(files.html, 'utf8')).toContain('herd on 127.0.0.1');
});
