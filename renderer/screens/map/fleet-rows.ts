import type { RosterEntry } from '../../../core/protocol/link.ts';
import type { VehicleState } from '../../fleet/vehicle-state.ts';

/** What the list shows: everything, one state, or the trackers nobody has claimed. */
export type FleetFilter = 'all' | VehicleState | 'unclaimed';

/** The rows that pass a search and a filter, in the roster's order. */
export function matchingRows(
  roster: readonly RosterEntry[],
  search: string,
  filter: FleetFilter,
  stateAt: (slot: number) => VehicleState,
): readonly RosterEntry[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 0);
  return roster.filter(
    (entry) => passesFilter(entry, filter, stateAt) && words.every((word) => isIn(entry, word)),
  );
}

function passesFilter(
  entry: RosterEntry,
  filter: FleetFilter,
  stateAt: (slot: number) => VehicleState,
): boolean {
  if (filter === 'all') return true;
  return filter === 'unclaimed' ? !entry.isClaimed : stateAt(entry.slot) === filter;
}

/** A registration is found with and without its space. */
function isIn(entry: RosterEntry, word: string): boolean {
  const { registration, make, model, operator, vehicle } = entry;
  const text = [registration, registration.replaceAll(' ', ''), make, model, operator ?? '', vehicle].join(
    ' ',
  );
  return text.toLowerCase().includes(word);
}
