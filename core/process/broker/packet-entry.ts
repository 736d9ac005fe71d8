import type { PublishPacket } from 'aedes';
import type { JournalEntry } from '../../protocol/journal-record.ts';
import type { BrokerCounters } from './broker-counters.ts';
import type { BrokerLimits } from './broker-limits.ts';

export type PacketEntry = JournalEntry & { readonly kind: 'packet' };

/** Who sent a packet. */
export interface PacketSender {
  readonly clientId: string;
  /** It proved who it is. */
  readonly isAuthenticated: boolean;
}

/**
 * What of a publish goes into the journal: topic, client and payload; quality of service, retain and duplicate flags
 * are between client and broker. A payload over the limit is kept by its head, so that it is seen, counted and
 * acknowledged instead of being sent again for ever.
 */
export function packetEntry(
  { clientId, isAuthenticated }: PacketSender,
  { topic, payload }: Pick<PublishPacket, 'topic' | 'payload'>,
  limits: BrokerLimits,
  counters: BrokerCounters,
): PacketEntry {
  counters.packetsTaken += 1;
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const isWhole = bytes.length <= limits.payloadBytesMax;
  if (!isWhole) counters.overPayloadLimit += 1;
  const kept = isWhole ? bytes : bytes.subarray(0, limits.payloadHeadBytes);
  const omittedBytes = bytes.length - kept.length;
  return isAuthenticated
    ? { kind: 'packet', topic, clientId, payload: kept, omittedBytes, isAuthenticated }
    : { kind: 'packet', topic, clientId, payload: kept, omittedBytes };
}
