import { BlockList, isIPv4 } from 'node:net';
import { DEFAULT_GROUP, deviceOf } from '../../fold/devices.ts';
import type { World } from '../../fold/world.ts';
import type { RawFeed } from '../../protocol/raw-topic.ts';

export type Admission = 'ok' | 'unclaimed-device' | 'network-not-allowed';

/**
 * Who may speak as a raw tracker. An IMEI is a name and no secret: a vehicle has to carry the device, and the address
 * has to be in a network that was allowed for the device's group.
 */
export interface RawGate {
  /** `remoteAddress` without a port, IPv4 also in its IPv6 notation. */
  admit(feed: RawFeed, device: string, remoteAddress: string): Admission;
  /** Rises whenever an earlier answer may have changed. */
  version(): number;
}

/** Nobody decided about the default group yet: only this machine. */
const LOOPBACK_NETWORKS: readonly string[] = ['127.0.0.0/8', '::1/128'];

/** The gate as the world stands, read anew at each question. */
export function rawGateOf(world: World): RawGate {
  const lists = new Map<readonly string[], BlockList>();
  return {
    admit: (feed, device, remoteAddress) => {
      const group = claimedGroup(world, feed, device);
      if (group === null) return 'unclaimed-device';
      const networks = networksOf(world, group);
      let list = lists.get(networks);
      if (list === undefined) {
        dropReplaced(lists, world);
        list = listOf(networks);
        lists.set(networks, list);
      }
      return isIn(list, remoteAddress) ? 'ok' : 'network-not-allowed';
    },
    version: () => world.door.version,
  };
}

/** True when some group may speak from beyond this machine. */
export function hasOutsideNetwork(world: World): boolean {
  const loopback = listOf(LOOPBACK_NETWORKS);
  for (const networks of world.door.networksByGroup.values()) {
    for (const network of networks) if (!isIn(loopback, network.split('/')[0] ?? '')) return true;
  }
  return false;
}

/** The group of a device that a vehicle carries now or will; null for any other. */
function claimedGroup(world: World, feed: RawFeed, device: string): string | null {
  const known = deviceOf(world, feed, device);
  return known?.bindings.some(({ toMs }) => toMs > world.clockMs) === true ? known.group : null;
}

function networksOf(world: World, group: string): readonly string[] {
  return world.door.networksByGroup.get(group) ?? (group === DEFAULT_GROUP ? LOOPBACK_NETWORKS : NOWHERE);
}

const NOWHERE: readonly string[] = [];

/** A decision replaces a group's list; the lists made from replaced ones would pile up. */
function dropReplaced(lists: Map<readonly string[], BlockList>, world: World): void {
  const current = new Set<readonly string[]>([
    ...world.door.networksByGroup.values(),
    LOOPBACK_NETWORKS,
    NOWHERE,
  ]);
  for (const networks of lists.keys()) if (!current.has(networks)) lists.delete(networks);
}

/** Node's class is named for blocking; all it does is say whether an address is in it. */
function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
