import type { PublishPacket } from 'aedes';
import type { JournalEntry } from '../../protocol/journal-record.ts';
import type { BrokerCounters } from './broker-counters.ts';
import type { BrokerLimits } from './broker-limits.ts';

export type PacketEntry = JournalEntry & { readonly kind: 'packet' };

/**
 * What of a publish goes into the journal: topic, client and payload; quality of service, retain and duplicate flags
 * are between client and broker. A payload over the limit is kept by its head, so that it is seen, counted and
 * acknowledged instead of being sent again for ever.
 */
export function packetEntry(
  clientId: string,
  { topic, payload }: Pick<PublishPacket, 'topic' | 'payload'>,
  limits: BrokerLimits,
  counters: BrokerCounters,
): PacketEntry {
  counters.packetsTaken += 1;
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  if (bytes.length <= limits.payloadBytesMax) {
    return { kind: 'packet', topic, clientId, payload: bytes, omittedBytes: 0 };
  }
  counters.overPayloadLimit += 1;
  const head = bytes.subarray(0, limits.payloadHeadBytes);
  return { kind: 'packet', topic, clientId, payload: head, omittedBytes: bytes.length - head.length };
}
