import { randomFillSync } from 'node:crypto';
import path from 'node:path';
import { must } from '../../base/assert.ts';
import { openJournal } from '../../process/journal/open-journal.ts';
import type { JournalEntry } from '../../protocol/journal-record.ts';
import type { BenchRun } from './bench-outcome.ts';
import { openPlainAppend } from './plain-append.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { inTurns } from './verdict.ts';

const PAYLOAD_BYTES = 200;
const BATCH_RECORDS = 1_000;
const ROUNDS = 5;

/** Durable records a second, one commit in flight: the whole journal (salt, digest, chain, frame) beside a bare append. */
export async function benchJournal(seconds: number): Promise<BenchRun> {
  const payloads = Array.from({ length: BATCH_RECORDS }, () => randomFillSync(Buffer.alloc(PAYLOAD_BYTES)));
  let bytesARecord = 0;
  const product = (): Promise<number> =>
    inScratchFolder(async (folder) => {
      const { rate, bytes } = await journalRate(folder, payloads, seconds);
      bytesARecord = bytes;
      return rate;
    });
  const floor = (): Promise<number> => inScratchFolder((folder) => appendRate(folder, payloads, seconds));
  await inTurns(1, floor, product);
  const rounds = await inTurns(ROUNDS, floor, product);
  return {
    rounds,
    notes: [
      `a record is ${Math.round(bytesARecord)} bytes on disk: payload, topic, client, time, salt`,
      'full segments are compressed in the background meanwhile, by the same process',
    ],
  };
}

async function journalRate(
  folder: string,
  payloads: readonly Buffer[],
  seconds: number,
): Promise<{ readonly rate: number; readonly bytes: number }> {
  const opened = await openJournal(folder, { clock: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const journal = opened.value;
  const entries = payloads.map((payload): JournalEntry => ({
    kind: 'packet',
    topic: 'v/1',
    clientId: 'c1',
    payload,
    omittedBytes: 0,
  }));
  const rate = await batchesASecond(seconds, () => {
    const last = must(entries.at(-1), 'a batch has records');
    for (const entry of entries.slice(0, -1)) journal.append(entry);
    return new Promise((resolve, reject) =>
      journal.append(last, (failure) => (failure === null ? resolve() : reject(new Error(failure.message)))),
    );
  });
  const written = { rate: rate * BATCH_RECORDS, bytes: journal.bytes / journal.nextPosition };
  await journal.close();
  return written;
}

async function appendRate(folder: string, payloads: readonly Buffer[], seconds: number): Promise<number> {
  const file = openPlainAppend(path.join(folder, 'records'));
  const rate = await batchesASecond(seconds, () => file.append(payloads));
  file.close();
  return rate * BATCH_RECORDS;
}

/** One batch is on its way to disk while the next is handed over, as under load; there is never a third. */
async function batchesASecond(seconds: number, batch: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  let onItsWay = batch();
  let batches = 1;
  while (performance.now() - startMs < seconds * 1_000) {
    const next = batch();
    await onItsWay;
    onItsWay = next;
    batches += 1;
  }
  await onItsWay;
  return (batches * 1_000) / (performance.now() - startMs);
}
