import type { CredentialRow, DeviceRow, MappingRow, SituationRow } from '../protocol/door-asks.ts';
import { bindingAt, type DeviceState } from './devices.ts';
import type { VehicleState, World } from './world.ts';
import { deviceKey } from './world.ts';

/** What is known of the devices, those nobody carries first, the last heard first among them. */
export function describeDevices(
  world: World,
  { unclaimedOnly, limit }: { readonly unclaimedOnly: boolean; readonly limit: number },
): { devices: DeviceRow[]; matching: number; unclaimed: number } {
  const all = [...world.devices.values()].flatMap((ofProvider) => [...ofProvider.values()]);
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
    group: device.group,
    firstHeardAtMs: device.firstHeardAtMs,
    lastHeardAtMs: device.lastHeardAtMs,
    packets: device.packets,
    readingsWaiting: [...device.unbound.values()].reduce((sum, { count }) => sum + count, 0),
    lastOdometer: odometer === undefined ? null : { rawText, rawUnit, origin },
    origins: binding === null ? [...device.unbound.keys()] : [binding.origin],
    transport: device.lastTransport,
    isAuthenticated: device.isLastAuthenticated,
    clientId: device.lastClientId,
    lastPosition: device.lastPosition,
  };
}

function unclaimedOf(world: World, { provider, name }: DeviceState): VehicleState | undefined {
  return world.vehicles[world.slotByVehicle.get(deviceKey(provider, name)) ?? -1];
}

/** The named situations, the last seen first. */
export function describeSituations({ situations }: World): SituationRow[] {
  return [...situations.values()].toSorted((a, b) => b.lastAtMs - a.lastAtMs);
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
