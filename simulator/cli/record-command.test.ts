import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StandInProduct } from '../stand-in/stand-in-product.ts';
import { readTrace } from './read-trace.ts';
import { addRecord } from './record-command.ts';

let folder: string;
let product: StandInProduct;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
  product = new StandInProduct();
  await product.start();
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  product.vanish();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

test('what a broker carries is in the trace, without the names in it when that is asked for', async () => {
  const { mqttPort } = product.endpoints();
  const tracker = await connectAsync({ host: '127.0.0.1', port: mqttPort });
  const payload = '{"imei":"359632081000009","lat":57.707232,"odometer":12345.678}';
  await tracker.publishAsync('up/LRW3E7EK9NC100000/data', payload, { qos: 1, retain: true });
  await tracker.endAsync();
  const record = async (name: string, ...more: readonly string[]): Promise<unknown> => {
    const program = new Command('fleet-sim');
    addRecord(program);
    const file = join(folder, name);
    const target = `127.0.0.1:${mqttPort}`;
    await program.parseAsync(
      [
        'record',
        '--topic',
        'up/#',
        '-o',
        file,
        '--target',
        target,
        '--count',
        '1',
        '--duration',
        '20s',
        ...more,
      ],
      { from: 'user' },
    );
    expect(process.exitCode).toBe(0);
    const read = await readTrace(file);
    return read.ok ? read.value.map(({ topic, payload: said }) => [topic, said]) : read.error;
  };
  expect(await record('plain.jsonl')).toEqual([['up/LRW3E7EK9NC100000/data', payload]]);
  expect(await record('clean.jsonl.gz', '--anonymise')).toEqual([
    [
      expect.stringMatching(/^up\/(?!LRW3E7EK9NC100000)[A-HJ-NPR-Z0-9]{17}\/data$/),
      expect.stringMatching(/^\{"imei":"(?!359632081000009)\d{15}","lat":57\.70,"odometer":12345\.678\}$/),
    ],
  ]);
});
