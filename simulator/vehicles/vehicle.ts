import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { Crash } from '../fleet/fleet-vehicle.ts';
import type { DemandFactor } from './demand-factor.ts';
import type { VehicleState } from './vehicle-state.ts';

/** What may happen to a vehicle that no plan said before. A crash is due at once, or later than those it knows of. */
export type VehicleEvent = { readonly crash: Crash } | { readonly demand: DemandFactor };

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
  /** From now on this happens too. A recorded vehicle drives on as recorded. */
  readonly befall: (event: VehicleEvent, atMs: number) => void;
  /** What `befall` brought is over: a crashed vehicle drives on, demand is what its plan says. */
  readonly recover: (atMs: number) => void;
  /** Back from its streets to its plan, so that `passTo` may carry it through more days. */
  readonly leaveRoads: (atMs: number) => void;
}
