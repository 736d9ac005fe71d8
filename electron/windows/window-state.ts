import { z } from 'zod';

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Rectangle = z.infer<typeof rectangleSchema>;

const windowStateSchema = z.object({ bounds: rectangleSchema, isMaximized: z.boolean() });
/** Where the window was when it was closed. */
export type WindowState = z.infer<typeof windowStateSchema>;

export const DEFAULT_SIZE = { width: 1440, height: 900 } as const;
/** Below this the panels stand on each other. */
export const SMALLEST_SIZE = { width: 1024, height: 700 } as const;
/** So much of a window must lie on a screen for a hand to catch it. */
const REACHABLE_PIXELS = 100;

/** The state a file's text means; null for no file, another version's file or a damaged one. */
export function parseWindowState(text: string | null): WindowState | null {
  if (text === null) return null;
  try {
    return windowStateSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Where to open the window now: where it was, if that is still on a screen; otherwise the usual size, in the middle of
 * the main screen, which `workAreas` names first.
 */
export function placeWindow(state: WindowState | null, workAreas: readonly Rectangle[]): Partial<Rectangle> {
  if (state !== null && workAreas.some((area) => isReachable(state.bounds, area))) return state.bounds;
  const main = workAreas[0];
  if (main === undefined) return DEFAULT_SIZE;
  return {
    width: Math.min(DEFAULT_SIZE.width, main.width),
    height: Math.min(DEFAULT_SIZE.height, main.height),
  };
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const isTitleBarInside = window.y >= area.y && window.y < area.y + area.height - REACHABLE_PIXELS;
  return across >= REACHABLE_PIXELS && isTitleBarInside;
}
