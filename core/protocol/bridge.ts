import type { SimulatorCommand, SimulatorView } from './simulator-panel.ts';

/**
 * What a window may ask of the shell, as `window.milepost`. It is short on purpose: everything about the fleet comes
 * through the port to the core process (link.ts), which the shell only hands over.
 */
export interface MilepostBridge {
  /**
   * Asks for a port to the core process. It comes as a `message` event on `window` whose `data` is PORT_MESSAGE and
   * whose `ports[0]` is the port, because a port cannot pass through an isolated function. Listen before asking. A new
   * one comes without asking each time the core process has been started again; the old one is then dead.
   */
  requestPort(): void;
  appInfo(): Promise<AppInfo>;
  /** Calls back at once with the state now, and at each change. */
  onCoreState(listener: (state: CoreState) => void): void;
  /** One sentence for the person at the screen about the shell itself: the window was reloaded, the demo stopped. */
  onNotice(listener: (words: string) => void): void;
  /** Tells the demo fleet what to do; what came of it shows in its view. Nothing happens without a demo. */
  simulatorDo(command: SimulatorCommand): void;
  /** Calls back with the demo fleet's view, now and as it changes; null while there is none. */
  onSimulator(listener: (view: SimulatorView | null) => void): void;
  /** Throws the demo's data away and begins it again in this window, which is loaded anew. Nothing happens without a demo. */
  resetDemo(): void;
  /** The answer to a core that failed because its MQTT port is taken: start it on this one. */
  startOnPort(mqttPort: number): void;
}

/** `data` of the window message that carries the port. */
export const PORT_MESSAGE = 'milepost:port';

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly platform: string;
  readonly isPackaged: boolean;
  readonly isDemo: boolean;
}

/** What the shell knows about the core process. Anything but `running` deserves a banner. */
export type CoreState =
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly mqttPort: number }
  /** It ended by itself; `attempt` counts from 1 and the next try is in `retryInMs`. */
  | { readonly state: 'restarting'; readonly attempt: number; readonly retryInMs: number }
  /** It cannot start. `nextFreePort` is present when its MQTT port is taken and that one is free. */
  | { readonly state: 'failed'; readonly problem: string; readonly nextFreePort?: number | undefined };

/**
 * What a window shows, for the smoke run, as `data-…` attributes of the document element; every one a whole number.
 * `framesSeen` counts position frames since the window was loaded.
 */
export const smokeKeys = [
  'vehiclesDrawn',
  'vehiclesMoving',
  'tenthsToday',
  'penceToday',
  'framesSeen',
] as const;
