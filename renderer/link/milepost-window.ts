import type { MilepostBridge } from '../../core/protocol/bridge.ts';

declare global {
  interface Window {
    /** Put there by the shell before the page runs. */
    readonly milepost: MilepostBridge;
  }
}
