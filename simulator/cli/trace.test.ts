import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TimedPublish } from '../run/fleet-motion.ts';
import { anonymiser } from './anonymise.ts';
import { readTrace } from './read-trace.ts';
import { shiftTimes } from './shift-times.ts';
import { openTrace } from './trace-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const packet = (change: Partial<TimedPublish>): TimedPublish => ({
  atMs: Date.parse('2026-03-02T09:00:00Z'),
  client: 'fmc-1',
  transport: 'mqtt',
  topic: 'fleet/fmc-1/data',
  payload: '{"sp":48}',
  odometer: null,
  vehicle: 0,
  ...change,
});

test.each(['trace.jsonl', 'trace.jsonl.gz'])('%s is read as it was written, text and bytes', async (name) => {
  const file = join(folder, name);
  const packets = [
    packet({}),
    packet({ transport: 'tcp', topic: 'teltonika', payload: Buffer.from('00ff', 'hex') }),
  ];
  const trace = openTrace(file);
  for (const each of packets) trace?.write(each);
  trace?.close();
  expect(await readTrace(file)).toEqual({ ok: true, value: packets });
});

test('a line that is no packet is told by its number', async () => {
  const file = join(folder, 'bad.jsonl');
  writeFileSync(
    file,
    '{"at":"2026-03-02T09:00:00Z","client":"c","topic":"t","payload":"x"}\n{"at":"yesterday"}\n',
  );
  const read = await readTrace(file);
  expect(read.ok ? '' : read.error).toContain('bad.jsonl:2: ');
  const missing = await readTrace(join(folder, 'none.jsonl'));
  expect(missing.ok ? '' : missing.error).toContain('cannot read');
});

test('instants of the trace move, in every notation; other numbers stay', () => {
  const span = { fromMs: Date.parse('2026-03-02T00:00:00Z'), toMs: Date.parse('2026-03-03T00:00:00Z') };
  const payload =
    '{"ts":1772442000000,"t":1772442000,"at":"2026-03-02T09:00:00Z","iso":"2026-03-02T09:00:00.250Z","imei":359632081000009,"odo":21345678901,"old":1600000000}';
  expect(shiftTimes(payload, span, 3_600_000)).toBe(
    '{"ts":1772445600000,"t":1772445600,"at":"2026-03-02T10:00:00Z","iso":"2026-03-02T10:00:00.250Z","imei":359632081000009,"odo":21345678901,"old":1600000000}',
  );
});

test('names become others of the same shape, the same for the same; places are cut to about a kilometre', () => {
  const clean = anonymiser('a key');
  const text =
    'telemetry/LRW3E7EK9NC100000/v {"imei":"359632081000009","lat":57.707232,"mail":"ada@north.example"}';
  const cleaned = clean(text);
  expect(cleaned).not.toMatch(/LRW3E7EK9NC100000|359632081000009|ada@|57\.7072/);
  expect(cleaned).toMatch(
    /^telemetry\/[A-HJ-NPR-Z0-9]{17}\/v \{"imei":"\d{15}","lat":57\.70,"mail":"someone-[0-9a-f]{8}@example\.org"\}$/,
  );
  expect(clean(text)).toBe(cleaned);
  expect(anonymiser('another key')(text)).not.toBe(cleaned);
});
