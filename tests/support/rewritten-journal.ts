import fs from 'node:fs';
import path from 'node:path';
import { openJournal } from '../../core/process/journal/open-journal.ts';
import { readJournal } from '../../core/process/journal/read-journal.ts';
import type { JournalRecord } from '../../core/protocol/journal-record.ts';
import { emptyFolder } from './journal-folder.ts';

/** The same journal with some records changed, whole and properly chained: as somebody with the keys to it might. */
export async function rewrittenJournal(
  journalFolder: string,
  change: (record: JournalRecord) => JournalRecord,
): Promise<string> {
  const target = path.join(emptyFolder(), 'journal');
  fs.mkdirSync(target, { recursive: true });
  let nowMs = 0;
  const journal = await openJournal(target, { clock: () => nowMs, log: () => undefined });
  if (!journal.ok) throw new Error(journal.error.message);
  for (const records of readJournal(journalFolder, 0)) {
    for (const record of records) {
      const changed = change(record);
      if (changed.kind === 'erased') continue;
      nowMs = changed.receivedAtMs;
      const { position: _, receivedAtMs: __, ...entry } = changed;
      await new Promise<void>((resolve) => journal.value.append(entry, () => resolve()));
    }
  }
  await journal.value.close();
  return target;
}
