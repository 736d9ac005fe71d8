import type { Result } from '../base/result.ts';
import type { TrackerProvider } from '../protocol/book.ts';
import type { PacketRecord } from '../protocol/journal-record.ts';
import { transportOfTopic } from '../protocol/raw-topic.ts';
import { decodePacket, providerOfTopic } from '../tracker/decode-packet.ts';
import { type DecodedPacket, deviceName } from '../tracker/decoded-packet.ts';
import type { Refusal } from '../tracker/refusal.ts';
import { type DeviceState, deviceOf, knownDevice, UNCLAIMED_DEVICES_MAX } from './devices.ts';
import { feedCountsOf, noteSkew } from './feed-counts.ts';
import { mappingsOn } from './mappings-on.ts';
import { countStatus, takeReading } from './take-reading.ts';
import type { World } from './world.ts';

/** One packet: counted as decoded, refused with a reason, or a duplicate; its readings move the fleet and the meter. */
export function takePacket(world: World, record: PacketRecord): void {
  world.counts.received += 1;
  const decoded = decodeRecord(world, record);
  if (decoded.ok) takeDecoded(world, record, decoded.value);
  else countRefusal(world, record, decoded.error);
}

function decodeRecord(world: World, record: PacketRecord): Result<DecodedPacket, Refusal> {
  if (record.omittedBytes === 0) return decodePacket(record, mappingsOn(world.door));
  const detail = `${record.payload.length + record.omittedBytes} bytes of payload; the first ${record.payload.length} are kept`;
  return { ok: false, error: { reason: 'payload-too-large', detail } };
}

function countRefusal({ counts, feeds, door }: World, record: PacketRecord, { reason }: Refusal): void {
  counts.refused[reason] = (counts.refused[reason] ?? 0) + 1;
  const feed = feedCountsOf(feeds, providerOfTopic(record.topic, mappingsOn(door)) ?? 'unknown');
  feed.received += 1;
  feed.lastReceivedAtMs = record.receivedAtMs;
  feed.refused[reason] = (feed.refused[reason] ?? 0) + 1;
}

function takeDecoded(world: World, record: PacketRecord, packet: DecodedPacket): void {
  const { counts } = world;
  const feed = feedCountsOf(world.feeds, packet.provider);
  feed.received += 1;
  feed.lastReceivedAtMs = record.receivedAtMs;
  const device = heardDevice(world, record, packet.provider, deviceName(packet));
  const tally = { readings: 0, known: 0 };
  for (const reading of packet.readings) {
    if (reading.observedAtMs !== null) noteSkew(feed, record.receivedAtMs - reading.observedAtMs);
    takeReading(world, record, device, reading, tally);
  }
  if (tally.known > 0 && tally.known === tally.readings) {
    counts.duplicate += 1;
    feed.duplicate += 1;
    return;
  }
  counts.decoded += 1;
  feed.decoded += 1;
  counts.readings += tally.readings;
  if (tally.known > 0) countStatus(world, null, 'repeat', tally.known);
}

/** The device the packet came from; null for one more unknown device than there is room for. */
function heardDevice(
  world: World,
  record: PacketRecord,
  provider: TrackerProvider,
  name: string,
): DeviceState | null {
  // What a bridge or a service says of itself is no device's.
  if (name === '') return null;
  let device = deviceOf(world, provider, name);
  if (device === null) {
    if (world.unclaimedDevices >= UNCLAIMED_DEVICES_MAX) return null;
    world.unclaimedDevices += 1;
    device = knownDevice(world, provider, name);
  }
  device.firstHeardAtMs ??= record.receivedAtMs;
  device.lastHeardAtMs = record.receivedAtMs;
  device.packets += 1;
  device.lastPosition = record.position;
  device.lastClientId = record.clientId;
  device.lastTransport = transportOfTopic(record.topic);
  device.isLastAuthenticated = record.isAuthenticated === true;
  return device;
}
