import { MOTION } from '../../core/protocol/feed-frame.ts';

/**
 * What a vehicle is doing, as a screen says it. `stale` outranks what was last reported: an old "moving" must never
 * look fresh. `silent` has not been heard at all since the journal began.
 */
export const vehicleStates = ['moving', 'stopped', 'charging', 'unknown', 'stale', 'silent'] as const;
export type VehicleState = (typeof vehicleStates)[number];

/** The word for a state. Every state has a word, a shape and a colour, so that none of the three stands alone. */
export const stateWords: Readonly<Record<VehicleState, string>> = {
  moving: 'Moving',
  stopped: 'Stopped',
  charging: 'Charging',
  unknown: 'Unknown',
  stale: 'Stale',
  silent: 'Never heard',
};

/** The state from a motion code, when it was last heard (0 for never), how long it may be silent, and now. */
export function vehicleStateOf(
  motion: number,
  receivedAtMs: number,
  staleAfterMs: number,
  nowMs: number,
): VehicleState {
  if (receivedAtMs === 0) return 'silent';
  if (nowMs - receivedAtMs > staleAfterMs) return 'stale';
  if (motion === MOTION.moving) return 'moving';
  if (motion === MOTION.stopped) return 'stopped';
  return motion === MOTION.charging ? 'charging' : 'unknown';
}
