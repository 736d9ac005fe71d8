import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aBook, BOOK_START_MS, TELTONIKA } from '../../../tests/support/a-book.ts';
import { type Arrival, recordsOf, teltonika } from '../../../tests/support/fold-packets.ts';
import { emptyFolder, openForTest } from '../../../tests/support/journal-folder.ts';
import { must } from '../../base/assert.ts';
import { addDays } from '../../base/calendar.ts';
import { explainCharge } from '../../fold/explain-charge.ts';
import { exportRows } from '../../fold/export-rows.ts';
import type { World } from '../../fold/world.ts';
import { type DataFolder, openDataFolder } from '../data-folder.ts';
import { type LiveWorld, readWorld, restoreWorld, snapshotWorld } from '../live-world.ts';
import { verifyData } from '../verify-data.ts';
import { worldAsOf } from '../world-as-of.ts';

const HOUR_MS = 3_600_000;
const DAYS = 75;
const READINGS_A_DAY = 24;

/** A reading an hour for some days; a few come a month late, into days that were thinned long ago. */
const arrivals: Arrival[] = Array.from({ length: DAYS * READINGS_A_DAY }, (_, hour) => {
  const isLate = hour % 97 === 11 && hour < 40 * READINGS_A_DAY;
  const atMs = BOOK_START_MS + hour * HOUR_MS;
  const packet = teltonika(TELTONIKA.device, atMs, 20_000_000 + hour * 9_000 + (hour % 5) * 700);
  return { atMs: atMs + (isLate ? 30 * 24 : 0) * HOUR_MS + 1_000, ...packet };
}).toSorted((a, b) => a.atMs - b.atMs);
const records = recordsOf(aBook([TELTONIKA]), arrivals);

/** A folder whose journal holds the first so many records. */
async function folderWith(count: number): Promise<DataFolder> {
  const made = openDataFolder(path.join(emptyFolder(), 'data'), 'driven', true);
  if (!made.ok) throw new Error(made.error);
  await append(made.value, 0, count);
  return made.value;
}

async function append(folder: DataFolder, from: number, to: number): Promise<void> {
  let nowMs = 0;
  const journal = await openForTest(folder.journal, { clock: () => nowMs });
  for (const record of records.slice(from, to)) {
    nowMs = record.receivedAtMs;
    if (record.kind !== 'erased') journal.append(record);
  }
  await journal.close();
}

async function restored(folder: DataFolder, said: string[] = []): Promise<LiveWorld> {
  const live = await restoreWorld(folder, (words) => said.push(words));
  onTestFinished(() => live.readings.close());
  return live;
}

function told(world: World): unknown {
  const days = Array.from({ length: DAYS / 5 }, (_, i) => addDays('2026-03-02', i * 5));
  return {
    readings: [...exportRows(world, 'readings')],
    tenths: [...exportRows(world, 'tenths')],
    days: days.map((day) => explainCharge(world, TELTONIKA.id, day, () => new Map())),
  };
}

function rowsInMemory({ vehicles }: World): number {
  return vehicles.reduce(
    (sum, { series }) => sum + [...series.values()].reduce((n, { count }) => n + count, 0),
    0,
  );
}

test('a world with few readings in memory goes on after a start where it was, and tells all of them', async () => {
  const folder = await folderWith(1_200);
  const first = await restored(folder);
  await snapshotWorld(folder, first);
  await append(folder, 1_200, records.length);
  const said: string[] = [];
  const second = await restored(folder, said);
  expect(said).toEqual([]);
  expect(second.recordsReplayed).toBe(records.length - 1_200);
  expect(rowsInMemory(second.world)).toBeLessThan(records.length / 5);
  const whole = worldAsOf(folder.journal, Number.POSITIVE_INFINITY);
  expect(rowsInMemory(whole)).toBe(records.length);
  expect(told(second.world)).toEqual(told(whole));
  await snapshotWorld(folder, second);
  expect(told((await restored(folder)).world)).toEqual(told(whole));
  expect(await verifyData(folder)).toMatchObject({ ok: true, differences: [] });
});

test('without its file of readings a snapshot is passed over, and the journal makes both anew', async () => {
  const folder = await folderWith(records.length);
  const first = await restored(folder);
  const expected = told(first.world);
  await snapshotWorld(folder, first);
  fs.rmSync(folder.readings, { recursive: true });
  const said: string[] = [];
  const second = await restored(folder, said);
  expect(said).toEqual([
    `snapshot ${String(records.length).padStart(16, '0')} passed over: the file of readings it belongs to is gone`,
  ]);
  expect(second.recordsReplayed).toBe(records.length);
  expect(told(second.world)).toEqual(expected);
  await snapshotWorld(folder, second);
  const third = await restored(folder);
  expect(third.recordsReplayed).toBe(0);
  expect(told(third.world)).toEqual(expected);
});

test('a damaged file of readings is noticed, set aside, and made anew at the next start', async () => {
  const folder = await folderWith(records.length);
  const first = await restored(folder);
  const expected = told(first.world);
  await snapshotWorld(folder, first);
  const file = path.join(folder.readings, 'readings.bin');
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(
    file,
    bytes.map((byte, i) => (i > 500 ? byte ^ 0x55 : byte)),
  );
  const second = await restored(folder);
  expect(second.recordsReplayed).toBe(0);
  expect(() => told(second.world)).toThrow(
    /readings\.bin is damaged at byte \d+ and was set aside; start again/u,
  );
  const third = await restored(folder);
  expect(third.recordsReplayed).toBe(records.length);
  expect(told(third.world)).toEqual(expected);
});

test('a file of readings that went on after the snapshot does no harm, and who only reads leaves it as it is', async () => {
  const folder = await folderWith(1_200);
  await snapshotWorld(folder, await restored(folder));
  await append(folder, 1_200, records.length);
  const lost = await restored(folder);
  lost.readings.flush();
  const whole = told(worldAsOf(folder.journal, Number.POSITIVE_INFINITY));
  expect(told((await restored(folder)).world)).toEqual(whole);
  const file = path.join(folder.readings, 'readings.bin');
  const before = fs.readFileSync(file);
  const read = readWorld(folder, () => undefined);
  expect(told(read)).toEqual(whole);
  expect(rowsInMemory(read)).toBeLessThan(records.length / 5);
  expect(fs.readFileSync(file).equals(before)).toBe(true);
  expect(must(read.vehicles[0], 'one vehicle').series.size).toBe(1);
});
