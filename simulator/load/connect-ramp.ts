import type { WorkerSettings } from './load-messages.ts';

const ADDRESSES_MAX = 250;

/** When each of a worker's connections is to be opened, milliseconds after the start: all together keep the ramp's pace. */
export function connectTimes(
  settings: Pick<WorkerSettings, 'clients' | 'worker' | 'workers' | 'connectPerSecond'>,
): readonly number[] {
  const { clients, worker, workers, connectPerSecond } = settings;
  const times: number[] = [];
  for (let client = worker; client < clients; client += workers)
    times.push((client * 1_000) / connectPerSecond);
  return times;
}

/** The address a connection comes from: one of 127.0.0.1, 127.0.0.2 and so on, each good for some 28,000 ports. */
export function sourceAddress(client: number, addresses: number): string | null {
  return addresses === 0 ? null : `127.0.0.${(client % Math.min(addresses, ADDRESSES_MAX)) + 1}`;
}
