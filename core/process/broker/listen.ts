import { createServer, type Server } from 'node:net';
import { fail, ok, type Result } from '../../base/result.ts';

/** Why the port could not be had. `nextFree` is the next one that could when it was tried. */
export type ListenProblem =
  | {
      readonly problem: 'port-in-use';
      readonly port: number;
      readonly nextFree: number;
      readonly message: string;
    }
  | { readonly problem: 'cannot-listen'; readonly message: string };

const PORT_MAX = 65_535;
/** Listeners asked to open in a burst after a restart: every vehicle at once. */
const BACKLOG = 4_096;

/** Listens and gives the port: the one asked for, or any free one for 0. */
export async function listenOn(
  server: Server,
  host: string,
  port: number,
): Promise<Result<number, ListenProblem>> {
  const listening = await tryListen(server, host, port);
  if (listening.ok) return listening;
  const { code, message } = listening.error;
  if (code !== 'EADDRINUSE') {
    return fail({ problem: 'cannot-listen', message: `cannot listen on ${host} port ${port}: ${message}` });
  }
  const nextFree = await nextFreePort(host, port);
  const words = `port ${port} on ${host} is in use by another program; port ${nextFree} is free`;
  return fail({ problem: 'port-in-use', port, nextFree, message: words });
}

async function nextFreePort(host: string, after: number): Promise<number> {
  for (let port = after + 1; port <= Math.min(after + 100, PORT_MAX); port += 1) {
    if ((await probe(host, port)) !== null) return port;
  }
  return (await probe(host, 0)) ?? 0;
}

async function probe(host: string, port: number): Promise<number | null> {
  const server = createServer();
  const listening = await tryListen(server, host, port);
  if (!listening.ok) return null;
  await new Promise((resolve) => server.close(resolve));
  return listening.value;
}

function tryListen(
  server: Server,
  host: string,
  port: number,
): Promise<Result<number, NodeJS.ErrnoException>> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(fail(error));
    server.once('error', failed);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
