/**
 * A slow, obvious reference for the meter: every question goes through all readings again, in big integers. It shares no
 * line with core/metering, core/billing or core/fold. Distances are micrometres.
 */
export interface PlainReading {
  readonly atMs: number;
  readonly raw: bigint;
  readonly position: number;
  readonly isHandover: boolean;
}

export interface PlainEpoch {
  readonly atMs: number;
  readonly closing: bigint;
  readonly opening: bigint;
}

export interface PlainRuling {
  readonly kind: 'accept' | 'reject';
  readonly position: number;
  readonly atMs: number;
  readonly raw: bigint;
}

export interface PlainVehicle {
  readonly id: string;
  readonly readings: PlainReading[];
  readonly epochs: PlainEpoch[];
  readonly rulings: PlainRuling[];
}

export interface Point {
  readonly atMs: number;
  readonly value: bigint;
}

/** A reading as it is judged: cumulative, with where it stands among those of its instant. */
interface Row extends Point {
  readonly rank: number;
  readonly ruling: 'accept' | 'reject' | null;
}

const MILE = 1_609_344_000n;
const HOUR_MS = 3_600_000n;

/** Rules M4 to M6: the readings that count, in order. */
export function acceptedPoints(vehicle: PlainVehicle): Point[] {
  const rows = rowsOf(vehicle);
  const opening = rows.find(({ rank }) => rank === 0)?.atMs ?? rows[0]?.atMs ?? 0;
  const accepted: Point[] = [];
  let run: Point | null = null;
  for (const atMs of new Set(rows.map((row) => row.atMs))) {
    const row = countedOf(
      rows.filter((each) => each.atMs === atMs),
      accepted.at(-1),
    );
    if (atMs < opening || row === undefined) continue;
    const last = accepted.at(-1);
    const isHonoured = row.ruling === 'accept' && (last === undefined || row.value >= last.value);
    const verdict: ReturnType<typeof judge> =
      last === undefined || isHonoured ? 'accepted' : judge(row, last, run);
    if (verdict === 'accepted') {
      accepted.push(row);
      run = null;
    } else if (verdict === 'jump' || (verdict === 'rollback' && run !== null)) run = row;
  }
  return accepted;
}

function rowsOf({ readings, epochs, rulings }: PlainVehicle): Row[] {
  const offset = (atMs: number): bigint =>
    epochs.filter((epoch) => epoch.atMs <= atMs).reduce((sum, each) => sum + each.closing - each.opening, 0n);
  const earliest = readings.filter(
    (one) => !readings.some((other) => isSame(one, other) && other.position < one.position),
  );
  const rows = earliest.map((reading): Row => {
    const named = rulings.filter((ruling) => ruling.position === reading.position && isSame(ruling, reading));
    const isRejected = named.some(({ kind }) => kind === 'reject');
    return {
      atMs: reading.atMs,
      value: reading.raw + offset(reading.atMs),
      rank: reading.isHandover ? 0 : 2,
      ruling: isRejected ? 'reject' : named.length > 0 ? 'accept' : null,
    };
  });
  const replaced = epochs.map(({ atMs, opening }): Row => ({
    atMs,
    value: opening + offset(atMs),
    rank: 1,
    ruling: 'accept',
  }));
  const inOrder = (a: Row, b: Row): number => {
    if (a.atMs !== b.atMs) return a.atMs - b.atMs;
    return a.rank === b.rank ? Number(a.value - b.value) : a.rank - b.rank;
  };
  return [...rows, ...replaced].toSorted(inOrder);
}

function isSame(
  a: { readonly atMs: number; readonly raw: bigint },
  b: { readonly atMs: number; readonly raw: bigint },
): boolean {
  return a.atMs === b.atMs && a.raw === b.raw;
}

/** Of one instant: the handover, else what people accepted if the meter does not fall by it, else the first. */
function countedOf(rows: readonly Row[], last: Point | undefined): Row | undefined {
  const standing = rows.filter(({ ruling }) => ruling !== 'reject');
  return (
    standing.find(({ rank }) => rank === 0) ??
    standing.find(
      ({ ruling, value }) => ruling === 'accept' && (last === undefined || value >= last.value),
    ) ??
    standing[0]
  );
}

function judge(row: Point, last: Point, run: Point | null): 'accepted' | 'jitter' | 'rollback' | 'jump' {
  if (run !== null && row.value >= run.value - MILE && isInReach(run, row)) return 'jump';
  if (row.value < last.value - MILE) return 'rollback';
  if (row.value < last.value) return 'jitter';
  return isInReach(last, row) ? 'accepted' : 'jump';
}

/** Rule M5: min(110 mph × t, 1,000 miles × started days) and half a mile. */
function isInReach(from: Point, to: Point): boolean {
  const ms = BigInt(to.atMs - from.atMs);
  const days = ms <= 0n ? 1n : (ms + 24n * HOUR_MS - 1n) / (24n * HOUR_MS);
  const beyond = to.value - from.value - MILE / 2n;
  return beyond * HOUR_MS <= 110n * MILE * ms && beyond <= 1_000n * days * MILE;
}

/** Rule M7. */
export function odometerAt(points: readonly Point[], atMs: number): bigint {
  const before = points.findLast((point) => point.atMs <= atMs);
  const after = points.find((point) => point.atMs > atMs);
  if (before === undefined || after === undefined) return (before ?? after)?.value ?? 0n;
  const [passed, whole] = [BigInt(atMs - before.atMs), BigInt(after.atMs - before.atMs)];
  return before.value + (passed * (after.value - before.value)) / whole;
}

/** Rule M8. */
export function tenthsBetween(
  points: readonly Point[],
  fromMs: number,
  toMs: number,
  unit: 'mi' | 'km',
): bigint {
  const perTenth = unit === 'mi' ? 160_934_400n : 100_000_000n;
  return fromMs >= toMs ? 0n : odometerAt(points, toMs) / perTenth - odometerAt(points, fromMs) / perTenth;
}
