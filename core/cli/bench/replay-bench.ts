import path from 'node:path';
import { openDataFolder } from '../../process/data-folder.ts';
import { openJournal } from '../../process/journal/open-journal.ts';
import { readJournal } from '../../process/journal/read-journal.ts';
import { restoreWorld } from '../../process/live-world.ts';
import { listSegments } from '../../process/journal/segment-file.ts';
import type { BenchRun } from './bench-outcome.ts';
import { fillJournal } from './fill-journal.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { inTurns } from './verdict.ts';

const RECORDS = 500_000;
const VEHICLES = 500;
const ROUNDS = 3;

/** A start without a snapshot: every record read, checked, decoded, metered and billed, and the query side filled. */
export async function benchReplay(): Promise<BenchRun> {
  return inScratchFolder(async (scratch) => {
    const folder = openDataFolder(path.join(scratch, 'data'), 'system', true);
    if (!folder.ok) throw new Error(folder.error);
    let clockMs = 0;
    const opened = await openJournal(folder.value.journal, { clock: () => clockMs });
    if (!opened.ok) throw new Error(opened.error.message);
    const records = await fillJournal(opened.value, VEHICLES, RECORDS, (nowMs) => {
      clockMs = nowMs;
    });
    await opened.value.close();
    const segments = listSegments(folder.value.journal);
    const counted = { acceptedShare: 0 };
    const floor = (): number => recordsASecond(records, () => readOnly(folder.value.journal));
    const product = async (): Promise<number> => {
      const startMs = performance.now();
      const live = await restoreWorld(folder.value, () => undefined);
      const rate = (records * 1_000) / (performance.now() - startMs);
      if (live.recordsReplayed !== records) throw new Error(`${live.recordsReplayed} of ${records} replayed`);
      const { readings, byStatus } = live.world.counts;
      counted.acceptedShare = ((byStatus['accepted'] ?? 0) + (byStatus['repeat'] ?? 0)) / readings;
      return rate;
    };
    await inTurns(1, floor, product);
    const rounds = await inTurns(ROUNDS, floor, product);
    const sealed = segments.filter(({ form }) => form === 'sealed').length;
    return {
      rounds,
      notes: [
        `${records.toLocaleString('en-GB')} records of ${VEHICLES} vehicles, half Teltonika, half Tesla`,
        `${sealed} of ${segments.length} segments are compressed`,
        `${(counted.acceptedShare * 100).toFixed(1)} % of the odometer readings accepted or known`,
      ],
    };
  });
}

function recordsASecond(records: number, read: () => void): number {
  const startMs = performance.now();
  read();
  return (records * 1_000) / (performance.now() - startMs);
}

function readOnly(folder: string): void {
  for (const records of readJournal(folder, 0)) void records;
}
