import { type MercatorPoint, pixelsPerUnit } from '../mercator.ts';
import type { Glide } from './glide.ts';

/** What the map shows: two corners in Mercator, and the zoom. */
export interface MapView {
  readonly northWest: MercatorPoint;
  readonly southEast: MercatorPoint;
  readonly zoom: number;
}

/** Movement smaller than this is not worth drawing the map again for. */
const VISIBLE_STEP_PIXELS = 0.5;
const FRAME_MS = 16;
const SLOWEST_MS = 500;

/**
 * When the map must be drawn again for symbols under way: as soon as the fastest one in view has gone half a pixel.
 * Far out that is a few times a second, close up each frame; null when nothing in view moves. Without it 250 vehicles
 * at city zoom would keep a machine without a graphics card busy drawing the same picture.
 */
export function nextRepaintInMs(glides: Iterable<Glide>, view: MapView): number | null {
  let fastest = 0;
  for (const { from, to, durationMs } of glides) {
    if (!isInView(from, view) && !isInView(to, view)) continue;
    fastest = Math.max(fastest, Math.hypot(to.x - from.x, to.y - from.y) / durationMs);
  }
  if (fastest === 0) return null;
  const stepMs = VISIBLE_STEP_PIXELS / (fastest * pixelsPerUnit(view.zoom));
  return Math.min(SLOWEST_MS, Math.max(FRAME_MS, stepMs));
}

function isInView(point: MercatorPoint, { northWest, southEast }: MapView): boolean {
  return point.x >= northWest.x && point.x <= southEast.x && point.y >= northWest.y && point.y <= southEast.y;
}
