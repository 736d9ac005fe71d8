import type { WebContents } from 'electron';
import { z } from 'zod';
import type { smokeKeys } from '../../core/protocol/bridge.ts';
import type { WindowSeen } from './smoke-verdict.ts';

const count = z.coerce.number().int().catch(0);
const datasetSchema = z.object({
  vehiclesDrawn: count,
  vehiclesMoving: count,
  tenthsToday: count,
  penceToday: count,
  framesSeen: count,
} satisfies Record<(typeof smokeKeys)[number], typeof count>);

/** Asks the page what it shows; a page that says nothing shows nothing. */
export async function askWindow(contents: WebContents): Promise<WindowSeen> {
  const dataset: unknown = await contents.executeJavaScript('({ ...document.documentElement.dataset })');
  const seen = datasetSchema.parse(dataset);
  return {
    drawn: seen.vehiclesDrawn,
    moving: seen.vehiclesMoving,
    miles: seen.tenthsToday / 10,
    pence: seen.penceToday,
    frames: seen.framesSeen,
  };
}

/** When vehicles came into view, in seconds from the window being shown; null when none did. */
export interface VehiclesArrived {
  readonly secondsToFirstVehicle: number | null;
  /** When the number of vehicles drawn grew for the last time. */
  readonly secondsToLastVehicle: number | null;
}

/** Looks at the page again and again for this long, from the moment its window is shown. */
export async function watchVehiclesArrive(contents: WebContents, forMs: number): Promise<VehiclesArrived> {
  const shownAtMs = performance.now();
  let drawn = 0;
  let arrived: VehiclesArrived = { secondsToFirstVehicle: null, secondsToLastVehicle: null };
  while (performance.now() - shownAtMs < forMs && !contents.isDestroyed()) {
    const seen = await askWindow(contents).catch(() => null);
    if (seen !== null && seen.drawn > drawn) {
      drawn = seen.drawn;
      const seconds = Math.round(performance.now() - shownAtMs) / 1_000;
      arrived = {
        secondsToFirstVehicle: arrived.secondsToFirstVehicle ?? seconds,
        secondsToLastVehicle: seconds,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return arrived;
}

const LOOK_AGAIN_MS = 200;
