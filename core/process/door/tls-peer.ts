import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { sha256HexOf } from './certificates.ts';

/** Whether the connection is encrypted; such a one always has to say who it is. */
export function isEncrypted(socket: Socket): boolean {
  return socket instanceof TLSSocket;
}

/**
 * The certificate a client proved to own, signed by an authority we trust; null for everybody else. `authorized` alone
 * would not do: Node also sets it when a client without a certificate resumes a session.
 */
export function certificateOf(socket: Socket): { readonly sha256Hex: string } | null {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : { sha256Hex: sha256HexOf(certificate) };
}
