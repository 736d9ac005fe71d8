import type { JournalDisk } from '../../../core/process/journal/journal.ts';
import { realDisk } from '../../../core/process/journal/journal-disk.ts';
import type { Crash } from './step.ts';

/**
 * The real disk of a process that may die at a named place. It knows how much of the file written last is synced: only
 * that survives for sure.
 */
export class CrashingDisk implements JournalDisk {
  #crash: Crash | null = null;
  #batchesLeft = 0;
  #isDead = false;
  #descriptor = -1;
  #writtenBytes = 0;
  #syncedBytes = 0;

  /** From now on the process lives for so many batches. */
  arm(crash: Crash): void {
    this.#crash = crash;
    this.#batchesLeft = crash.batchesBefore;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Bytes of the last file written that are synced; null when nothing was written. */
  get syncedBytes(): number | null {
    return this.#descriptor < 0 ? null : this.#syncedBytes;
  }

  async write(descriptor: number, buffers: readonly Uint8Array[], position: number): Promise<number> {
    this.#assertAlive();
    if (descriptor !== this.#descriptor) {
      this.#descriptor = descriptor;
      this.#syncedBytes = position;
    }
    if (this.#isTime('write')) {
      const bytes = Buffer.concat(buffers);
      const taken = Math.floor(bytes.length * (this.#crash?.keptShare ?? 0));
      if (taken > 0) await realDisk.write(descriptor, [bytes.subarray(0, taken)], position);
      this.#die();
    }
    const written = await realDisk.write(descriptor, buffers, position);
    this.#writtenBytes = position + written;
    return written;
  }

  async sync(descriptor: number): Promise<void> {
    this.#assertAlive();
    if (this.#isTime('sync')) this.#die();
    await realDisk.sync(descriptor);
    this.#syncedBytes = this.#writtenBytes;
    if (this.#isTime('synced')) this.#die();
    this.#batchesLeft -= 1;
  }

  #isTime(at: Crash['at']): boolean {
    return this.#crash?.at === at && this.#batchesLeft <= 0;
  }

  #die(): never {
    this.#isDead = true;
    throw new Error('the process was killed');
  }

  #assertAlive(): void {
    if (this.#isDead) this.#die();
  }
}
