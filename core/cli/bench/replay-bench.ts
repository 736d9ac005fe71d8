import path from 'node:path';
import { type DataFolder, openDataFolder } from '../../process/data-folder.ts';
import { openJournal } from '../../process/journal/open-journal.ts';
import { readJournal } from '../../process/journal/read-journal.ts';
import { listSegments } from '../../process/journal/segment-file.ts';
import { restoreWorld } from '../../process/live-world.ts';
import type { BenchRun } from './bench-outcome.ts';
import { fillJournal } from './fill-journal.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { inTurns } from './verdict.ts';

const RECORDS = 500_000;
const VEHICLES = 500;
const ROUNDS = 5;

/**
 * A start without a snapshot: every record read, checked, decoded, metered and billed, and the query side filled. Both
 * rates are a second of processor time: nothing waits here, so on a quiet machine that is the time on the wall, and on
 * a busy one it is still the truth.
 */
export async function benchReplay(): Promise<BenchRun> {
  return inScratchFolder(async (scratch) => {
    const folder = openDataFolder(path.join(scratch, 'data'), 'system', true);
    if (!folder.ok) throw new Error(folder.error);
    const records = await writeJournal(folder.value);
    let found = { acceptedShare: 0, wallSeconds: 0 };
    const floor = (): Promise<number> => recordsASecond(records, () => readOnly(folder.value.journal));
    const product = (): Promise<number> =>
      recordsASecond(records, async () => {
        found = await restore(folder.value, records);
      });
    await inTurns(1, floor, product);
    const rounds = await inTurns(ROUNDS, floor, product);
    const segments = listSegments(folder.value.journal);
    const sealed = segments.filter(({ form }) => form === 'sealed').length;
    return {
      rounds,
      notes: [
        `${records.toLocaleString('en-GB')} records of ${VEHICLES} vehicles, half Teltonika, half Tesla`,
        `${sealed} of ${segments.length} segments are compressed`,
        `${(found.acceptedShare * 100).toFixed(1)} % of the odometer readings accepted or the same again`,
        `the last start took ${found.wallSeconds.toFixed(1)} s on the wall`,
      ],
    };
  });
}

async function writeJournal(folder: DataFolder): Promise<number> {
  let clockMs = 0;
  const opened = await openJournal(folder.journal, { clock: () => clockMs });
  if (!opened.ok) throw new Error(opened.error.message);
  const records = await fillJournal(opened.value, VEHICLES, RECORDS, (nowMs) => {
    clockMs = nowMs;
  });
  await opened.value.close();
  return records;
}

async function recordsASecond(records: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (records * 1_000_000) / (user + system);
}

async function readOnly(folder: string): Promise<void> {
  for (const records of readJournal(folder, 0)) void records;
}

async function restore(
  folder: DataFolder,
  records: number,
): Promise<{ readonly acceptedShare: number; readonly wallSeconds: number }> {
  const startMs = performance.now();
  const live = await restoreWorld(folder, () => undefined);
  const wallSeconds = (performance.now() - startMs) / 1_000;
  if (live.recordsReplayed !== records) throw new Error(`${live.recordsReplayed} of ${records} replayed`);
  const { readings, byStatus } = live.world.counts;
  const taken = (byStatus['accepted'] ?? 0) + (byStatus['repeat'] ?? 0);
  return { acceptedShare: taken / readings, wallSeconds };
}
