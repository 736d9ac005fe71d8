import { useState } from 'react';

/** Rows must not move under somebody's pointer or focus: then they are held. Paused is what a person chose. */
export type TailMode = 'running' | 'held' | 'paused';

export interface TailModeControl {
  readonly mode: TailMode;
  /** Pause, or go on. */
  readonly toggle: () => void;
  /** Pointer or focus came into the list. */
  readonly hold: () => void;
  /** They left it. */
  readonly letGo: () => void;
}

export function useTailMode(): TailModeControl {
  const [mode, setMode] = useState<TailMode>('running');
  return {
    mode,
    toggle: () => setMode((before) => (before === 'paused' ? 'running' : 'paused')),
    hold: () => setMode((before) => (before === 'running' ? 'held' : before)),
    letGo: () => setMode((before) => (before === 'held' ? 'running' : before)),
  };
}
