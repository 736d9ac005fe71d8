import type { VehicleFault } from '../../core/protocol/simulator-panel.ts';
import type { ActiveFault, FaultType } from '../faults/fault.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';

/** A fault as the demo brings it about, and what the screen says of it. */
export interface PlayedFault {
  readonly fault: ActiveFault;
  readonly words: string;
}

const MINUTE_MS = 60_000;
const OUTAGE_MS = 5 * MINUTE_MS;
const FROZEN_MS = 10 * MINUTE_MS;
const ROLLED_BACK_KM = 500;
const SKEW_SECONDS = 600;
const LOCKDOWN_FACTOR = 0.3;
/** The feed that fails: its makers' service puts all its cars on the broker through one client. */
const FAILING_FEED = 'renault-kamereon';

/** What is done to one vehicle from an instant on. */
export function vehicleFault(
  kind: VehicleFault,
  fleet: readonly FleetVehicle[],
  vehicle: number,
  atMs: number,
): PlayedFault {
  const name = fleet[vehicle]?.registration ?? `vehicle ${vehicle}`;
  const on = (minutesMs: number | null, params: ActiveFault['params'], then: string | null): ActiveFault =>
    faultOf(kind, atMs, minutesMs, [vehicle], params, then);
  switch (kind) {
    case 'network-loss':
      return {
        fault: on(OUTAGE_MS, {}, 'flush-buffered'),
        words: `${name} has no network for 5 minutes, then sends what it kept`,
      };
    case 'gps-freeze':
      return {
        fault: on(FROZEN_MS, {}, null),
        words: `${name} reports the same place for 10 minutes while its odometer goes on`,
      };
    case 'odometer-rollback':
      return {
        fault: on(null, { km: ROLLED_BACK_KM }, null),
        words: `${name} shows ${ROLLED_BACK_KM} km less than it has driven`,
      };
    case 'crash':
      return { fault: on(null, {}, null), words: `${name} has crashed: an impact, then it stands` };
    case 'clock-skew':
      return {
        fault: on(FROZEN_MS, { seconds: SKEW_SECONDS }, null),
        words: `${name} has a clock 10 minutes ahead, for 10 minutes`,
      };
  }
}

/** One feed is silent for a while: none of its vehicles can be heard. */
export function vendorOutage(fleet: readonly FleetVehicle[], atMs: number): PlayedFault {
  const vehicles = fleet.flatMap(({ provider }, index) => (provider === FAILING_FEED ? [index] : []));
  return {
    fault: faultOf('vendor-outage', atMs, OUTAGE_MS, vehicles, {}, 'flush-buffered'),
    words: 'The Renault feed is silent for 5 minutes, then sends what it kept',
  };
}

/** Three of ten who work today go on; the others go home. */
export function lockdown(fleet: readonly FleetVehicle[], atMs: number): PlayedFault {
  const all = fleet.map((_, index) => index);
  return {
    fault: faultOf('demand', atMs, null, all, { factor: LOCKDOWN_FACTOR }, null),
    words: 'Lockdown: demand is 30 % of what it was, until the normal day is played',
  };
}

function faultOf(
  type: FaultType,
  fromMs: number,
  forMs: number | null,
  vehicles: readonly number[],
  params: ActiveFault['params'],
  then: string | null,
): ActiveFault {
  // oxlint-disable-next-line unicorn/no-thenable -- the shape's word for what follows; nobody awaits a fault
  return { type, fromMs, toMs: forMs === null ? null : fromMs + forMs, vehicles, params, then };
}
