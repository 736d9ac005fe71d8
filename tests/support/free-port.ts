import { createServer } from 'node:net';
import { assert } from '../../core/base/assert.ts';

/** A TCP port of 127.0.0.1 that nobody listens on right now. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      assert(typeof address === 'object' && address !== null, 'a listening server has an address');
      server.close(() => resolve(address.port));
    });
  });
}
