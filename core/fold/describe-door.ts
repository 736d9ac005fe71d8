import type { CredentialRow, DeviceRow, MappingRow, SituationRow } from '../protocol/door-asks.ts';
import { bindingAt, type DeviceState, type TrackerBinding } from './devices.ts';
import type { VehicleState, World } from './world.ts';
import { deviceKey } from './world.ts';

export interface DevicesWanted {
  readonly unclaimedOnly: boolean;
  readonly limit: number;
  /** Part of a device's name or of its vehicle's registration, in any case. */
  readonly search?: string | undefined;
}

/** What is known of the devices, those nobody carries first, the last heard first among them. */
export function describeDevices(
  world: World,
  { unclaimedOnly, limit, search = '' }: DevicesWanted,
): { devices: DeviceRow[]; matching: number; unclaimed: number } {
  const known = [...world.devices.values()].flatMap((ofProvider) => [...ofProvider.values()]);
  const all = search === '' ? known : known.filter((device) => isNamed(world, device, search.toLowerCase()));
  const isCarried = (device: DeviceState): boolean => bindingAt(device, world.clockMs) !== null;
  const isUnclaimed = (device: DeviceState): boolean => !isCarried(device) && device.packets > 0;
  const unclaimed = all.filter(isUnclaimed);
  const latestFirst = (devices: readonly DeviceState[]): readonly DeviceState[] =>
    devices.toSorted((a, b) => (b.lastHeardAtMs ?? 0) - (a.lastHeardAtMs ?? 0));
  const others = unclaimedOnly ? [] : latestFirst(all.filter((device) => !isUnclaimed(device)));
  const matching = [...latestFirst(unclaimed), ...others];
  return {
    devices: matching.slice(0, limit).map((device) => describeDevice(world, device)),
    matching: matching.length,
    unclaimed: unclaimed.length,
  };
}

function isNamed(world: World, device: DeviceState, words: string): boolean {
  const { slot } = bindingAt(device, world.clockMs) ?? {};
  const registration = slot === undefined ? '' : (world.vehicles[slot]?.registration ?? '');
  return [device.name, registration].some((name) => name.toLowerCase().includes(words));
}

function describeDevice(world: World, device: DeviceState): DeviceRow {
  const binding = bindingAt(device, world.clockMs);
  const vehicle = binding === null ? undefined : world.vehicles[binding.slot];
  const drawn = vehicle ?? unclaimedOf(world, device);
  const odometer = drawn?.latest.odometer?.value;
  const { rawText = '', rawUnit = '', origin = '' } = odometer ?? {};
  return {
    provider: device.provider,
    name: device.name,
    vehicle: vehicle?.vehicle ?? null,
    registration: vehicle?.registration ?? null,
    sinceMs: binding?.fromMs ?? null,
    unclaimedSinceMs: unclaimedSince(device, binding),
    group: device.group,
    firstHeardAtMs: device.firstHeardAtMs,
    lastHeardAtMs: device.lastHeardAtMs,
    packets: device.packets,
    readingsWaiting: [...device.unbound.values()].reduce(
      (sum, { count, thinnedCount }) => sum + count + thinnedCount,
      0,
    ),
    lastOdometer: odometer === undefined ? null : { rawText, rawUnit, origin },
    origins: binding === null ? [...device.unbound.keys()] : [binding.origin],
    transport: device.lastTransport,
    isAuthenticated: device.isLastAuthenticated,
    clientId: device.lastClientId,
    lastPosition: device.lastPosition,
  };
}

/** A reading's own time is a little before its packet came, or long before when it was kept and sent late. */
function unclaimedSince(
  { bindings, unbound, firstHeardAtMs }: DeviceState,
  binding: TrackerBinding | null,
): number | null {
  if (binding !== null) return null;
  const last = bindings.at(-1);
  if (last !== undefined) return last.toMs === Number.POSITIVE_INFINITY ? null : last.toMs;
  const firstReadings = [...unbound.values()].flatMap(({ count, atMs }) => [
    ...atMs.subarray(0, Math.min(count, 1)),
  ]);
  const first = Math.min(firstHeardAtMs ?? Number.POSITIVE_INFINITY, ...firstReadings);
  return Number.isFinite(first) ? first : null;
}

function unclaimedOf(world: World, { provider, name }: DeviceState): VehicleState | undefined {
  return world.vehicles[world.slotByVehicle.get(deviceKey(provider, name)) ?? -1];
}

/** The named situations, the last seen first. */
export function describeSituations({ situations }: World): SituationRow[] {
  return [...situations.values()]
    .map(({ situation, subject, detail, firstAtMs, lastAtMs, count }) => ({
      situation,
      subject,
      detail,
      firstAtMs,
      lastAtMs,
      count,
    }))
    .toSorted((a, b) => b.lastAtMs - a.lastAtMs);
}

/** The credentials as they may be shown: live ones first, then by name. Proofs stay in the core. */
export function describeCredentials({ door }: World): CredentialRow[] {
  const rows = [...door.credentials.values()]
    .map(({ credential: { proof, ...shown }, ...issued }) => ({ ...shown, ...issued, proof: proof.kind }))
    .toSorted((a, b) => a.username.localeCompare(b.username, 'en'));
  const isLive = (row: CredentialRow): boolean => row.revokedAtMs === null;
  return [...rows.filter(isLive), ...rows.filter((row) => !isLive(row))];
}

export function describeMappings({ door, feeds }: World): MappingRow[] {
  return [...door.mappings].map(([name, mapping]) => ({
    name,
    ...mapping,
    packets: feeds.get(`mapped:${name}`)?.received ?? 0,
  }));
}
