import type { Book } from '../../core/protocol/book.ts';
import type { JournalEntry } from '../../core/protocol/journal-record.ts';
import { eraseRecords } from '../../core/process/journal/erase-records.ts';
import type { Journal } from '../../core/process/journal/journal.ts';
import { openJournal } from '../../core/process/journal/open-journal.ts';

/** The record whose bytes are erased once everything is written. */
export const ERASED_POSITION = 2;

const START_MS = Date.UTC(2026, 2, 2, 9);

const BOOK: Book = {
  facility: { id: 'F-1', name: 'Golden', currency: 'GBP' },
  operators: [{ id: 'O-1', name: 'Operator' }],
  vehicles: [{ id: 'V-1', registration: 'AB12 CDE', make: 'Tesla', model: 'Model 3', class: 'car', powertrain: 'BEV' }],
  trackers: [],
  contracts: [],
  openings: [],
};

/** The first five become a sealed segment of three frames, the others a plain one of two. */
const FRAMES: readonly (readonly JournalEntry[])[] = [
  [
    { kind: 'note', note: { note: 'started', version: '0.1.0', timeZoneData: '2026a', simulated: true } },
    { kind: 'decision', decision: { decision: 'load-book', actor: 'system', reason: 'golden', book: BOOK } },
  ],
  [
    packet('v/V-1/erased', 'tracker-1', Buffer.from('this was somewhere and is not any more')),
    packet('v/V-1/Odometer', 'tracker-1', Buffer.from('12345.678')),
  ],
  [{ kind: 'tick' }],
  [
    packet('télémétrie/車', '', Buffer.from([0, 1, 0xfe, 0xff])),
    { kind: 'packet', topic: 'v/large', clientId: 'c', payload: Buffer.from('head'), omittedBytes: 70_000 },
    packet('v/empty', 'c', Buffer.alloc(0)),
  ],
  [{ kind: 'note', note: { note: 'clock-gap', byMs: 61_000 } }],
];

/**
 * Writes the golden journal of format 1 into an empty folder: every kind of record, one of them erased, in a sealed and
 * a plain segment. Salts count and the clock walks, so hashes are the same on every machine; compressed bytes may not be.
 */
export async function makeGoldenJournal(folder: string): Promise<void> {
  const clock = walkingClock();
  const salts = countingSalts();
  const open = async (segmentBytesMax: number): Promise<Journal> => {
    const journal = await openJournal(folder, { clock, salts, segmentBytesMax });
    if (!journal.ok) throw new Error(journal.error.message);
    return journal.value;
  };
  const sittings = [FRAMES.slice(0, 3), FRAMES.slice(3, 4), FRAMES.slice(4)];
  for (const [i, frames] of sittings.entries()) {
    // The second sitting has no room in the first segment; the third goes on in the second.
    const journal = await open(i === 1 ? 1 : 1_000_000);
    for (const frame of frames) await appendTogether(journal, frame);
    await journal.close();
  }
  const erased = await eraseRecords(folder, [ERASED_POSITION]);
  if (!erased.ok) throw new Error(erased.error.message);
}

function packet(topic: string, clientId: string, payload: Uint8Array): JournalEntry {
  return { kind: 'packet', topic, clientId, payload, omittedBytes: 0 };
}

async function appendTogether(journal: Journal, entries: readonly JournalEntry[]): Promise<void> {
  await Promise.all(
    entries.map((entry) => new Promise<void>((resolve) => journal.append(entry, () => resolve()))),
  );
}

function walkingClock(): () => number {
  let nowMs = START_MS;
  return () => (nowMs += 1_500);
}

/** The journal draws salt in bulk; each sitting draws a stretch of its own. */
function countingSalts(): (bytes: Uint8Array) => void {
  let drawn = 0;
  return (bytes) => {
    drawn += 1;
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = (i * 7 + drawn) & 0xff;
  };
}
