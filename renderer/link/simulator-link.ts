import { useEffect, useState, useSyncExternalStore } from 'react';
import type { AppInfo, MilepostBridge } from '../../core/protocol/bridge.ts';
import type { SimulatorView } from '../../core/protocol/simulator-panel.ts';
import { newListeners } from './listeners.ts';
import './milepost-window.ts';

/** What the demo fleet last told of itself. */
export interface SimulatorLink {
  /** Null while there is no demo fleet. */
  readonly view: () => SimulatorView | null;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Listens to the shell from now on; for as long as the page lives, because the bridge has no way to stop. */
export function connectToSimulator(bridge: Pick<MilepostBridge, 'onSimulator'>): SimulatorLink {
  let view: SimulatorView | null = null;
  const changes = newListeners<[]>();
  bridge.onSimulator((told) => {
    view = told;
    changes.tell();
  });
  return { view: () => view, subscribe: changes.add };
}

let shared: SimulatorLink | null = null;

/** The demo fleet as it is now. */
export function useSimulator(): SimulatorView | null {
  const link = (shared ??= connectToSimulator(window.milepost));
  return useSyncExternalStore(link.subscribe, link.view);
}

/** What the shell is; null until it has answered. */
export function useAppInfo(): AppInfo | null {
  const [info, setInfo] = useState<AppInfo | null>(null);
  useEffect(() => void window.milepost.appInfo().then(setInfo), []);
  return info;
}
