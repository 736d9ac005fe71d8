import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { VehicleState } from './vehicle-state.ts';

/**
 * A vehicle in motion, asked in order of time. First it may be carried through days at speed (`passTo`), then it drives
 * second by second (`driveTo`): however far apart the instants are, it comes by the same ones to the same place.
 */
export interface Vehicle {
  readonly traits: FleetVehicle;
  readonly passTo: (atMs: number) => void;
  readonly driveTo: (atMs: number) => void;
  /** What a tracker in it can know now; `atMs` is the instant it was last carried to, or one it rests until. */
  readonly stateAt: (atMs: number) => VehicleState;
  /** Until this instant, not included, nothing about it changes but the charge of its battery. */
  readonly restsUntilMs: () => number;
  readonly isMoving: () => boolean;
}
