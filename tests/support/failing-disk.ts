import type { JournalDisk } from '../../core/process/journal/journal.ts';
import { realDisk } from '../../core/process/journal/journal-disk.ts';

/** The real disk, with switches: hold every sync, or fail the next write or sync as a full or dying disk would. */
export interface SwitchedDisk extends JournalDisk {
  failWrites: string | null;
  failSyncs: string | null;
  /** At most this many bytes are taken by one write. */
  bytesPerWriteMax: number;
  /** From now on syncs wait; the returned function lets the waiting ones and all later ones go. */
  holdSyncs(): () => void;
  readonly syncs: number;
}

export function switchedDisk(): SwitchedDisk {
  let held: Promise<void> | null = null;
  let syncs = 0;
  const disk: SwitchedDisk = {
    failWrites: null,
    failSyncs: null,
    bytesPerWriteMax: Number.MAX_SAFE_INTEGER,
    get syncs() {
      return syncs;
    },
    write: async (descriptor, buffers, position) => {
      if (disk.failWrites !== null) throw systemError(disk.failWrites);
      return realDisk.write(descriptor, firstBytes(buffers, disk.bytesPerWriteMax), position);
    },
    sync: async (descriptor) => {
      syncs += 1;
      await held;
      if (disk.failSyncs !== null) throw systemError(disk.failSyncs);
      await realDisk.sync(descriptor);
    },
    holdSyncs: () => {
      let release = (): void => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = null;
        release();
      };
    },
  };
  return disk;
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made to fail`), { code });
}

function firstBytes(buffers: readonly Uint8Array[], bytesMax: number): readonly Uint8Array[] {
  let left = bytesMax;
  return buffers.flatMap((buffer) => {
    const take = Math.min(left, buffer.length);
    left -= take;
    return take === 0 ? [] : [buffer.subarray(0, take)];
  });
}
