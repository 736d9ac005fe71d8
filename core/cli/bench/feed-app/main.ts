import path from 'node:path';
// oxlint-disable-next-line no-restricted-imports -- the bench's own little Electron program, not the core
import { app, BrowserWindow, MessageChannelMain, utilityProcess } from 'electron';

/** Joins a utility process and a sandboxed, hidden window by a port, as the product does, and prints what they find. */
const here = import.meta.dirname;

await app.whenReady();
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
core.postMessage('port', [port1]);
core.once('message', (turns: unknown) => {
  process.stdout.write(`${JSON.stringify(turns)}\n`, () => app.exit(0));
});
window.webContents.postMessage('port', null, [port2]);
