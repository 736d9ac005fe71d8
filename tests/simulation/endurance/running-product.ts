import { ok } from '../../../core/base/result.ts';
import { applyRecord } from '../../../core/fold/apply-record.ts';
import { newWorld, type World } from '../../../core/fold/world.ts';
import type { DataFolder } from '../../../core/process/data-folder.ts';
import { DecisionDesk } from '../../../core/process/door/decide.ts';
import type { Journal } from '../../../core/process/journal/journal.ts';
import { openJournal } from '../../../core/process/journal/open-journal.ts';
import { readJournal } from '../../../core/process/journal/read-journal.ts';
import {
  applyRecords,
  type LiveWorld,
  restoreWorld,
  snapshotWorld,
} from '../../../core/process/live-world.ts';
import type { Book } from '../../../core/protocol/book.ts';
import type { JournalEntry, JournalRecord } from '../../../core/protocol/journal-record.ts';
import { addPeople, taken } from '../../support/money-run.ts';
import { CrashingDisk } from './crashing-disk.ts';
import { leaveAsAfterCrash } from './crash-marks.ts';
import type { Crash } from './step.ts';

/** Small, so that a run of weeks fills, seals and reads several. */
const SEGMENT_BYTES_MAX = 48_000;

interface Running {
  readonly disk: CrashingDisk;
  readonly journal: Journal;
  readonly live: LiveWorld;
  readonly desk: DecisionDesk;
}

/**
 * The product without its sockets: journal on disk, fold, snapshots, decisions. Beside it a second world takes every
 * record once, in memory, without snapshot, restore or archive: what a start makes must be the same.
 */
export class RunningProduct {
  readonly shadow: World = newWorld();
  /** Bytes of readings that the last snapshot made sure of. */
  #readingsSynced = 0;
  #clockMs = 0;
  #running: Running | null = null;
  /** What the fold threw: the journal would end the process. */
  #foldProblem: Error | null = null;
  readonly #folder: DataFolder;
  readonly #salts: (bytes: Uint8Array) => void;
  readonly #onTaken: (record: JournalRecord) => void;

  constructor(
    folder: DataFolder,
    salts: (bytes: Uint8Array) => void,
    onTaken: (record: JournalRecord) => void,
  ) {
    this.#folder = folder;
    this.#salts = salts;
    this.#onTaken = onTaken;
  }

  get world(): World {
    return this.#now.live.world;
  }

  get desk(): DecisionDesk {
    return this.#now.desk;
  }

  get isDead(): boolean {
    return this.#now.disk.isDead;
  }

  get #now(): Running {
    if (this.#running === null) throw new Error('the product does not run');
    return this.#running;
  }

  /** The first start of an empty folder: a book, and people who may decide. */
  async begin(atMs: number, book: Book): Promise<void> {
    await this.start();
    this.setClock(atMs);
    await taken(this.desk.decide(() => ok({ decision: 'load-book', actor: 'system', reason: 'test', book })));
    await addPeople(this.desk);
  }

  /** As the core process starts: journal, newest snapshot, what came after it. */
  async start(): Promise<void> {
    const disk = new CrashingDisk();
    const opened = await openJournal(this.#folder.journal, {
      clock: () => this.#clockMs,
      disk,
      salts: this.#salts,
      segmentBytesMax: SEGMENT_BYTES_MAX,
    });
    if (!opened.ok) throw new Error(opened.error.message);
    const journal = opened.value;
    const live = await restoreWorld(this.#folder, () => undefined);
    const { world } = live;
    const desk = new DecisionDesk(world, (entry, settled) => journal.append(entry, settled));
    this.#running = { disk, journal, live, desk };
    if (world.nextPosition !== journal.nextPosition)
      throw new Error(`the journal ends at ${journal.nextPosition}, the world at ${world.nextPosition}`);
    this.#catchUp();
    journal.onCommit((records) => this.#take(records));
  }

  /** The machine's clock, which may step back; received times never do. */
  setClock(atMs: number): void {
    this.#clockMs = atMs;
  }

  /** Appends all at once, and resolves when each is settled; those on disk are told with their positions. */
  async append(
    entries: readonly JournalEntry[],
    onDurable: (index: number, position: number) => void,
  ): Promise<void> {
    const { journal } = this.#now;
    const settled = entries.map(
      (entry, index) =>
        new Promise<void>((resolve) =>
          journal.append(entry, (failure, position) => {
            if (failure === null) onDurable(index, position);
            resolve();
          }),
        ),
    );
    await Promise.all(settled);
    if (this.#foldProblem !== null) throw this.#foldProblem;
  }

  async snapshot(): Promise<void> {
    const { live } = this.#now;
    await snapshotWorld(this.#folder, live);
    this.#readingsSynced = live.readings.flush();
  }

  /** Drains and snapshots, as the core process does when it stops. */
  async stop(): Promise<void> {
    await this.#now.journal.close();
    await this.snapshot();
    this.#now.live.readings.close();
    this.#running = null;
  }

  armCrash(crash: Crash): void {
    this.#now.disk.arm(crash);
  }

  /** Ends it where it is: what is not on disk for sure may be gone. */
  async kill(crash: Crash): Promise<void> {
    const { journal, live, disk } = this.#now;
    // The system closes the files of a dead process; nothing is queued that this could still write.
    await journal.close();
    live.readings.flush();
    live.readings.close();
    this.#running = null;
    leaveAsAfterCrash(
      this.#folder,
      { journalBytes: disk.syncedBytes, readingsBytes: this.#readingsSynced },
      crash,
    );
  }

  /** Records that were on disk when the process died, and that nobody had been told of. */
  #catchUp(): void {
    for (const records of readJournal(this.#folder.journal, this.shadow.nextPosition))
      this.#noteTaken(records);
    const { nextPosition } = this.#now.journal;
    if (this.shadow.nextPosition > nextPosition)
      throw new Error(`${this.shadow.nextPosition} records were told of, and ${nextPosition} are left`);
  }

  #take(records: readonly JournalRecord[]): void {
    try {
      applyRecords(this.world, records);
      this.#noteTaken(records);
    } catch (error) {
      this.#foldProblem ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  #noteTaken(records: readonly JournalRecord[]): void {
    for (const record of records) {
      applyRecord(this.shadow, record);
      this.#onTaken(record);
    }
  }
}
