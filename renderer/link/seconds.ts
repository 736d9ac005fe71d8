/** One beat a second for the whole window, so that all ages on it change together and one timer serves them. */
export interface Seconds {
  readonly subscribe: (listener: () => void) => () => void;
  /** The core's clock at the last beat. */
  readonly nowMs: () => number;
}

const BEAT_MS = 1_000;

/** Starts the beat; it runs as long as the window. */
export function startSeconds(readNowMs: () => number): Seconds {
  const listeners = new Set<() => void>();
  let nowMs = readNowMs();
  setInterval(() => {
    nowMs = readNowMs();
    listeners.forEach((listener) => listener());
  }, BEAT_MS);
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nowMs: () => nowMs,
  };
}
