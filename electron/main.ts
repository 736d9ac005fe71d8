import path from 'node:path';
import { app, BrowserWindow, Menu, session } from 'electron';
import type { AppInfo } from '../core/protocol/bridge.ts';
import { type AppPaths, appPaths } from './app-paths.ts';
import { parseArguments, type ShellArguments } from './arguments.ts';
import { forkChild } from './core-process/child-process.ts';
import { CoreSupervisor } from './core-process/core-supervisor.ts';
import { startCore } from './core-process/start-core.ts';
import { WindowPorts } from './core-process/window-ports.ts';
import { Demo } from './demo/demo.ts';
import { answerShellVerbs } from './ipc/answer-shell-verbs.ts';
import { CORE_STATE_CHANNEL, NOTICE_CHANNEL, SIMULATOR_CHANNEL } from './ipc/channels.ts';
import { NoticeBoard } from './ipc/notice-board.ts';
import { applicationMenu } from './menu/application-menu.ts';
import { registerAppScheme, serveAppScheme } from './security/app-scheme.ts';
import { lockDown } from './security/lock-down.ts';
import { runSmoke } from './smoke/run-smoke.ts';
import { openMainWindow } from './windows/main-window.ts';
import { reloadAfterFault } from './windows/reload-after-fault.ts';

// The shell: opens the window, keeps the core process running and joins the two. No fleet data comes through here.

// --- Before the application is ready

const asked = readArguments();
// Who asks for a folder of his own gets it, whatever a launcher has set before.
const askedUserData = app.commandLine.getSwitchValue('user-data-dir');
if (askedUserData !== '') app.setPath('userData', path.resolve(askedUserData));
// Without a usable graphics card the map is drawn by the processor. Only pages of our own are ever drawn.
app.commandLine.appendSwitch('enable-unsafe-swiftshader');
if (!app.requestSingleInstanceLock()) leave(0, 'is running already; its window comes to the front');
registerAppScheme();

// Not awaited here: Electron is ready only after this file has been read to its end.
void app.whenReady().then(openControlRoom);

// --- The parts, and how they are joined

async function openControlRoom(): Promise<void> {
  const userData = app.getPath('userData');
  const paths = appPaths(import.meta.dirname, app.isPackaged ? process.resourcesPath : null);
  const notices = new NoticeBoard(() => tellWindows(NOTICE_CHANNEL));
  const core = new CoreSupervisor(() => forkChild(paths.core, 'milepost-core'), {
    onState: (state) => tellWindows(CORE_STATE_CHANNEL, state),
    onReady: (ready) => {
      ports.handAll();
      demo?.sendOut(ready);
    },
  });
  const demo = asked.isDemo ? newDemo(core, paths, userData, notices) : null;
  const ports = new WindowPorts(core);

  serveAppScheme({ renderer: paths.renderer, cityPacks: paths.cityPacks });
  lockDown(session.defaultSession);
  Menu.setApplicationMenu(applicationMenu(process.platform === 'darwin', app.isPackaged));
  const window = openMainWindow({ preload: paths.preload, state: path.join(userData, 'window.json') });
  reloadAfterFault(window, (words) => notices.post(words));
  answerShellVerbs(
    {
      appInfo,
      coreState: () => core.state,
      takeNotice: () => notices.take(),
      requestPort: (contents) => ports.request(contents),
      startOnPort: (mqttPort) => core.startOnPort(mqttPort),
      simulatorView: () => demo?.view ?? null,
      simulatorDo: (command) => demo?.obey(command),
      resetDemo: () => void resetDemo(demo, window),
    },
    (contents) => contents === window.webContents,
  );

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    void closeDown(0, core, demo);
  });

  if (asked.smoke !== null) {
    const quieten = async (): Promise<void> => demo?.stop();
    void runSmoke(asked.smoke, { window, core, quieten }).then((code) => closeDown(code, core, demo));
  }
  const started = demo === null ? await startCore(core, asked, userData) : await demo.start();
  if (!started.ok) process.stderr.write(`milepost: ${started.error}\n`);
}

/** The fleet parks first, so that nothing is on its way when the core drains and writes its snapshot. */
async function closeDown(code: number, core: CoreSupervisor, demo: Demo | null): Promise<void> {
  await demo?.stop();
  await core.stop();
  app.exit(code);
}

// --- What the lines above are made of

function readArguments(): ShellArguments {
  const result = parseArguments(process.argv.slice(1), process.cwd());
  return result.ok ? result.value : leave(2, result.error);
}

function leave(code: number, words: string): never {
  process.stderr.write(`milepost: ${words}\n`);
  return process.exit(code);
}

function tellWindows(channel: string, value?: unknown): void {
  for (const { webContents } of BrowserWindow.getAllWindows()) {
    // A page that is gone asks for all of this itself when it has been loaded again.
    if (!webContents.isCrashed()) webContents.send(channel, value);
  }
}

function newDemo(core: CoreSupervisor, paths: AppPaths, userData: string, notices: NoticeBoard): Demo {
  return new Demo({
    core,
    forkSimulator: () => forkChild(paths.simulator, 'milepost-simulator'),
    settings: asked.demo,
    dataFolder: asked.data ?? path.join(userData, 'demo'),
    packsFolder: paths.cityPacks,
    mqttPort: asked.mqttPort,
    nowMs: Date.now,
    onView: (view) => tellWindows(SIMULATOR_CHANNEL, view),
    onTrouble: (problem) => notices.post(`The demo fleet stopped: ${problem}.`),
  });
}

/** The page is loaded anew: nothing of what it showed is true of the new fleet. */
async function resetDemo(demo: Demo | null, window: BrowserWindow): Promise<void> {
  const started = await demo?.reset();
  if (started?.ok === false) process.stderr.write(`milepost: ${started.error}\n`);
  if (started?.ok === true) window.webContents.reload();
}

function appInfo(): AppInfo {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    platform: process.platform,
    isPackaged: app.isPackaged,
    isDemo: asked.isDemo,
  };
}
