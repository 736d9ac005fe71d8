import { isIPv6 } from 'node:net';
import type { RawTransport } from '../../protocol/raw-topic.ts';

/** Where a tracker speaks from. */
export interface Peer {
  readonly transport: RawTransport;
  /** IPv4 never in its IPv6 notation, no zone: as networks are written. */
  readonly address: string;
  readonly port: number;
}

export function peerOf(
  transport: RawTransport,
  remoteAddress: string | undefined,
  port: number | undefined,
): Peer {
  const address = (remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return { transport, address, port: port ?? 0 };
}

/** `10.0.0.7:40000`, `[2001:db8::7]:40000`. */
export function endpointText({ address, port }: Peer): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
