import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { randomStream } from '../../core/base/random.ts';
import { verifyJournal } from '../../core/process/journal/verify-journal.ts';
import { startAckedPublisher } from '../support/acked-publisher.ts';
import { emptyFolder, readAll } from '../support/journal-folder.ts';

/**
 * Broker and journal under a load as dense as it gets, killed again and again: 20 clients with 50 packets each on their
 * way, segments small enough that some kills fall into the making and sealing of one.
 */
const ENTRY = path.resolve('tests/support/serve-broker.ts');
const KILLS = 3;

test('killed in mid load again and again, every acknowledged packet is in the journal, in order', async () => {
  const { folder, acknowledged } = await killRepeatedly(7);
  const journalled = payloadsIn(folder);
  const kept = new Set(journalled);
  expect(acknowledged.filter((payload) => !kept.has(payload))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(KILLS * 1_000);
  expect(verifyJournal(folder).problems).toEqual([]);
  // What was sent again is there twice; what each client sent first stands in the order it was sent.
  expect(outOfOrder([...kept])).toEqual([]);
}, 120_000);

test('control: a broker that acknowledges before the sync loses what it acknowledged', async () => {
  const { folder, acknowledged } = await killRepeatedly(8, 'early');
  const kept = new Set(payloadsIn(folder));
  expect(acknowledged.filter((payload) => !kept.has(payload)).length).toBeGreaterThan(0);
}, 120_000);

async function killRepeatedly(
  seed: number,
  ...mode: string[]
): Promise<{ folder: string; acknowledged: readonly string[] }> {
  const folder = emptyFolder();
  const random = randomStream('broker-kill', seed);
  let { child, port } = await serve(folder, 0, mode);
  const publisher = startAckedPublisher({ port: () => port, clients: 20, window: 50 });
  for (let kill = 0; kill < KILLS; kill += 1) {
    await publisher.untilAcknowledged(publisher.acknowledged.length + 1_000 + random.below(2_000));
    child.kill('SIGKILL');
    await once(child, 'exit');
    ({ child, port } = await serve(folder, port, mode));
  }
  await publisher.finish();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { folder, acknowledged: publisher.acknowledged };
}

async function serve(
  folder: string,
  port: number,
  mode: string[],
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', ENTRY, folder, String(port), ...mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, port: Number(line) };
}

function payloadsIn(folder: string): string[] {
  return readAll(folder).flatMap((record) =>
    record.kind === 'packet' ? [Buffer.from(record.payload).toString()] : [],
  );
}

function outOfOrder(payloads: readonly string[]): string[] {
  const nextByClient = new Map<string, number>();
  return payloads.filter((payload) => {
    const [client = '', packet = ''] = payload.split(' packet ');
    const expected = nextByClient.get(client) ?? 0;
    nextByClient.set(client, Number(packet) + 1);
    return Number(packet) !== expected;
  });
}
