import { newListeners } from './listeners.ts';

/** One beat a second for the whole window, so that all ages on it change together and one timer serves them. */
export interface Seconds {
  readonly subscribe: (listener: () => void) => () => void;
  /** The core's clock at the last beat. */
  readonly nowMs: () => number;
}

const BEAT_MS = 1_000;

/** Starts the beat; it runs as long as the window. */
export function startSeconds(readNowMs: () => number): Seconds {
  const beats = newListeners<[]>();
  let nowMs = readNowMs();
  setInterval(() => {
    nowMs = readNowMs();
    beats.tell();
  }, BEAT_MS);
  return { subscribe: beats.add, nowMs: () => nowMs };
}
