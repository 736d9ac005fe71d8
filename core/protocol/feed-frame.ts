import { assert } from '../base/assert.ts';

/**
 * A frame of positions on its way from the core process to the screen: one ArrayBuffer, columns of fixed width, only
 * the vehicles that changed. Names never travel here; a slot is a vehicle's index in the roster.
 *
 * bytes 0–31: magic u32, count u32, sequence u32, reserved u32, clock f64 (epoch ms), reserved f64
 * then per vehicle, column after column:
 *   slot u32 · latitude i32 (1e-7 degree) · longitude i32 (1e-7 degree) · received at u32 (epoch s)
 *   · heading u16 (0.01 degree; 65535 unknown) · speed u16 (0.1 km/h; 65535 unknown) · motion u8
 */
export interface FeedFrame {
  readonly sequence: number;
  readonly clockMs: number;
  readonly count: number;
  readonly slots: Uint32Array;
  readonly latitudesE7: Int32Array;
  readonly longitudesE7: Int32Array;
  /** When the core last heard from the vehicle. */
  readonly receivedAtS: Uint32Array;
  readonly headingsCentidegrees: Uint16Array;
  readonly speedsDecikmh: Uint16Array;
  readonly motions: Uint8Array;
}

/** Motion codes of a vehicle, as the frame carries them. */
export const MOTION = { unknown: 0, stopped: 1, moving: 2, charging: 3 } as const;
export type MotionName = keyof typeof MOTION;

/** Latitude of a vehicle that has no position yet: heard, but not drawn. */
export const NO_POSITION_E7 = -2_147_483_648;
export const UNKNOWN_U16 = 65_535;

const MAGIC = 0x4d_50_46_31;
const HEADER_BYTES = 32;
const ROW_BYTES = 4 + 4 + 4 + 4 + 2 + 2 + 1;

/** A frame to fill in: the columns are views of `buffer`. */
export function newFeedFrame(
  count: number,
  sequence: number,
  clockMs: number,
): FeedFrame & { buffer: ArrayBuffer } {
  const buffer = new ArrayBuffer(HEADER_BYTES + count * ROW_BYTES);
  const header = new DataView(buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, count, true);
  header.setUint32(8, sequence, true);
  header.setFloat64(16, clockMs, true);
  return { buffer, ...columnsOf(buffer, count), sequence, clockMs };
}

/** The columns of a frame received, without copying. */
export function readFeedFrame(buffer: ArrayBuffer): FeedFrame {
  const header = new DataView(buffer);
  assert(header.getUint32(0, true) === MAGIC, 'not a feed frame');
  const count = header.getUint32(4, true);
  assert(
    buffer.byteLength === HEADER_BYTES + count * ROW_BYTES,
    () => `feed frame of ${count} has a wrong length`,
  );
  return {
    ...columnsOf(buffer, count),
    sequence: header.getUint32(8, true),
    clockMs: header.getFloat64(16, true),
  };
}

function columnsOf(buffer: ArrayBuffer, count: number): Omit<FeedFrame, 'sequence' | 'clockMs'> {
  let offset = HEADER_BYTES;
  const next = (width: number): number => {
    const start = offset;
    offset += width * count;
    return start;
  };
  return {
    count,
    slots: new Uint32Array(buffer, next(4), count),
    latitudesE7: new Int32Array(buffer, next(4), count),
    longitudesE7: new Int32Array(buffer, next(4), count),
    receivedAtS: new Uint32Array(buffer, next(4), count),
    headingsCentidegrees: new Uint16Array(buffer, next(2), count),
    speedsDecikmh: new Uint16Array(buffer, next(2), count),
    motions: new Uint8Array(buffer, next(1), count),
  };
}
