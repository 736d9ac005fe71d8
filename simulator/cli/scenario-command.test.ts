import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Command } from 'commander';
import { bookSchema } from '../../core/protocol/book.ts';
import { gridFile } from '../stand-in/grid-city.ts';
import { addGenerate } from './generate-command.ts';
import { runScenarioCommand, type RunScenarioCommand } from './run-scenario-command.ts';
import { scenarioCommand } from './scenario-command.ts';
import { vendorCommand } from './vendor-command.ts';
import { addVerify } from './verify-command.ts';

let folder: string;
let file: string;
let said: { stdout: string; stderr: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  file = join(folder, 'mine.yaml');
  writeFileSync(join(folder, 'town.json'), JSON.stringify(gridFile(8)));
  writeFileSync(file, SCENARIO);
  said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

const SCENARIO = `version: 1
name: mine
clock: { start: 2026-03-02T08:00:00Z, durationHours: 0.1, historyDays: 2 }
area: { name: town, graph: town.json }
fleets:
  - id: cabs
    operator: North Cabs
    contract: { ratePencePerMile: 30 }
    vehicles: 2
    vendors: { teltonika-mqtt-json: 100% }
    pattern: taxi
expect:
  - { metric: ingest.lost, max: 0 }
`;

/** One verb to its end; what it says is in `said`. */
async function verb(...words: readonly string[]): Promise<number> {
  const program = new Command('fleet-sim').addCommand(scenarioCommand()).addCommand(vendorCommand());
  addGenerate(program);
  addVerify(program);
  await program.parseAsync([...words], { from: 'user' });
  const exitCode = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return exitCode;
}

test('a scenario of one\u2019s own is checked, and a bad one told by file, line and column with exit code 2', async () => {
  expect(await verb('scenario', 'validate', file)).toBe(0);
  expect(said.stderr).toContain('2 vehicles, 2 days and 0.1 hours, 0 faults, 1 expectations');
  writeFileSync(file, SCENARIO.replace('vehicles: 2', 'vehicels: 2'));
  expect(await verb('scenario', 'validate', file)).toBe(2);
  expect(said.stderr).toContain(`${file}:9:5: there is no "vehicels" here; did you mean "vehicles"?`);
  expect(await verb('scenario', 'validate', join(folder, 'none.yaml'))).toBe(2);
  expect(await verb('scenario', 'show', 'normal-weak')).toBe(2);
  expect(said.stderr).toContain('did you mean "normal-week"?');
});

test('the template and every built-in scenario are printed as files; a scenario has a book the product takes', async () => {
  await verb('scenario', 'template');
  expect(said.stdout).toBe(readFileSync(join(import.meta.dirname, '../scenarios/template.yaml'), 'utf8'));
  said.stdout = '';
  await verb('scenario', 'list', '--json');
  expect(JSON.parse(said.stdout)).toHaveLength(17);
  said.stdout = '';
  expect(await verb('scenario', 'book', file)).toBe(0);
  expect(bookSchema.parse(JSON.parse(said.stdout)).contracts.map(({ id }) => id)).toEqual(['cabs-1']);
});

test('a trace is generated without a network, twice the same; what is billed by nobody is told with exit code 4', async () => {
  const traces = ['one.jsonl', 'two.jsonl'].map((name) => join(folder, name));
  const truth = join(folder, 'truth.json');
  for (const trace of traces)
    expect(await verb('generate', '-f', file, '-o', trace, '--truth', truth)).toBe(0);
  const [one = '', two = ''] = traces.map((trace) => readFileSync(trace, 'utf8'));
  expect(one.length).toBeGreaterThan(1_000);
  expect(two).toBe(one);
  writeFileSync(join(folder, 'ledger.jsonl'), '');
  said.stdout = '';
  expect(await verb('verify', '--truth', truth, '--against', join(folder, 'ledger.jsonl'))).toBe(4);
  expect(said.stdout).toMatch(/v-000[12] {2}whole run {3}0 tenths, expected \d+, off by \d+: unexplained/);
  expect(await verb('verify', '--truth', join(folder, 'none'), '--against', folder)).toBe(2);
});

test('every dialect shows one of each of its messages', async () => {
  await verb('vendor', 'list', '--json');
  const vendors = (JSON.parse(said.stdout) as { vendor: string }[]).map(({ vendor }) => vendor);
  expect(vendors).toHaveLength(12);
  for (const vendor of vendors) {
    said.stdout = '';
    await verb('vendor', 'sample', vendor);
    expect(said.stdout).toMatch(/^(mqtt|tcp|udp) \S+ {2}from /);
  }
});

test('a scenario that cannot be played is refused with a sentence before anything is sent', async () => {
  const target = { host: '127.0.0.1', port: 1 };
  const command: RunScenarioCommand = {
    file,
    packs: folder,
    scale: 1,
    serve: false,
    target,
    allowRemote: false,
    json: false,
  };
  const cases: [Partial<RunScenarioCommand>, number, string][] = [
    [{}, 2, 'say --serve, or --control'],
    [{ serve: true, control: target }, 2, 'leave --control out'],
    [{ file: join(folder, 'none.yaml') }, 2, 'cannot read'],
    [
      {
        control: { host: 'far.example', port: 2 },
        target: { host: 'far.example', port: 1 },
        tokenFile: file,
      },
      2,
      'far.example is not this machine',
    ],
    [{ control: target, tokenFile: file }, 3, 'no broker answers on 127.0.0.1:1'],
  ];
  for (const [change, code, words] of cases) {
    said.stderr = '';
    expect(await runScenarioCommand({ ...command, ...change })).toBe(code);
    expect(said.stderr).toContain(words);
  }
}, 20_000);
