import { readFileSync, writeFileSync } from 'node:fs';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_PAGE } from '../security/app-url.ts';
import { parseWindowState, placeWindow, SMALLEST_SIZE, type WindowState } from './window-state.ts';

/** The surfaces of the two themes, so that the window is not white before its page is painted. */
const SURFACE = { dark: '#1E2226', light: '#E6E8EA' } as const;

/** Where the main window finds what it needs. */
export interface MainWindowFiles {
  readonly preload: string;
  /** Keeps place and size from one start to the next. */
  readonly state: string;
}

/** Opens the control room, sandboxed, where it was last time. It shows itself when its first picture is painted. */
export function openMainWindow(files: MainWindowFiles): BrowserWindow {
  const state = parseWindowState(readTextFile(files.state));
  const window = new BrowserWindow({
    ...placeWindow(state, workAreasMainFirst()),
    minWidth: SMALLEST_SIZE.width,
    minHeight: SMALLEST_SIZE.height,
    title: 'Milepost',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? SURFACE.dark : SURFACE.light,
    webPreferences: {
      preload: files.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // A wall display behind another window still shows the truth.
      backgroundThrottling: false,
    },
  });
  if (state?.isMaximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveState(window, files.state));
  void window.loadURL(APP_PAGE);
  return window;
}

function workAreasMainFirst(): Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  return [main, ...others].map((display) => display.workArea);
}

function saveState(window: BrowserWindow, file: string): void {
  const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // The window opens at its usual place next time; nothing else depends on this file.
  }
}

function readTextFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
