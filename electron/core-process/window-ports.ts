import { MessageChannelMain, type WebContents } from 'electron';
import { PORT_CHANNEL } from '../ipc/channels.ts';
import type { CoreSupervisor } from './core-supervisor.ts';

/**
 * Joins windows and core process: each window that asked has one end of a channel, the core the other, and the shell
 * is not in between. When the core is started again, every such window gets a new port without asking.
 */
export class WindowPorts {
  readonly #core: CoreSupervisor;
  readonly #windows = new Set<WebContents>();

  constructor(core: CoreSupervisor) {
    this.#core = core;
  }

  /** A window asks, when its page is loaded or loaded again; it gets its port as soon as the core is ready. */
  request(contents: WebContents): void {
    if (!this.#windows.has(contents)) {
      this.#windows.add(contents);
      contents.once('destroyed', () => this.#windows.delete(contents));
    }
    this.#hand(contents);
  }

  /** The core is ready, or ready again. */
  handAll(): void {
    for (const contents of this.#windows) this.#hand(contents);
  }

  #hand(contents: WebContents): void {
    if (this.#core.state.state !== 'running' || contents.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#core.post({ window: true }, [port1]);
    contents.postMessage(PORT_CHANNEL, null, [port2]);
  }
}
