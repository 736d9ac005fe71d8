import type { CustomLayerInterface, Map as MapLibreMap } from 'maplibre-gl';
import { unitRgb } from '../../theme/contrast.ts';
import type { Tokens } from '../../theme/tokens.ts';
import { mercatorOf } from '../mercator.ts';
import { createVehicleProgram, deleteVehicleProgram, type VehicleProgram } from './program.ts';
import { type MapView, nextRepaintInMs } from './repaint.ts';
import { FLOATS_PER_VEHICLE, type VehicleBuffer } from './vehicle-buffer.ts';

/**
 * Every vehicle in one draw call of our own, over the base map. A second call draws the selected one on top.
 * Between reports nothing is uploaded: the card moves the symbols by itself.
 */
export interface VehicleLayer extends CustomLayerInterface {
  /** The slot with the halo, or null. */
  select: (slot: number | null) => void;
  recolour: (tokens: Tokens) => void;
  /** The buffer was written: draw it, at the pace the movement on screen deserves. */
  changed: () => void;
}

/** What the layer reads: the vehicles, a clock that never steps (ms) and the first colours. */
export interface VehicleLayerInputs {
  readonly buffer: VehicleBuffer;
  readonly monotonicMs: () => number;
  readonly tokens: Tokens;
}

/** Side of the square a symbol is drawn in, CSS pixels: room for the halo. */
const POINT_PIXELS = 36;
/** Beyond this from the view (in Mercator, about 80 km) offsets lose centimetres: take a nearer anchor. */
const ANCHOR_REACH = 0.002;
/** A 32-bit float of seconds is good to a millisecond for about this long. */
const EPOCH_REACH_MS = 3_600_000;
/** Uploads and redraws follow reports at least this fast, even when no symbol moves visibly. */
const SETTLE_MS = 250;
const FAR_ZOOM = 9;
const NEAR_ZOOM = 14;

/** The layer, to be added to a map once its style is loaded, and again after a lost graphics context. */
export function createVehicleLayer({ buffer, monotonicMs, tokens }: VehicleLayerInputs): VehicleLayer {
  let map: MapLibreMap | null = null;
  let card: VehicleProgram | null = null;
  let onCard: Float32Array | null = null;
  let selected: number | null = null;
  let colours = tokens;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const repaintIn = (delayMs: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      map?.triggerRepaint();
    }, delayMs);
  };
  const repaintNow = (): void => {
    clearTimeout(timer);
    timer = undefined;
    map?.triggerRepaint();
  };

  return {
    id: 'vehicles',
    type: 'custom',
    renderingMode: '2d',
    onAdd: (addedTo, gl) => {
      map = addedTo;
      card = createVehicleProgram(gl);
      onCard = null;
    },
    onRemove: () => {
      clearTimeout(timer);
      timer = undefined;
      if (card !== null) deleteVehicleProgram(card);
      card = null;
      map = null;
    },
    render: (gl, { defaultProjectionData }) => {
      if (card === null || map === null || buffer.rows() === 0) return;
      const nowMs = monotonicMs();
      keepPrecise(buffer, map, nowMs);
      onCard = upload(card, buffer, onCard);
      useProgram(card, map, buffer, colours, nowMs, defaultProjectionData.mainMatrix);
      gl.uniform1i(card.uniform('u_isSelected'), 0);
      gl.drawArrays(gl.POINTS, 0, buffer.rows());
      if (selected !== null && selected < buffer.rows()) {
        gl.uniform1i(card.uniform('u_isSelected'), 1);
        gl.drawArrays(gl.POINTS, selected, 1);
      }
      gl.bindVertexArray(null);
      const delayMs = nextRepaintInMs(buffer.gliding(nowMs), viewOf(map));
      if (delayMs !== null) repaintIn(delayMs);
    },
    select: (slot) => {
      selected = slot;
      repaintNow();
    },
    recolour: (next) => {
      colours = next;
      repaintNow();
    },
    changed: () => repaintIn(SETTLE_MS),
  };
}

function viewOf(map: MapLibreMap): MapView {
  const bounds = map.getBounds();
  return {
    northWest: mercatorOf(bounds.getNorth(), bounds.getWest()),
    southEast: mercatorOf(bounds.getSouth(), bounds.getEast()),
    zoom: map.getZoom(),
  };
}

function keepPrecise(buffer: VehicleBuffer, map: MapLibreMap, nowMs: number): void {
  const { lat, lng } = map.getCenter();
  const centre = mercatorOf(lat, lng);
  const { x, y } = buffer.anchor();
  const isFar = Math.hypot(centre.x - x, centre.y - y) > ANCHOR_REACH;
  if (isFar || nowMs - buffer.epochMs() > EPOCH_REACH_MS) buffer.reanchor(centre, nowMs);
}

/** Sends what changed: single rows while the array is the one on the card, all of it when it has grown. */
function upload(
  { gl, buffer: onCard }: VehicleProgram,
  buffer: VehicleBuffer,
  before: Float32Array | null,
): Float32Array {
  const data = buffer.data();
  const runs = buffer.takeDirtyRuns();
  gl.bindBuffer(gl.ARRAY_BUFFER, onCard);
  if (data !== before) {
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    return data;
  }
  for (const [first, end] of runs) {
    const from = first * FLOATS_PER_VEHICLE;
    gl.bufferSubData(gl.ARRAY_BUFFER, from * 4, data, from, (end - first) * FLOATS_PER_VEHICLE);
  }
  return data;
}

function useProgram(
  { gl, program, attributes, uniform }: VehicleProgram,
  map: MapLibreMap,
  buffer: VehicleBuffer,
  colours: Tokens,
  nowMs: number,
  matrix: ArrayLike<number>,
): void {
  gl.useProgram(program);
  gl.bindVertexArray(attributes);
  gl.uniformMatrix4fv(uniform('u_matrix'), false, aroundAnchor(matrix, buffer.anchor()));
  gl.uniform1f(uniform('u_now'), (nowMs - buffer.epochMs()) / 1_000);
  gl.uniform1f(uniform('u_pixelRatio'), map.getPixelRatio());
  gl.uniform1f(uniform('u_sizePixels'), POINT_PIXELS);
  gl.uniform1f(uniform('u_scale'), scaleAt(map.getZoom()));
  gl.uniform3fv(uniform('u_strong'), unitRgb(colours.text));
  gl.uniform3fv(uniform('u_quiet'), unitRgb(colours.muted));
  gl.uniform3fv(uniform('u_stale'), unitRgb(colours.stale));
  gl.uniform3fv(uniform('u_casing'), unitRgb(colours.mapGround));
  gl.uniform3fv(uniform('u_selection'), unitRgb(colours.selection));
}

/** The matrix with its origin moved to the anchor, in doubles: the subtraction that 32-bit floats cannot do. */
function aroundAnchor(m: ArrayLike<number>, anchor: { x: number; y: number }): Float32Array {
  const moved = Float64Array.from(m);
  for (let row = 0; row < 4; row += 1) {
    moved[12 + row] = (m[row] ?? 0) * anchor.x + (m[4 + row] ?? 0) * anchor.y + (m[12 + row] ?? 0);
  }
  return Float32Array.from(moved);
}

/** Symbols are a little smaller far out, where hundreds stand close. */
function scaleAt(zoom: number): number {
  const share = Math.min(1, Math.max(0, (zoom - FAR_ZOOM) / (NEAR_ZOOM - FAR_ZOOM)));
  return 0.6 + 0.45 * share;
}
