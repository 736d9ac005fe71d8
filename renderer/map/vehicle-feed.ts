import type { FeedFrame } from '../../core/protocol/feed-frame.ts';
import { NO_POSITION_E7, UNKNOWN_U16 } from '../../core/protocol/feed-frame.ts';
import type { FleetState } from '../fleet/fleet-state.ts';
import { mercatorOf } from './mercator.ts';
import { SYMBOL, symbolByState } from './vehicle-layer/symbols.ts';
import type { VehicleBuffer } from './vehicle-layer/vehicle-buffer.ts';

/** Places the vehicles of a frame and dresses them; the fleet state has taken the same frame already. */
export function placeVehicles(frame: FeedFrame, fleet: FleetState, buffer: VehicleBuffer, at: Moment): void {
  for (let row = 0; row < frame.count; row += 1) {
    const slot = frame.slots[row] ?? 0;
    const latitudeE7 = frame.latitudesE7[row] ?? NO_POSITION_E7;
    if (latitudeE7 !== NO_POSITION_E7) {
      buffer.place(slot, mercatorOf(latitudeE7 / 1e7, (frame.longitudesE7[row] ?? 0) / 1e7), at.monotonicMs);
    }
    const heading = frame.headingsCentidegrees[row] ?? UNKNOWN_U16;
    dress(slot, heading === UNKNOWN_U16 ? null : heading / 100, fleet, buffer, at.nowMs);
  }
}

/** Two clocks at one moment: the one movement is drawn by, which never steps, and the core's, which ages are judged by. */
export interface Moment {
  readonly monotonicMs: number;
  readonly nowMs: number;
}

/** Turns symbols hollow as silence goes on: no packet says that a vehicle has stopped sending. */
export function redressVehicles(fleet: FleetState, buffer: VehicleBuffer, nowMs: number): void {
  for (let slot = 0; slot < buffer.rows(); slot += 1) dress(slot, null, fleet, buffer, nowMs);
}

/** How many vehicles the map draws as moving. */
export function countMovingDrawn(fleet: FleetState, buffer: VehicleBuffer, at: Moment): number {
  let moving = 0;
  for (let slot = 0; slot < buffer.rows(); slot += 1) {
    if (buffer.positionAt(slot, at.monotonicMs) !== null && fleet.stateAt(slot, at.nowMs) === 'moving')
      moving += 1;
  }
  return moving;
}

function dress(
  slot: number,
  heading: number | null,
  fleet: FleetState,
  buffer: VehicleBuffer,
  nowMs: number,
): void {
  buffer.dress(slot, heading, SYMBOL[symbolByState[fleet.stateAt(slot, nowMs)]]);
}
