import type { ActiveFault } from '../faults/fault.ts';
import type { Speed } from './pacer.ts';

/** What comes over a run that somebody plays with: more faults, the end of all, days to be passed. */
export type Intervention =
  | { readonly kind: 'fault'; readonly fault: ActiveFault }
  | { readonly kind: 'recover' }
  /** Passes the time up to an instant as the days before were passed, with a look at the fleet every `stepMs`. */
  | { readonly kind: 'pass'; readonly untilMs: number; readonly stepMs: number };

/**
 * The hand on a run that somebody watches. It is asked between steps, and what it says counts from the next one: the
 * order of a step never changes.
 */
export interface RunControls {
  readonly speed: () => Speed;
  /** Resolves when the run may take its next step: at once, or when a pause is over. */
  readonly mayGo: () => Promise<void>;
  /** The days that are being passed are to be over soon. */
  readonly isSkipping: () => boolean;
  /** What is to happen next, taken once; null for nothing. */
  readonly nextIntervention: () => Intervention | null;
}

/** The controls of a run that nobody watches. */
export function steadyControls(speed: Speed): RunControls {
  return {
    speed: () => speed,
    mayGo: () => Promise.resolve(),
    isSkipping: () => false,
    nextIntervention: () => null,
  };
}
