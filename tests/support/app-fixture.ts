import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, test as base } from '@playwright/test';
import { must } from '../../core/base/assert.ts';
import { ControlRoom } from './control-room.ts';
import { chromiumFlags, electronProgram, repositoryRoot } from './electron-program.ts';

/** The built program, open in the real Electron, in folders of its own. */
export interface OpenApp {
  readonly electron: ElectronApplication;
  readonly controlRoom: ControlRoom;
  /** The process id of the core, as the shell knows it now. */
  readonly corePid: () => Promise<number>;
}

interface AppFixtures {
  /** A folder of this test alone, gone after it. */
  readonly folder: string;
  /** Opens the control room with these arguments; closed when the test ends. */
  readonly openApp: (...args: string[]) => Promise<OpenApp>;
}

/** Playwright's test, with the control room in it. It builds nothing: out/ must be there. */
export const test = base.extend<AppFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture uses from this pattern.
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'milepost-journey-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  openApp: async ({ folder }, use, testInfo) => {
    const opened: ElectronApplication[] = [];
    let said = '';
    await use(async (...args) => {
      const electron = await launch(path.join(folder, 'user-data'), args);
      opened.push(electron);
      for (const stream of [electron.process().stdout, electron.process().stderr]) {
        stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
      }
      return look(electron);
    });
    for (const electron of opened) await electron.close();
    if (testInfo.status === testInfo.expectedStatus) return;
    const file = testInfo.outputPath('program.log');
    writeFileSync(file, said);
    await testInfo.attach('what the program said', { path: file });
  },
});

export { expect } from '@playwright/test';

function launch(userData: string, args: readonly string[]): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: electronProgram(),
    args: [...chromiumFlags(), repositoryRoot, `--user-data-dir=${userData}`, ...args],
    cwd: repositoryRoot,
  });
}

async function look(electron: ElectronApplication): Promise<OpenApp> {
  const page = await electron.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  return {
    electron,
    controlRoom: new ControlRoom(page),
    corePid: async () => {
      const pid = await electron.evaluate(
        ({ app }) => app.getAppMetrics().find((metric) => metric.name === 'milepost-core')?.pid,
      );
      return must(pid, 'no core process is running');
    },
  };
}
