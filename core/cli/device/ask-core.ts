import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import { linesOf } from '../../process/control/json-lines.ts';
import { PORT_FILE, TOKEN_FILE } from '../../process/control/control-channel.ts';
import { type Core, startCore } from '../../process/core-process.ts';
import { readDataFolder } from '../../process/data-folder.ts';
import { logLine } from '../../process/log-line.ts';
import { type controlAsks, controlReplySchema } from '../../protocol/control-channel.ts';
import type { z } from 'zod';

export type DoorAsk = keyof typeof controlAsks;
export type DoorAnswer<N extends DoorAsk> = z.infer<(typeof controlAsks)[N]['answer']>;

/** Asks one question after another; the error is what a person is told. */
export type AskDoor = <N extends DoorAsk>(
  ask: N,
  input: z.infer<(typeof controlAsks)[N]['input']>,
) => Promise<Result<DoorAnswer<N>, string>>;

/**
 * Puts questions to the core of a data folder: the one that runs on it, or, when none does, one that runs for as long
 * as the questions take.
 */
export async function withDoor<T>(
  dataFolder: string,
  work: (ask: AskDoor) => Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  const folder = readDataFolder(dataFolder);
  if (!folder.ok) return folder;
  const running = await connectTo(dataFolder);
  if (running !== null) return finishing(running, null, work);
  const started = await startCore(
    {
      data: dataFolder,
      clock: folder.value.isSimulated ? 'driven' : 'system',
      host: '127.0.0.1',
      mqttPort: 0,
    },
    { log: logLine },
  );
  if (!started.ok) return fail(started.error.problem);
  const connected = await connectTo(dataFolder);
  if (connected !== null) return finishing(connected, started.value, work);
  await started.value.stop();
  return fail(`the core on ${dataFolder} does not answer`);
}

async function finishing<T>(
  socket: Socket,
  core: Core | null,
  work: (ask: AskDoor) => Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  try {
    return await work(askOver(socket));
  } finally {
    socket.destroy();
    await core?.stop();
  }
}

/** A connection to the core that runs on the folder; null when none does. */
function connectTo(dataFolder: string): Promise<Socket | null> {
  const port = readText(join(dataFolder, PORT_FILE));
  const token = readText(join(dataFolder, TOKEN_FILE));
  if (port === null || token === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    // A core that was killed leaves its files behind.
    socket.once('error', () => resolve(null));
    socket.once('connect', () => {
      socket.write(`${JSON.stringify({ token })}\n`);
      resolve(socket);
    });
  });
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** An answer may list every credential of a large fleet. */
const ANSWER_BYTES_MAX = 256 * 1_048_576;

function askOver(socket: Socket): AskDoor {
  const waiting: ((line: string | null) => void)[] = [];
  const lines: (string | null)[] = [];
  const deliver = (line: string | null): void => {
    const next = waiting.shift();
    if (next === undefined) lines.push(line);
    else next(line);
  };
  linesOf(socket, () => ANSWER_BYTES_MAX, { line: deliver, tooLong: () => deliver(null) });
  socket.on('close', () => deliver(null));
  const nextLine = (): Promise<string | null> =>
    new Promise((resolve) => {
      const line = lines.shift();
      if (line === undefined) waiting.push(resolve);
      else resolve(line);
    });
  const greeted = nextLine();
  return async (ask, input) => {
    await greeted;
    socket.write(`${JSON.stringify({ ask, input })}\n`);
    const line = await nextLine();
    if (line === null) return fail('the core closed the connection');
    const reply = controlReplySchema.parse(JSON.parse(line));
    return reply.ok ? ok(reply.value as DoorAnswer<typeof ask>) : fail(reply.problem);
  };
}
