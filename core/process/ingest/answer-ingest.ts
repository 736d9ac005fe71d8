import { hexOf } from '../../base/hex.ts';
import { readUtf8 } from '../../base/utf8.ts';
import { SKEW_BOUNDS_MS } from '../../fold/feed-counts.ts';
import { mappingsOn } from '../../fold/mappings-on.ts';
import type { World } from '../../fold/world.ts';
import type { FeedRow, ingestAsks, RawPacketShown, RawRow } from '../../protocol/ingest-asks.ts';
import { transportOfTopic } from '../../protocol/raw-topic.ts';
import { decodePacket, providerOfTopic } from '../../tracker/decode-packet.ts';
import { isBuiltIn } from '../../tracker/feeds.ts';
import { outcomeOutput } from '../../tracker/decoded-output.ts';
import type { AnswerersOf } from '../feed/answer-asks.ts';
import { readRecords } from '../journal/read-journal.ts';
import type { IngestMonitor } from './ingest-monitor.ts';
import { HEAD_BYTES } from './packet-heads.ts';

export interface IngestParts {
  readonly world: World;
  readonly monitor: IngestMonitor;
  readonly journalFolder: string;
}

const HEARD_WITHIN_MS = 5 * 60_000;
/** Enough of a packet to read on a screen; the journal has all of it. */
const SHOWN_BYTES_MAX = 8_192;

export function ingestAnswerers(parts: IngestParts): AnswerersOf<typeof ingestAsks> {
  const { monitor } = parts;
  return {
    'ingest.feeds': () => feedRows(parts),
    'ingest.topics': ({ under, limit }) => ({
      nodes: monitor.trail.childrenOf(under, limit).map(({ level, packets, lastReceivedAtMs }) => ({
        level: level.level,
        topic: level.topic,
        packets,
        lastReceivedAtMs,
        hasChildren: level.children.size > 0,
      })),
      others: monitor.trail.others,
    }),
    'ingest.tail': ({ under, after, limit }) => {
      const { positions, unseen } = monitor.trail.newest(under, after, limit);
      return { rows: rowsAt(parts, positions), unseen, newest: monitor.trail.count - 1 };
    },
    'ingest.mappable': ({ limit }) => mappableRows(parts, limit),
    'ingest.packet': ({ position }) => packetAt(parts, position),
  };
}

function feedRows({ world, monitor }: IngestParts): FeedRow[] {
  return [...world.feeds].map(([feed, counts]) => {
    const latency = monitor.latencyOf(feed);
    const { known, heard } = feed === 'unknown' ? { known: 0, heard: 0 } : devicesOf(world, feed);
    return {
      feed,
      devicesHeard: heard,
      devicesKnown: known,
      packetsPerSecond: monitor.rateOf(feed),
      received: counts.received,
      decoded: counts.decoded,
      duplicate: counts.duplicate,
      refused: { ...counts.refused },
      lastReceivedAtMs: counts.lastReceivedAtMs,
      skewBoundsMs: [...SKEW_BOUNDS_MS],
      skew: [...counts.skew],
      latencyP50Ms: latency?.p50Ms ?? null,
      latencyP99Ms: latency?.p99Ms ?? null,
    };
  });
}

function devicesOf(
  world: World,
  feed: Parameters<World['devices']['get']>[0],
): { readonly known: number; readonly heard: number } {
  const devices = world.devices.get(feed);
  let heard = 0;
  for (const { lastHeardAtMs } of devices?.values() ?? [])
    if (lastHeardAtMs !== null && lastHeardAtMs > world.clockMs - HEARD_WITHIN_MS) heard += 1;
  return { known: devices?.size ?? 0, heard };
}

function mappableRows(parts: IngestParts, limit: number): (RawRow & { readonly feed: string | null })[] {
  const mapped = mappingsOn(parts.world.door);
  const positions = parts.monitor.trail.newestWhere(limit, (topic) => {
    const provider = providerOfTopic(topic, mapped);
    return provider === null || !isBuiltIn(provider);
  });
  return rowsAt(parts, positions).map((row) => ({ ...row, feed: providerOfTopic(row.topic, mapped) }));
}

/** From memory where they are still there, else from the journal. */
function rowsAt({ monitor, journalFolder }: IngestParts, positions: readonly number[]): RawRow[] {
  const missing = positions.filter((position) => monitor.heads.at(position) === null);
  const read = missing.length === 0 ? null : readRecords(journalFolder, missing);
  return positions.flatMap((position) => {
    const head = monitor.heads.at(position);
    if (head !== null) return [rowOf(head, head.head)];
    const record = read?.get(position)?.record;
    if (record?.kind !== 'packet') return [];
    const bytes = record.payload.length + record.omittedBytes;
    return [rowOf({ ...record, bytes }, record.payload.subarray(0, HEAD_BYTES))];
  });
}

function rowOf(
  packet: Pick<RawRow, 'position' | 'topic' | 'clientId' | 'receivedAtMs' | 'bytes'>,
  head: Uint8Array,
): RawRow {
  const { position, topic, clientId, receivedAtMs, bytes } = packet;
  const preview = textOf(head) ?? hexOf(head);
  return { position, topic, clientId, receivedAtMs, bytes, preview, isTruncated: head.length < bytes };
}

/** Text a person can read; null for bytes that are none. A cut may fall inside a character: then it is left out. */
function textOf(bytes: Uint8Array): string | null {
  for (let cut = 0; cut < 4 && cut <= bytes.length; cut += 1) {
    const text = readUtf8(bytes.subarray(0, bytes.length - cut));
    if (text !== null) return isReadable(text) ? text : null;
  }
  return null;
}

function isReadable(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return false;
  }
  return true;
}

function packetAt({ world, journalFolder }: IngestParts, position: number): RawPacketShown | null {
  const found = readRecords(journalFolder, [position]).get(position);
  if (found?.record.kind !== 'packet') return null;
  const { topic, clientId, receivedAtMs, payload, omittedBytes, isAuthenticated } = found.record;
  const shown = payload.subarray(0, SHOWN_BYTES_MAX);
  return {
    position,
    topic,
    clientId,
    receivedAtMs,
    transport: transportOfTopic(topic),
    isAuthenticated: isAuthenticated === true,
    bytes: payload.length + omittedBytes,
    payloadUtf8: textOf(shown),
    payloadHex: hexOf(shown),
    isTruncated: shown.length < payload.length + omittedBytes,
    recordDigestHex: found.digestHex,
    outcome: outcomeOutput(decodePacket(found.record, mappingsOn(world.door))),
  };
}
