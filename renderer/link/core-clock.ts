/** The core's clock as the window keeps it between what the core says of it. */
export interface CoreClock {
  /** What a status said: the time, and whether a simulator drives it. */
  readonly readStatus: (clockMs: number, isDriven: boolean) => void;
  /** What a frame said: the time only. */
  readonly readFrame: (clockMs: number) => void;
  readonly nowMs: () => number;
}

/**
 * A driven clock stands still between its ticks. A real one runs on, also while the core is away or has nothing to
 * record: what it reports then is the time of its last record, and an old value must not look fresh for that.
 */
export function newCoreClock(monotonicMs: () => number): CoreClock {
  let coreMs = Date.now();
  let readAtMs = monotonicMs();
  let isDriven = false;
  const nowMs = (): number => (isDriven ? coreMs : coreMs + (monotonicMs() - readAtMs));
  const readStatus = (clockMs: number, isDrivenNow: boolean): void => {
    coreMs = isDriven || isDrivenNow ? clockMs : Math.max(clockMs, nowMs());
    isDriven = isDrivenNow;
    readAtMs = monotonicMs();
  };
  return { readStatus, readFrame: (clockMs) => readStatus(clockMs, isDriven), nowMs };
}
