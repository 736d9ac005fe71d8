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

/** Seconds from now until the page draws its first vehicle; null when it does not within `patienceMs`. */
export async function secondsToFirstVehicle(
  contents: WebContents,
  patienceMs: number,
): Promise<number | null> {
  const shownAtMs = performance.now();
  while (performance.now() - shownAtMs < patienceMs && !contents.isDestroyed()) {
    const seen = await askWindow(contents).catch(() => null);
    if (seen !== null && seen.drawn > 0) return Math.round(performance.now() - shownAtMs) / 1_000;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return null;
}

const LOOK_AGAIN_MS = 200;
