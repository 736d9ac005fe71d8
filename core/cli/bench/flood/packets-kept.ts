import { readJournal } from '../../../process/journal/read-journal.ts';
import { OPENING_METRES } from '../bench-fleet.ts';
import { METRES_A_RECORD, topicOf } from '../ingest/moving-publish.ts';
import { metresIn } from '../moving-packet.ts';

/** How many packets of each topic the journal has, as far as none is missing before. */
export function packetsKept(journalFolder: string): ReadonlyMap<string, number> {
  const kept = new Map<string, number>();
  for (const records of readJournal(journalFolder, 0)) {
    for (const record of records) {
      if (record.kind !== 'packet') continue;
      const next = kept.get(record.topic) ?? 0;
      const number = (metresIn(record.payload) - OPENING_METRES) / METRES_A_RECORD;
      if (number === next) kept.set(record.topic, next + 1);
    }
  }
  return kept;
}

/** How many packets the senders hold an acknowledgement of, and how many of those the journal has not. */
export function comparePackets(
  acknowledgedByDevice: Readonly<Record<string, number>>,
  keptByTopic: ReadonlyMap<string, number>,
): { readonly packets: number; readonly lost: number } {
  let packets = 0;
  let lost = 0;
  for (const [device, acknowledged] of Object.entries(acknowledgedByDevice)) {
    packets += acknowledged;
    lost += Math.max(0, acknowledged - (keptByTopic.get(topicOf(device)) ?? 0));
  }
  return { packets, lost };
}
