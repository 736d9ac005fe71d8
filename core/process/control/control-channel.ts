import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { controlHelloSchema, type ControlReply, controlTickSchema } from '../../protocol/control-channel.ts';
import type { DrivenClock } from '../clock/core-clock.ts';
import type { Journal, JournalFailure } from '../journal/journal.ts';
import { linesOf } from './json-lines.ts';

/** The name of the file that holds the token, in the data folder; readable by the user who started the process only. */
export const TOKEN_FILE = 'control-token';
/** A tick is some thirty bytes; whoever sends more is not the simulator. */
export const LINE_BYTES_MAX = 1_024;
/** A connection says who it is at once, or it is dropped. */
const HELLO_TIMEOUT_MS = 5_000;

export interface ControlChannel {
  readonly port: number;
  close(): Promise<void>;
}

export interface ControlParts {
  /** The data folder: the token is written into it. */
  readonly folder: string;
  readonly clock: DrivenClock;
  readonly append: Journal['append'];
  /** 0 takes any free port. */
  readonly port?: number;
}

/**
 * Opens the channel that moves a driven clock (core/protocol/control-channel.ts). Ticks are taken one after another
 * and answered once they are on disk and folded, so that the simulator never runs ahead of an acknowledged tick.
 * Rejects when the port asked for is taken; without one any free port serves.
 */
export async function startControlChannel(parts: ControlParts): Promise<ControlChannel> {
  const token = randomBytes(32).toString('hex');
  const tokenPath = join(parts.folder, TOKEN_FILE);
  writeToken(tokenPath, token);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, token, parts);
  });
  const port = await listen(server, parts.port ?? 0);
  return {
    port,
    close: () => {
      rmSync(tokenPath, { force: true });
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** The mode given at creation is cut by the umask and ignored for a file that is there: so it is set as well. */
function writeToken(path: string, token: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, token, { mode: 0o600 });
  chmodSync(path, 0o600);
}

function serveConnection(socket: Socket, token: string, parts: ControlParts): void {
  let isKnown = false;
  const reply = (answer: ControlReply): void => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`);
  };
  const refuse = (problem: string): void => {
    reply({ ok: false, problem });
    socket.end();
  };
  const timer = setTimeout(() => refuse('no token came'), HELLO_TIMEOUT_MS);
  socket.on('close', () => clearTimeout(timer));
  socket.on('error', () => socket.destroy());
  linesOf(socket, LINE_BYTES_MAX, {
    tooLong: () => refuse(`a line is longer than ${LINE_BYTES_MAX} bytes`),
    line: (text) => {
      const message = parseJson(text);
      if (isKnown) return takeTick(message, parts, reply);
      clearTimeout(timer);
      if (!isToken(message, token)) return refuse(`the first line must be {"token":"…"} as in ${TOKEN_FILE}`);
      isKnown = true;
      reply({ ok: true });
    },
  });
}

/** Digests are compared, so that neither length nor content shows in the time it takes. */
function isToken(message: unknown, token: string): boolean {
  const hello = controlHelloSchema.safeParse(message);
  return hello.success && timingSafeEqual(sha256(hello.data.token), sha256(token));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function takeTick(
  message: unknown,
  { clock, append }: ControlParts,
  reply: (answer: ControlReply) => void,
): void {
  const tick = controlTickSchema.safeParse(message);
  if (!tick.success) return reply({ ok: false, problem: 'expected {"tick":<epoch milliseconds>}' });
  const moved = clock.moveTo(tick.data.tick);
  if (!moved.ok) {
    const [asked, now] = [tick.data.tick, moved.error.nowMs].map((ms) => new Date(ms).toISOString());
    return reply({
      ok: false,
      problem: `the clock stands at ${now} and never goes back; ${asked} is before that`,
    });
  }
  append({ kind: 'tick' }, (failure: JournalFailure | null, position: number) => {
    reply(
      failure === null
        ? { ok: true, position }
        : { ok: false, problem: `the journal failed: ${failure.message}` },
    );
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
