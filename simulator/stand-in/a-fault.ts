import type { ActiveFault } from '../faults/fault.ts';

/** A fault of the first vehicle from the tenth second after New Year's midnight, changed where a test says so. */
export function aFault(
  type: ActiveFault['type'],
  change: Partial<Omit<ActiveFault, 'then'>> = {},
  afterwards: string | null = null,
): ActiveFault {
  const usual = { fromMs: NEW_YEAR_MS + 10_000, toMs: null, vehicles: [0], params: {} };
  // oxlint-disable-next-line unicorn/no-thenable -- the shape's word for what follows; nobody awaits a fault
  return { type, ...usual, ...change, then: afterwards };
}

/** When `aVehicleState` is. */
export const NEW_YEAR_MS = Date.UTC(2026, 0, 1);
