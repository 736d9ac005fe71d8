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

/** The rows of a long list that are on screen, and a few either side; `first` included, `end` not. */
export function windowOf(
  count: number,
  rowPixels: number,
  scrollTop: number,
  heightPixels: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowPixels) - OVERSCAN_ROWS);
  const end = Math.min(count, Math.ceil((scrollTop + heightPixels) / rowPixels) + OVERSCAN_ROWS);
  return { first: Math.min(first, end), end };
}

const OVERSCAN_ROWS = 6;
