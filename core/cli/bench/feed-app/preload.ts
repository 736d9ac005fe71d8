// oxlint-disable-next-line no-restricted-imports -- the bench's own little Electron program, not the core
import { ipcRenderer } from 'electron';

/** The port comes to the preload and goes on to the page, as in the product. */
interface PageWindow {
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
}
const page = globalThis as unknown as PageWindow;

ipcRenderer.on('port', (event) => page.postMessage('port', '*', event.ports));
