import { fdatasync, openSync, writev } from 'node:fs';

/** Appends bytes to a file and tells each caller when its own are on disk. */
export type Commit = (bytes: Buffer, whenDurable: () => void) => void;

/** The least that group commit can be: one flush in flight; what comes meanwhile is the next. A fault ends the process. */
export function openGroupCommit(path: string): Commit {
  const descriptor = openSync(path, 'wx');
  let waiting: { bytes: Buffer[]; told: (() => void)[] } = { bytes: [], told: [] };
  let isFlushing = false;

  const flush = (): void => {
    const { bytes, told } = waiting;
    waiting = { bytes: [], told: [] };
    const expected = bytes.reduce((sum, each) => sum + each.length, 0);
    writev(descriptor, bytes, (error, written) => {
      if (error !== null || written !== expected) throw error ?? new Error('a short write');
      fdatasync(descriptor, (syncError) => {
        if (syncError !== null) throw syncError;
        for (const tell of told) tell();
        isFlushing = waiting.told.length > 0;
        if (isFlushing) setImmediate(flush);
      });
    });
  };
  return (bytes, whenDurable) => {
    waiting.bytes.push(bytes);
    waiting.told.push(whenDurable);
    if (isFlushing) return;
    isFlushing = true;
    setImmediate(flush);
  };
}
