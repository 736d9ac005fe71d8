/** Those who want to be told of something. */
export interface Listeners<Told extends readonly unknown[]> {
  readonly tell: (...told: Told) => void;
  /** Returns how to stop. */
  readonly add: (listener: (...told: Told) => void) => () => void;
}

export function newListeners<Told extends readonly unknown[]>(): Listeners<Told> {
  const listeners = new Set<(...told: Told) => void>();
  return {
    tell: (...told) => listeners.forEach((listener) => listener(...told)),
    add: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
