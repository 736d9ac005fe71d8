import type { Socket } from 'node:net';

/**
 * Resolves when the connection is closed, also by a reset: whether the other end's goodbye or a write into the closed
 * socket comes first is chance.
 */
export function closed(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
