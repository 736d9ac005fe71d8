/**
 * Where rows of closed days are kept when they leave memory: a cache, for the journal holds the packets they came in.
 * References are of the archive's own making, and hold as long as it does.
 */
export interface ReadingArchive {
  /** Keeps the bytes, which the caller does not change any more; gives what they are taken by. */
  put(bytes: Uint8Array): number;
  /** The bytes that were put, as often as one asks. Throws when they are not what they were. */
  take(reference: number): Uint8Array;
}

/** An archive that lasts as long as its process. */
export function archiveInMemory(): ReadingArchive {
  const kept: Uint8Array[] = [];
  return {
    put: (bytes) => kept.push(bytes) - 1,
    take: (reference) => {
      const bytes = kept[reference];
      if (bytes === undefined) throw new Error(`no stretch ${reference} is in this archive`);
      return bytes;
    },
  };
}
