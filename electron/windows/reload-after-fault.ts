import { app, type BrowserWindow } from 'electron';

/** A window that fails more often than this within a minute has a fault that loading it again does not mend. */
const RELOADS_MAX_A_MINUTE = 3;
const MINUTE_MS = 60_000;

/**
 * Loads a window again when its process or the graphics process ends by itself, and says so. What it shows lives in the
 * core process, so nothing is lost.
 */
export function reloadAfterFault(window: BrowserWindow, notify: (words: string) => void): void {
  let reloadsAtMs: number[] = [];
  const reload = (what: string, reason: string): void => {
    const nowMs = performance.now();
    reloadsAtMs = [...reloadsAtMs.filter((at) => nowMs - at < MINUTE_MS), nowMs];
    if (window.isDestroyed() || reloadsAtMs.length > RELOADS_MAX_A_MINUTE) return;
    notify(`${what} stopped (${reason}), so the window was loaded again. No data was lost.`);
    window.webContents.reload();
  };
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') reload('The window', details.reason);
  });
  app.on('child-process-gone', (_event, details) => {
    if (details.type === 'GPU' && details.reason !== 'clean-exit')
      reload('The graphics process', details.reason);
  });
}
