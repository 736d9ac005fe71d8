import { Command } from 'commander';
import { addServe } from '../../core/cli/serve.ts';
import type { JournalEntry } from '../../core/protocol/journal-record.ts';
import type { AppendSettled, Journal } from '../../core/process/journal/journal.ts';
import { openJournal } from '../../core/process/journal/open-journal.ts';

/**
 * `milepost serve` with the one rule broken that everything rests on: it acknowledges at once and writes a little
 * later. Only the kill test runs it, to show that the test would notice.
 */
const WRITE_LATER_MS = 400;

const openEarly: typeof openJournal = async (folder, options) => {
  const opened = await openJournal(folder, options);
  return opened.ok ? { ok: true, value: acknowledgingEarly(opened.value) } : opened;
};

function acknowledgingEarly(journal: Journal): Journal {
  let promised = 0;
  const later = (entry: JournalEntry, settled?: AppendSettled): void => {
    if (entry.kind !== 'packet') return journal.append(entry, settled);
    promised += 1;
    const copy = { ...entry, payload: entry.payload.slice() };
    setTimeout(() => journal.append(copy), WRITE_LATER_MS);
    settled?.(null, journal.nextPosition + promised);
  };
  return new Proxy(journal, {
    get: (target, key) => {
      if (key === 'append') return later;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const program = new Command('serve-acking-early');
addServe(program, openEarly);
await program.parseAsync();
