import type { VehicleState } from '../../fleet/vehicle-state.ts';

/** The symbol of each state, as the shader numbers them. Shapes differ, so they survive a grey print. */
export const SYMBOL = { arrow: 0, dot: 1, square: 2, ring: 3, diamond: 4 } as const;
export type SymbolName = keyof typeof SYMBOL;

export const symbolByState: Readonly<Record<VehicleState, SymbolName>> = {
  moving: 'arrow',
  stopped: 'dot',
  charging: 'square',
  unknown: 'diamond',
  stale: 'ring',
  silent: 'ring',
};
