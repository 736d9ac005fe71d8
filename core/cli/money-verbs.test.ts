import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { milepost } from '../../tests/support/run-milepost.ts';
import { moneyYear } from '../../tests/support/money-year.ts';
import { writeEvidencePack } from '../process/money/evidence-pack.ts';
import { worldAsOf } from '../process/world-as-of.ts';

const rowsOf = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('two months are exported, explained and verified from the command line', async () => {
  const data = await moneyYear(2);
  const documents = milepost('export', 'documents', '--data', data.path);
  const issued = rowsOf(documents.stdout);
  const [first] = issued;
  expect(first).toMatchObject({ number: 'INV-000001', contract: 'FLAT', kind: 'invoice' });
  const before = milepost('export', 'documents', '--data', data.path, '--as-of', '2026-02-01T00:00:00Z');
  expect(before).toMatchObject({ status: 0, stdout: '' });
  const tenths = rowsOf(milepost('export', 'tenths', '--data', data.path).stdout);
  const january = tenths.filter(({ vehicle, day }) => vehicle === 'F1' && String(day).startsWith('2026-01'));
  expect(january[0]).toEqual({
    vehicle: 'F1',
    day: '2026-01-01',
    tenths: expect.any(Number),
    unit: 'mi',
    provisional: false,
    pence: expect.any(Number),
  });
  const readings = rowsOf(milepost('export', 'readings', '--data', data.path).stdout);
  expect(readings[0]).toMatchObject({ source: 'handover', status: 'accepted', position: null });
  const entries = rowsOf(milepost('export', 'entries', '--data', data.path).stdout);
  expect(entries.at(-1)).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/u) });

  const line = ['explain', '--data', data.path, '--invoice', 'INV-000001', '--line', '1'];
  const chain = JSON.parse(milepost(...line).stdout) as { readonly vehicles: { readonly days: unknown[] }[] };
  expect(chain.vehicles[0]?.days.length).toBeGreaterThan(20);
  expect(milepost(...line, '--text').stdout).toContain('fleet/c1/teltonika/');
  expect(milepost('explain', '--data', data.path, '--invoice', 'INV-009999')).toMatchObject({ status: 1 });

  const verified = JSON.parse(milepost('verify', '--data', data.path, '--json').stdout) as object;
  expect(verified).toMatchObject({ ok: true, documents: issued.length, differences: [] });
  const world = worldAsOf(data.journal, Number.POSITIVE_INFINITY);
  const folder = path.join(data.path, 'packs');
  await writeEvidencePack({ world, number: 'INV-000001', journalFolder: data.journal, folder });
  expect(milepost('verify', '--data', path.join(folder, 'INV-000001')).stdout).toContain(
    'Everything agrees.',
  );
}, 120_000);

test('a billing case comes in on stdin, and one that is none is answered in words', () => {
  const bill = (input: string): unknown => {
    const words = ['--import', 'tsx', path.resolve('core/cli/milepost.ts'), 'bill'];
    return JSON.parse(spawnSync(process.execPath, words, { encoding: 'utf8', input }).stdout);
  };
  const { cases } = JSON.parse(fs.readFileSync('tests/golden/billing-examples.json', 'utf8')) as {
    cases: { contract: unknown; readings: unknown; expected: { period: number }[] }[];
  };
  const [{ contract, readings, expected } = { contract: null, readings: null, expected: [] }] = cases;
  expect(bill(JSON.stringify({ contract, readings, periods: [{ period: 0 }] }))).toEqual({
    periods: expected,
    adjustments: [],
  });
  expect(bill('{')).toMatchObject({ ok: false, problem: expect.stringContaining('this is not JSON') });
  expect(bill('{"contract":{}}')).toMatchObject({ ok: false, field: 'contract.anchor' });
}, 60_000);
