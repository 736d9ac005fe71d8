import type { JournalEntry } from '../../../core/protocol/journal-record.ts';
import { rawFeeds, rawTopic } from '../../../core/protocol/raw-topic.ts';
import { must } from '../../../core/base/assert.ts';
import type { TrackerPublish } from '../../../simulator/trackers/tracker.ts';

type PacketEntry = Extract<JournalEntry, { readonly kind: 'packet' }>;

/** What the broker, or a listener for raw trackers, hands to the journal. */
export function entryOf({ transport, topic, client, payload }: TrackerPublish): PacketEntry {
  const feed = rawFeeds.find((each) => each === topic);
  return {
    kind: 'packet',
    topic: transport === 'mqtt' ? topic : rawTopic(transport, must(feed, 'a raw feed'), client),
    clientId: client,
    payload: Buffer.from(payload as Uint8Array),
    omittedBytes: 0,
  };
}

/** Tells one packet from every other; the same words sent twice are one. */
export function packetKey({ topic, payload }: Pick<PacketEntry, 'topic' | 'payload'>): string {
  return `${topic} ${Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('latin1')}`;
}
