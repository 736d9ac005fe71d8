import path from 'node:path';
// oxlint-disable-next-line no-restricted-imports -- the bench's own little Electron program, not the core
import { app, BrowserWindow, MessageChannelMain, utilityProcess } from 'electron';

const here = import.meta.dirname;

// Not awaited: Electron gets ready only after this module has run to its end.
void app.whenReady().then(openFeed);

/** Joins a utility process and a sandboxed, hidden window by a port, as the product does, and prints what they find. */
async function openFeed(): Promise<void> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      preload: path.join(here, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      backgroundThrottling: false,
    },
  });
  await window.loadFile(path.join(here, 'page.html'));
  const core = utilityProcess.fork(path.join(here, 'core.js'));
  const { port1, port2 } = new MessageChannelMain();
  core.once('message', (turns: unknown) => {
    process.stdout.write(`${JSON.stringify(turns)}\n`, () => app.exit(0));
  });
  core.postMessage('port', [port1]);
  window.webContents.postMessage('port', null, [port2]);
}
