import { fail, ok, type Result } from '../../core/base/result.ts';
import { controlClient } from './control-client.ts';
import { type DriveOptions, driveFleet, type RunOutcome } from './drive-fleet.ts';
import { fleetPublisher } from './fleet-publisher.ts';
import type { DrivenClock, Endpoints, RunProblem } from './publisher.ts';

/** A run against a product: everything of a drive but its connections, which are made from `endpoints`. */
export interface RunOptions extends Omit<DriveOptions, 'publisher' | 'clock'> {
  /**
   * Asked at every connection. With `control` the run drives the product's clock; whether it does is decided by the
   * first answer.
   */
  readonly endpoints: () => Endpoints;
  /** Puts something between the run and the product's clock, such as decisions that are due at an instant. */
  readonly withClock?: (clock: DrivenClock) => DrivenClock;
  /** How long a product that is still starting is waited for. */
  readonly patienceMs?: number;
}

const START_PATIENCE_MS = 5_000;

/** Connects, drives the fleet, and closes. `unreachable` when nothing answers, `refused` when the product says no. */
export async function runFleet(options: RunOptions): Promise<Result<RunOutcome, RunProblem>> {
  const patienceMs = options.patienceMs ?? START_PATIENCE_MS;
  const publisher = await fleetPublisher(options.endpoints, patienceMs);
  if (!publisher.ok) return publisher;
  const clock =
    options.endpoints().control === null ? ok(null) : await controlClient(options.endpoints, patienceMs);
  if (!clock.ok) return clock;
  const driven = clock.value === null ? null : (options.withClock?.(clock.value) ?? clock.value);
  try {
    return ok(await driveFleet({ ...options, publisher: publisher.value, clock: driven }));
  } catch (error) {
    return fail({ problem: 'refused', detail: error instanceof Error ? error.message : String(error) });
  } finally {
    await Promise.all([publisher.value.close(), clock.value?.close()]);
  }
}
