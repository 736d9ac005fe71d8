import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import {
  controlAskSchema,
  controlHelloSchema,
  type ControlReply,
  controlTickSchema,
} from '../../protocol/control-channel.ts';
import type { DrivenClock } from '../clock/core-clock.ts';
import type { Journal, JournalFailure } from '../journal/journal.ts';
import { linesOf } from './json-lines.ts';

/** The name of the file that holds the token, in the data folder; readable by the user who started the process only. */
export const TOKEN_FILE = 'control-token';
/** Beside it, the port, so that a command finds the core that runs on a folder. */
export const PORT_FILE = 'control-port';
/** A hello is some eighty bytes; whoever sends more has no token. */
export const LINE_BYTES_MAX = 1_024;
/** With the token: a CSV of a hundred thousand credentials fits. */
const ASK_BYTES_MAX = 16 * 1_048_576;
/** A connection says who it is at once, or it is dropped. */
const HELLO_TIMEOUT_MS = 5_000;

export interface ControlChannel {
  readonly port: number;
  close(): Promise<void>;
}

export type AskByName = (name: string, input: unknown) => Promise<ControlReply>;

export interface ControlParts {
  /** The data folder: the token is written into it. */
  readonly folder: string;
  /** Null under the machine's own clock, which nobody moves. */
  readonly clock: DrivenClock | null;
  /** Called for each connection, which has a session of its own; gives what answers its questions, by name. Rejects never. */
  readonly openAsk: () => AskByName;
  readonly append: Journal['append'];
  /** 0 takes any free port. */
  readonly port?: number;
}

/**
 * Opens the channel of core/protocol/control-channel.ts. Ticks are taken one after another and answered once they are
 * on disk and folded, so that the simulator never runs ahead of an acknowledged tick. Rejects when the port asked for is taken; without one any free port serves.
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
  const portPath = join(parts.folder, PORT_FILE);
  writeFileSync(portPath, String(port), { mode: 0o600 });
  return {
    port,
    close: () => {
      rmSync(tokenPath, { force: true });
      rmSync(portPath, { force: true });
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
  const ask = parts.openAsk();
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
  const lineBytesMax = (): number => (isKnown ? ASK_BYTES_MAX : LINE_BYTES_MAX);
  let answered: Promise<void> = Promise.resolve();
  linesOf(socket, lineBytesMax, {
    tooLong: () => refuse(`a line is longer than ${lineBytesMax()} bytes`),
    line: (text) => {
      const message = parseJson(text);
      if (isKnown) {
        // Asked for at once, answered in turn: ticks ahead of each other share a batch on disk.
        const answer = answerTo(message, ask, parts);
        answered = answered.then(async () => reply(await answer));
        return;
      }
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

function answerTo(message: unknown, askByName: AskByName, parts: ControlParts): Promise<ControlReply> {
  const ask = controlAskSchema.safeParse(message);
  if (ask.success) return askByName(ask.data.ask, ask.data.input);
  const tick = controlTickSchema.safeParse(message);
  if (tick.success) return takeTick(tick.data.tick, parts);
  const problem = 'expected {"tick":<epoch milliseconds>} or {"ask":"…","input":{…}}';
  return Promise.resolve({ ok: false, problem });
}

function takeTick(tickMs: number, { clock, append }: ControlParts): Promise<ControlReply> {
  if (clock === null) {
    const problem = "this core goes by the machine's clock; only one started with --clock driven takes ticks";
    return Promise.resolve({ ok: false, problem });
  }
  const moved = clock.moveTo(tickMs);
  if (!moved.ok) {
    const [asked, now] = [tickMs, moved.error.nowMs].map((ms) => new Date(ms).toISOString());
    const problem = `the clock stands at ${now} and never goes back; ${asked} is before that`;
    return Promise.resolve({ ok: false, problem });
  }
  return new Promise((resolve) =>
    append({ kind: 'tick' }, (failure: JournalFailure | null, position: number) =>
      resolve(
        failure === null
          ? { ok: true, position }
          : { ok: false, problem: `the journal failed: ${failure.message}` },
      ),
    ),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
