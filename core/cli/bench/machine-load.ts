import os from 'node:os';

/** How busy the machine was. Where the system has no load average (Windows) it reads 0. */
export interface MachineLoad {
  readonly before: number;
  readonly after: number;
  readonly cores: number;
  /** Somebody else was already at work: rates are low, and costs a packet too, as caches are shared. */
  readonly isContended: boolean;
}

/** Call at the start; the returned function, called at the end, has the whole. */
export function watchMachineLoad(): () => MachineLoad {
  const cores = os.availableParallelism();
  const before = oneMinuteLoad();
  return () => ({ before, after: oneMinuteLoad(), cores, isContended: before > cores / 2 });
}

function oneMinuteLoad(): number {
  return os.loadavg()[0] ?? 0;
}
