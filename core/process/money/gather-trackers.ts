import { type DeviceState, deviceOf } from '../../fold/devices.ts';
import { deviceKey, type World } from '../../fold/world.ts';
import type { BookTracker } from '../../protocol/book.ts';
import type { CsvProblem } from '../csv-lines.ts';
import type { ContractRow } from './contract-columns.ts';
import { momentMs } from './gather-contracts.ts';

export interface GatheredTracker {
  readonly line: number;
  readonly tracker: BookTracker;
}

/** A tracker in a vehicle, from when until before when. */
interface Carried {
  readonly vehicle: string;
  readonly origin: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The trackers that the vehicles do not carry yet. A row that names one its vehicle carries then adds nothing. */
export function gatherTrackers(
  world: World,
  rows: readonly ContractRow[],
  problems: CsvProblem[],
): GatheredTracker[] {
  const trackers: GatheredTracker[] = [];
  const carried = new Map<string, Carried[]>();
  for (const row of rows) {
    const named = namedTracker(row, problems);
    if (named === null) continue;
    const { tracker, stay } = named;
    const key = deviceKey(tracker.provider, tracker.externalId);
    const known = carried.get(key) ?? carriedIn(world, deviceOf(world, tracker.provider, tracker.externalId));
    carried.set(key, known);
    if (known.some((each) => isWithin(stay, each, row.values.tracker_to === null))) continue;
    known.push(stay);
    trackers.push({ line: row.line, tracker });
  }
  return trackers;
}

function namedTracker(
  row: ContractRow,
  problems: CsvProblem[],
): { readonly tracker: BookTracker; readonly stay: Carried } | null {
  const { line, values } = row;
  const { vehicle_id: vehicle, tracker_provider: provider, tracker_id: externalId } = values;
  const { tracker_origin: origin, tracker_from: from, tracker_to: to } = values;
  const cells = { tracker_provider: provider, tracker_id: externalId, tracker_origin: origin };
  const isNamed = [provider, externalId, origin, from, to].some((value) => value !== null);
  if (!isNamed || vehicle === null) return null;
  for (const [field, value] of Object.entries(cells))
    if (value === null) problems.push({ line, field, problem: 'it is empty, but the row names a tracker' });
  if (provider === null || externalId === null || origin === null) return null;
  const fromMs = momentMs(from ?? values.from, row);
  const toMs = to === null ? Number.POSITIVE_INFINITY : momentMs(to, row);
  if (toMs <= fromMs) problems.push({ line, field: 'tracker_to', problem: 'it is not after "tracker_from"' });
  const tracker = { vehicle, provider, externalId, origin, from: new Date(fromMs).toISOString() };
  return {
    tracker: to === null ? tracker : { ...tracker, to: new Date(toMs).toISOString() },
    stay: { vehicle, origin, fromMs, toMs },
  };
}

function isWithin(stay: Carried, known: Carried, isOpen: boolean): boolean {
  const isSame = stay.vehicle === known.vehicle && stay.origin === known.origin;
  const isThen = stay.fromMs >= known.fromMs && stay.fromMs < known.toMs;
  return isSame && isThen && (isOpen || stay.toMs === known.toMs);
}

function carriedIn({ vehicles }: World, device: DeviceState | null): Carried[] {
  return (device?.bindings ?? []).flatMap(({ slot, origin, fromMs, toMs }) => {
    const vehicle = vehicles[slot]?.vehicle;
    return vehicle === undefined ? [] : [{ vehicle, origin, fromMs, toMs }];
  });
}
