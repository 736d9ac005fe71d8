import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../tests/support/free-port.ts';
import { emptyFolder } from '../../tests/support/journal-folder.ts';
import { TestWindow } from '../../tests/support/test-window.ts';
import { todaysBook } from '../../tests/support/today-book.ts';
import type { CoreStart } from '../protocol/process-messages.ts';
import { type Core, startCore } from './core-process.ts';
import { openDataFolder } from './data-folder.ts';
import { restoreWorld, snapshotWorld } from './live-world.ts';

async function started(start: CoreStart): Promise<Core> {
  const core = await startCore(start, { log: () => undefined });
  if (!core.ok) throw new Error(core.error.problem);
  onTestFinished(() => core.value.stop().then(() => undefined));
  return core.value;
}

test('a book that does not balance is an alarm, once, and packets are still taken', async () => {
  const data = path.join(emptyFolder(), 'data');
  const start: CoreStart = {
    data,
    book: todaysBook(),
    clock: 'system',
    mqttPort: await freePort(),
    host: '127.0.0.1',
  };
  await (await started(start)).stop();
  const folder = openDataFolder(data, 'system', false);
  if (!folder.ok) throw new Error('the folder was just made');
  const live = await restoreWorld(folder.value, () => undefined);
  live.world.ledger.fault = 'the balances sum to 7 pence, not to 0';
  fs.rmSync(folder.value.snapshots, { recursive: true, force: true });
  fs.mkdirSync(folder.value.snapshots);
  await snapshotWorld(folder.value, live);
  live.store.close();

  const window = new TestWindow();
  const core = await started(start);
  core.attachWindow(window.port);
  const { alarms, intake } = await window.status(({ alarms: standing }) => standing.length > 0);
  expect(intake).toBe('running');
  expect(alarms).toMatchObject([
    {
      id: 'book-fault',
      priority: 'P1',
      words: 'The book does not balance: the balances sum to 7 pence, not to 0',
      count: 1,
    },
  ]);
});
