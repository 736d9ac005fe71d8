import type { smokeKeys } from '../../core/protocol/bridge.ts';
import type { FleetState } from '../fleet/fleet-state.ts';
import type { CoreLink } from '../link/core-link.ts';
import type { Seconds } from '../link/seconds.ts';
import { countMovingDrawn } from '../map/vehicle-feed.ts';
import type { VehicleBuffer } from '../map/vehicle-layer/vehicle-buffer.ts';

/** Where the marks go and what they are read from. */
export interface ShownMarksInputs {
  readonly root: HTMLElement;
  readonly link: Pick<CoreLink, 'status' | 'nowMs' | 'subscribe'>;
  readonly fleet: FleetState;
  readonly vehicles: VehicleBuffer;
  readonly seconds: Seconds;
  readonly monotonicMs: () => number;
}

/** Writes what the window shows onto the document element, once a second, for whoever runs the program to check it. */
export function markWhatIsShown({
  root,
  link,
  fleet,
  vehicles,
  seconds,
  monotonicMs,
}: ShownMarksInputs): void {
  const mark = (): void => {
    const status = link.status();
    const shown: Record<(typeof smokeKeys)[number], number> = {
      vehiclesDrawn: vehicles.placed(),
      vehiclesMoving: countMovingDrawn(fleet, vehicles, { monotonicMs: monotonicMs(), nowMs: link.nowMs() }),
      tenthsToday: status?.tenthsToday ?? 0,
      penceToday: status?.penceToday ?? 0,
      framesSeen: fleet.framesSeen(),
    };
    for (const [name, value] of Object.entries(shown)) root.dataset[name] = String(value);
  };
  seconds.subscribe(mark);
  link.subscribe(mark);
}
