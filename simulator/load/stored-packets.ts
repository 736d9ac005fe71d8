import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { controlAsks, controlReplySchema } from '../../core/protocol/control-channel.ts';
import type { FeedRow } from '../../core/protocol/ingest-asks.ts';

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 200;
const STEADY_LOOKS = 5;

/** How many packets our product has kept since its data folder was made, and how many of them it had before. */
export interface StoredPackets {
  readonly unique: number;
  readonly duplicate: number;
}

/** Asks the core that runs on a data folder what its own Ingest screen asks. */
export async function askStored(dataFolder: string): Promise<Result<StoredPackets, string>> {
  const reply = await askOnce(dataFolder, 'ingest.feeds');
  if (!reply.ok) return reply;
  const feeds = controlAsks['ingest.feeds'].answer.safeParse(reply.value);
  if (!feeds.success) return fail('the product answers in a shape this generator does not know');
  const sum = (pick: (row: FeedRow) => number): number =>
    feeds.data.reduce((total, row) => total + pick(row), 0);
  const duplicate = sum((row) => row.duplicate);
  return ok({ unique: sum((row) => row.received) - duplicate, duplicate });
}

/** The same once it has stopped growing: what is on its way when the last tracker falls silent is still taken in. */
export async function askStoredAtRest(dataFolder: string): Promise<Result<StoredPackets, string>> {
  let last = await askStored(dataFolder);
  for (let looks = 0; looks < STEADY_LOOKS; looks += 1) {
    await wait(LOOK_EVERY_MS);
    const now = await askStored(dataFolder);
    if (!now.ok) return now;
    if (!last.ok || now.value.unique !== last.value.unique) looks = 0;
    last = now;
  }
  return last;
}

function askOnce(dataFolder: string, ask: 'ingest.feeds'): Promise<Result<unknown, string>> {
  const place = readPlace(dataFolder);
  if (!place.ok) return Promise.resolve(place);
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: place.value.port });
    const settle = (result: Result<unknown, string>): void => {
      resolve(result);
      socket.destroy();
    };
    socket.setTimeout(PATIENCE_MS, () => settle(fail('the product does not answer on its control channel')));
    socket.once('error', (error) => settle(fail(`no product runs on ${dataFolder}: ${error.message}`)));
    socket.once('close', () => settle(fail('the product closed its control channel')));
    socket.write(`${JSON.stringify({ token: place.value.token })}\n${JSON.stringify({ ask, input: {} })}\n`);
    let isGreeted = false;
    createInterface({ input: socket })
      .on('error', () => undefined)
      .on('line', (line) => {
        const reply = controlReplySchema.safeParse(JSON.parse(line));
        if (!reply.success) settle(fail('the product answers in a shape this generator does not know'));
        else if (!reply.data.ok) settle(fail(`the product refused: ${reply.data.problem}`));
        else if (isGreeted) settle(ok(reply.data.value));
        isGreeted = true;
      });
  });
}

function readPlace(dataFolder: string): Result<{ readonly port: number; readonly token: string }, string> {
  try {
    const text = (name: string): string => readFileSync(join(dataFolder, name), 'utf8').trim();
    return ok({ port: Number(text('control-port')), token: text('control-token') });
  } catch (error) {
    return fail(
      `no product runs on ${dataFolder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
