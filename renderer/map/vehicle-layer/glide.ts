import { type MercatorPoint, metresPerUnit } from '../mercator.ts';

/**
 * How a symbol goes from where it was to where it is. It may take one reporting interval, no more, and then it stands:
 * a symbol never runs ahead of what its tracker said. The interval is measured, from when the positions of this very
 * vehicle came in, because makers report at their own pace.
 */
export interface Glide {
  readonly from: MercatorPoint;
  readonly to: MercatorPoint;
  readonly startMs: number;
  readonly durationMs: number;
}

/** Slower reports than this are shown as jumps at the end of it: nobody watches a dot creep for a minute. */
const GLIDE_MAX_MS = 15_000;
/** Faster than any vehicle (540 km/h): the tracker was moved or mended, and must not be seen driving there. */
const METRES_PER_SECOND_MAX = 150;

/**
 * The interval to glide for, from the last two gaps between a vehicle's positions. The shorter one counts, so that a
 * pause at the kerb is not taken for a reporting interval.
 */
export function intervalOf(gapMs: number, previousGapMs: number | null): number {
  return Math.min(gapMs, previousGapMs ?? gapMs, GLIDE_MAX_MS);
}

/** The glide from `from`, or standing at `to` when no vehicle could drive that far in the gap. */
export function glideTo(
  from: MercatorPoint,
  to: MercatorPoint,
  startMs: number,
  gapMs: number,
  intervalMs: number,
): Glide {
  const metres = Math.hypot(to.x - from.x, to.y - from.y) * metresPerUnit(to.y);
  const isDriven = metres <= (METRES_PER_SECOND_MAX * Math.max(gapMs, 1_000)) / 1_000;
  return isDriven && intervalMs > 0
    ? { from, to, startMs, durationMs: intervalMs }
    : { from: to, to, startMs, durationMs: 0 };
}

/** Where the symbol is; the shader computes the same. */
export function positionAt(glide: Glide, nowMs: number): MercatorPoint {
  const share =
    glide.durationMs === 0 ? 1 : Math.min(1, Math.max(0, (nowMs - glide.startMs) / glide.durationMs));
  return {
    x: glide.from.x + (glide.to.x - glide.from.x) * share,
    y: glide.from.y + (glide.to.y - glide.from.y) * share,
  };
}
