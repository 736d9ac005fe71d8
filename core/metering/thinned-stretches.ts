/**
 * Stretches of a series whose rows are in an archive and not in memory, by time, one column a property. A stretch lies
 * between two rows that follow each other in memory, both accepted; `afterMs` is the instant of the first. No row of the
 * stretch shares an instant with either. The columns are replaced, never changed.
 */
export interface ThinnedStretches {
  readonly afterMs: Float64Array;
  /** What the archive knows the rows by. */
  readonly reference: Float64Array;
  /** 1 for a stretch with quarantined rows in it. */
  readonly hasQuarantined: Uint8Array;
}

export const NOTHING_THINNED: ThinnedStretches = {
  afterMs: new Float64Array(0),
  reference: new Float64Array(0),
  hasQuarantined: new Uint8Array(0),
};

/** The first stretch that begins at or after an instant, by its place; the number of stretches for none. */
export function stretchFrom({ afterMs }: ThinnedStretches, ms: number): number {
  let low = 0;
  let high = afterMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((afterMs[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of the stretch that follows a row of this instant; -1 for none. */
export function stretchAfter(thinned: ThinnedStretches, ms: number): number {
  const place = stretchFrom(thinned, ms);
  return thinned.afterMs[place] === ms ? place : -1;
}

export function sliceOfStretches(thinned: ThinnedStretches, from: number, to: number): ThinnedStretches {
  return {
    afterMs: thinned.afterMs.slice(from, to),
    reference: thinned.reference.slice(from, to),
    hasQuarantined: thinned.hasQuarantined.slice(from, to),
  };
}

/** The stretches with those from place `from` until before `to` replaced by others. */
export function spliceStretches(
  thinned: ThinnedStretches,
  from: number,
  to: number,
  others: ThinnedStretches,
): ThinnedStretches {
  const head = sliceOfStretches(thinned, 0, from);
  const tail = sliceOfStretches(thinned, to, thinned.afterMs.length);
  return {
    afterMs: Float64Array.of(...head.afterMs, ...others.afterMs, ...tail.afterMs),
    reference: Float64Array.of(...head.reference, ...others.reference, ...tail.reference),
    hasQuarantined: Uint8Array.of(...head.hasQuarantined, ...others.hasQuarantined, ...tail.hasQuarantined),
  };
}
