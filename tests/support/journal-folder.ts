import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Journal, JournalFailure } from '../../core/process/journal/journal.ts';
import { type JournalOptions, openJournal } from '../../core/process/journal/open-journal.ts';
import { readJournal } from '../../core/process/journal/read-journal.ts';
import type { JournalEntry, JournalRecord } from '../../core/protocol/journal-record.ts';

/** An empty folder that is gone when the test is over. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A clock that stands still at a named instant, and salts that count: journals made with them are equal byte for byte. */
export function steadyOptions(over: Partial<JournalOptions> = {}): JournalOptions {
  let salt = 0;
  const salts = (bytes: Uint8Array): void => {
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = (salt += 1) & 0xff;
  };
  return { clock: () => Date.UTC(2026, 2, 2, 9), salts, ...over };
}

/** Opens the journal for writing; the test fails when it cannot. */
export async function openForTest(folder: string, over: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal(folder, steadyOptions(over));
  if (!journal.ok) throw new Error(journal.error.message);
  return journal.value;
}

export function packetEntry(
  payload: string | Uint8Array = 'hello',
  topic = 'v/1',
  clientId = 'tracker-1',
): JournalEntry {
  return { kind: 'packet', topic, clientId, payload: Buffer.from(payload), omittedBytes: 0 };
}

/** Appends one entry and waits until it is on disk; gives its position or the failure. */
export function appendAndWait(journal: Journal, entry: JournalEntry): Promise<number | JournalFailure> {
  return new Promise((resolve) => journal.append(entry, (failure, position) => resolve(failure ?? position)));
}

/** The whole journal in memory. */
export function readAll(folder: string, fromPosition = 0): JournalRecord[] {
  return [...readJournal(folder, fromPosition)].flat();
}

/** Names of the files of the one partition, in order. */
export function segmentNames(folder: string): string[] {
  return readdirSync(join(folder, 'partition-0')).toSorted();
}

export function segmentFilePath(folder: string, name: string): string {
  return join(folder, 'partition-0', name);
}

/** Text as a bare view, the way payloads come out of the journal. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
