import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TESLA } from '../../tests/support/a-book.ts';
import { recordsOf, teslaOdometer } from '../../tests/support/fold-packets.ts';
import { must } from '../base/assert.ts';
import { countUp } from '../fold/count-up.ts';
import { allDays } from '../fold/vehicle-days.ts';
import type { JournalRecord } from '../protocol/journal-record.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { openJournal } from './journal/open-journal.ts';
import { restoreWorld, snapshotWorld } from './live-world.ts';
import { verifyData } from './verify-data.ts';

const outside = { acknowledged: 0, journal: { records: 0, bytes: 0 } };
const records = recordsOf(
  aBook([TESLA]),
  [0, 1, 2, 3].map((hour) => ({
    atMs: BOOK_START_MS + hour * 3_600_000,
    ...teslaOdometer(TESLA.device, String(1_000 + hour * 10)),
  })),
);

let folder: DataFolder;
beforeEach(() => {
  const made = openDataFolder(fs.mkdtempSync(path.join(os.tmpdir(), 'milepost-')), 'driven', true);
  if (!made.ok) throw new Error(made.error);
  folder = made.value;
});
afterEach(() => fs.rmSync(folder.path, { recursive: true, force: true }));

/** Writes records as a core process would, at their own times. */
async function write(some: readonly JournalRecord[]): Promise<void> {
  let nowMs = 0;
  const journal = await openJournal(folder.journal, { clock: () => nowMs });
  if (!journal.ok) throw new Error(journal.error.message);
  for (const record of some) {
    nowMs = record.receivedAtMs;
    if (record.kind !== 'erased') journal.value.append(record);
  }
  await journal.value.close();
}

test('a start without a snapshot folds the whole journal; with one, only what came after it', async () => {
  await write(records.slice(0, 3));
  const first = await restoreWorld(folder, () => undefined);
  expect(first.recordsReplayed).toBe(3);
  await snapshotWorld(folder, first);

  await write(records.slice(3));
  const second = await restoreWorld(folder, () => undefined);
  expect(second.recordsReplayed).toBe(2);
  expect(second.store.position()).toBe(5);
  expect(countUp(second.world, outside)).toMatchObject({ packets: { received: 4 }, tenths: 300, pence: 900 });
  expect(second.store.allVehicleDays().map(({ tenths, pence }) => [tenths, pence])).toEqual([[300, 900]]);
  expect(await verifyData(folder)).toEqual({
    ok: true,
    packets: 4,
    records: 5,
    documents: 0,
    erased: 0,
    differences: [],
  });
});

test('a damaged snapshot is passed over for the one before it, and said so', async () => {
  await write(records.slice(0, 2));
  await snapshotWorld(folder, await restoreWorld(folder, () => undefined));
  await write(records.slice(2, 4));
  await snapshotWorld(folder, await restoreWorld(folder, () => undefined));
  flipByte(path.join(folder.snapshots, '0000000000000004', 'fold.bin'), 100);

  const said: string[] = [];
  const restored = await restoreWorld(folder, (words) => said.push(words));
  expect(said).toEqual(['snapshot 0000000000000004 passed over: fold.bin is damaged']);
  expect(restored.recordsReplayed).toBe(2);
  expect(restored.world.nextPosition).toBe(4);
});

test('the last two snapshots are kept', async () => {
  for (let i = 1; i <= 4; i += 1) {
    await write(records.slice(i - 1, i));
    await snapshotWorld(folder, await restoreWorld(folder, () => undefined));
  }
  expect(fs.readdirSync(folder.snapshots).toSorted()).toEqual(['0000000000000003', '0000000000000004']);
});

test('records missing at the end of the journal are found by what a snapshot knows', async () => {
  await write(records);
  await snapshotWorld(folder, await restoreWorld(folder, () => undefined));
  fs.rmSync(folder.journal, { recursive: true });
  await write(records.slice(0, 3));
  const found = await verifyData(folder);
  expect(found.differences).toEqual(['the journal ends at 3 records, but a snapshot was made at 5']);
});

test('stored rows that are not the journal’s are found by verify', async () => {
  await write(records);
  const live = await restoreWorld(folder, () => undefined);
  const vehicle = must(live.world.vehicles[0], 'one vehicle');
  const day = must(allDays(vehicle.days)[0], 'one day');
  live.store.apply(
    {
      contracts: [],
      assignments: [],
      vehicles: [],
      sets: [],
      vehicleDays: [{ day: day.day, vehicle: vehicle.vehicle, contract: 'C1', tenths: 301, pence: 903 }],
    },
    live.world.nextPosition,
  );
  await snapshotWorld(folder, live);
  const found = await verifyData(folder);
  expect(found.ok).toBe(false);
  expect(found.differences).toEqual(["stored tenths at position 5 differ from the journal's"]);
});

function flipByte(file: string, offset: number): void {
  const bytes = fs.readFileSync(file);
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  fs.writeFileSync(file, bytes);
}
