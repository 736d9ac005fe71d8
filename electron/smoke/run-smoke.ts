import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import type { SmokeSettings } from '../arguments.ts';
import type { CoreSupervisor } from '../core-process/core-supervisor.ts';
import { findSmokeFaults, type SmokeReport } from './smoke-verdict.ts';
import { askWindow, type VehiclesArrived, watchVehiclesArrive } from './window-seen.ts';

/** What the smoke run looks at. */
export interface SmokeParts {
  readonly window: BrowserWindow;
  readonly core: CoreSupervisor;
  /** Ends what sends packets, so that the counts stand still; resolves when it has. */
  readonly quieten: () => Promise<void>;
}

/**
 * Lets the program run for a while, then looks: at the screen first, as it is, then, with no packet on its way, at the
 * counts of the core. Returns the exit code: 0 only when something came through every stage and the counts close.
 */
export async function runSmoke(settings: SmokeSettings, parts: SmokeParts): Promise<number> {
  const arrived = await watch(parts.window, settings.afterMs);
  const window = await askWindow(parts.window.webContents);
  await takePicture(parts.window, settings.screenshot);
  await parts.quieten();
  const counts = await parts.core.report();
  if (counts === null) return complain(['core: no answer when asked for its counts']);
  const report: SmokeReport = { ...counts, window, ...arrived };
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (settings.report === null) process.stdout.write(text);
  else await writeFile(settings.report, text);
  return complain(findSmokeFaults(report));
}

async function watch(window: BrowserWindow, afterMs: number): Promise<VehiclesArrived> {
  if (!window.isVisible()) await new Promise<void>((resolve) => window.once('show', () => resolve()));
  return watchVehiclesArrive(window.webContents, afterMs);
}

async function takePicture(window: BrowserWindow, file: string | null): Promise<void> {
  if (file === null) return;
  const picture = await window.webContents.capturePage();
  await writeFile(file, picture.toPNG());
}

function complain(faults: readonly string[]): number {
  for (const fault of faults) process.stderr.write(`smoke: ${fault}\n`);
  process.stderr.write(faults.length === 0 ? 'smoke: every stage carried something\n' : 'smoke: failed\n');
  return faults.length === 0 ? 0 : 1;
}
