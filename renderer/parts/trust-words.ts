import type { EvidenceReading } from '../../core/protocol/link.ts';

/** How packets come, as people write it. */
export const transportWords = { mqtt: 'MQTT', tcp: 'TCP', udp: 'UDP' } as const;

/**
 * What a packet's way to us does not prove, or null when its sender showed a credential. An IMEI over raw TCP or UDP is
 * a name that anybody could give.
 */
export function trustWords({
  transport,
  isAuthenticated,
}: Pick<EvidenceReading, 'transport' | 'isAuthenticated'>): string | null {
  if (transport === 'tcp' || transport === 'udp') return 'unauthenticated transport';
  return transport === 'mqtt' && !isAuthenticated ? 'no credential' : null;
}
