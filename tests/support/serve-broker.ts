import { startBroker } from '../../core/process/broker/start-broker.ts';
import { openGate } from './a-door.ts';
import type { Journal } from '../../core/process/journal/journal.ts';
import { openJournal } from '../../core/process/journal/open-journal.ts';

/**
 * Broker and journal alone, in a process that can be killed: `serve-broker FOLDER PORT [early]`. Prints its port when it
 * is ready. With `early` it acknowledges at once and writes a little later, to show that a test would notice.
 */
const [folder = '', port = '0', mode] = process.argv.slice(2);
const WRITE_LATER_MS = 200;

const journal = await openJournal(folder, { clock: Date.now, segmentBytesMax: 200_000 });
if (!journal.ok) throw new Error(journal.error.message);
const { value: writer } = journal;

const appendEarly: Journal['append'] = (entry, settled) => {
  const kept = entry.kind === 'packet' ? { ...entry, payload: entry.payload.slice() } : entry;
  setTimeout(() => writer.append(kept), WRITE_LATER_MS);
  setImmediate(() => settled?.(null, writer.nextPosition));
};

const broker = await startBroker({
  host: '127.0.0.1',
  port: Number(port),
  gate: openGate,
  append: mode === 'early' ? appendEarly : (entry, settled) => writer.append(entry, settled),
  log: (line, fields) => process.stderr.write(`${line} ${JSON.stringify(fields ?? {})}\n`),
});
if (!broker.ok) throw new Error(broker.error.message);
process.stdout.write(`${broker.value.port}\n`);

process.on('SIGTERM', () => {
  void broker.value
    .close()
    .then(() => writer.close())
    .then(() => process.exit(0));
});
