import { readFileSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { switchedDisk } from '../../../tests/support/failing-disk.ts';
import {
  appendAndWait,
  emptyFolder,
  openForTest,
  packetEntry,
  readAll,
} from '../../../tests/support/journal-folder.ts';
import { drivenClock } from '../clock/core-clock.ts';
import type { JournalDisk } from '../journal/journal.ts';
import { LINE_BYTES_MAX, startControlChannel, TOKEN_FILE } from './control-channel.ts';

const START_MS = Date.UTC(2026, 2, 2, 9);

async function drivenJournal(disk?: JournalDisk) {
  const folder = emptyFolder();
  const clock = drivenClock(START_MS);
  const journal = await openForTest(folder, { clock: clock.nowMs, ...(disk === undefined ? {} : { disk }) });
  const server = await startControlChannel({
    folder,
    clock,
    openAsk: () => async (name, input) => ({ ok: true, value: { name, input } }),
    append: (entry, settled) => journal.append(entry, settled),
  });
  onTestFinished(async () => {
    await server.close();
    await journal.close();
  });
  const token = readFileSync(join(folder, TOKEN_FILE), 'latin1');
  return { folder, clock, journal, port: server.port, token };
}

/** A connection that sends text and reads answers one at a time. */
function channel(port: number): {
  send: (text: string) => void;
  answer: () => Promise<unknown>;
  socket: Socket;
} {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const answers: unknown[] = [];
  let waiting: (() => void) | null = null;
  let rest = '';
  const wake = (): void => waiting?.();
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    answers.push(...lines.map((line): unknown => JSON.parse(line)));
    wake();
  });
  socket.on('close', () => {
    answers.push('closed');
    wake();
  });
  socket.on('error', () => {});
  return {
    socket,
    send: (text) => void socket.write(text),
    answer: async () => {
      if (answers.length === 0) await new Promise<void>((resolve) => (waiting = resolve));
      return answers.shift();
    },
  };
}

test('a tick moves the clock and is answered when it is on disk and folded', async () => {
  const { folder, clock, journal, port, token } = await drivenJournal();
  const told: string[] = [];
  journal.onCommit((records) => told.push(...records.map((record) => `folded ${record.position}`)));
  const { send, answer } = channel(port);
  send(`{"token":"${token}"}\n{"tick":${START_MS + 1_000}}\n{"tick":${START_MS + 2_000}}\n`);
  expect(await answer()).toEqual({ ok: true });
  expect(await answer()).toEqual({ ok: true, position: 0 });
  told.push('answered 0');
  expect(told[0]).toBe('folded 0');
  expect(await answer()).toEqual({ ok: true, position: 1 });
  await appendAndWait(journal, packetEntry());
  expect(clock.nowMs()).toBe(START_MS + 2_000);
  expect(readAll(folder).map(({ kind, receivedAtMs }) => [kind, receivedAtMs - START_MS])).toEqual([
    ['tick', 1_000],
    ['tick', 2_000],
    ['packet', 2_000],
  ]);
});

test('no answer comes while the sync is held, and none that says ok when it fails', async () => {
  const disk = switchedDisk();
  const { port, token } = await drivenJournal(disk);
  const { send, answer } = channel(port);
  send(`{"token":"${token}"}\n`);
  expect(await answer()).toEqual({ ok: true });
  const release = disk.holdSyncs();
  send(`{"tick":${START_MS}}\n`);
  while (disk.syncs === 0) await new Promise((resolve) => setImmediate(resolve));
  disk.failSyncs = 'EIO';
  release();
  expect(await answer()).toEqual({ ok: false, problem: expect.stringContaining('EIO') });
});

test('the clock never goes back: refused in words, and the next tick is taken', async () => {
  const { clock, port, token } = await drivenJournal();
  const { send, answer } = channel(port);
  send(`{"token":"${token}"}\n{"tick":${START_MS - 1}}\n{"tick":${START_MS}}\n`);
  await answer();
  expect(await answer()).toEqual({
    ok: false,
    problem:
      'the clock stands at 2026-03-02T09:00:00.000Z and never goes back; 2026-03-02T08:59:59.999Z is before that',
  });
  expect(await answer()).toEqual({ ok: true, position: 0 });
  expect(clock.nowMs()).toBe(START_MS);
});

test.each([
  ['a wrong token', '{"token":"guess"}\n', 'the first line must be {"token":"…"} as in control-token'],
  ['a tick first', `{"tick":${START_MS + 5}}\n`, 'the first line must be {"token":"…"} as in control-token'],
  ['no JSON', 'hello\n', 'the first line must be {"token":"…"} as in control-token'],
  ['a line without end', 'x'.repeat(LINE_BYTES_MAX + 1), `a line is longer than ${LINE_BYTES_MAX} bytes`],
])('%s gets an answer, and the connection ends', async (_, text, problem) => {
  const { clock, port } = await drivenJournal();
  const { send, answer } = channel(port);
  send(text);
  expect(await answer()).toEqual({ ok: false, problem });
  expect(await answer()).toBe('closed');
  expect(clock.nowMs()).toBe(START_MS);
});

test('something else than a tick is answered and harms nothing', async () => {
  const { port, token } = await drivenJournal();
  const { send, answer } = channel(port);
  send(`{"token":"${token}"}\n{"tick":"soon"}\n{"tick":${START_MS}}\n`);
  await answer();
  expect(await answer()).toEqual({
    ok: false,
    problem: 'expected {"tick":<epoch milliseconds>} or {"ask":"…","input":{…}}',
  });
  expect(await answer()).toEqual({ ok: true, position: 0 });
});

test.skipIf(process.platform === 'win32')('only its owner can read the token', async () => {
  const { folder, token } = await drivenJournal();
  expect(token).toMatch(/^[0-9a-f]{64}$/u);
  expect(statSync(join(folder, TOKEN_FILE)).mode & 0o777).toBe(0o600);
});

test('a question is answered in its turn, also one longer than any tick', async () => {
  const { port, token } = await drivenJournal();
  const { send, answer } = channel(port);
  const csv = 'x'.repeat(LINE_BYTES_MAX * 3);
  send(`{"token":"${token}"}\n{"tick":${START_MS}}\n{"ask":"credential.import","input":{"csv":"${csv}"}}\n`);
  expect(await answer()).toEqual({ ok: true });
  expect(await answer()).toEqual({ ok: true, position: 0 });
  expect(await answer()).toEqual({ ok: true, value: { name: 'credential.import', input: { csv } } });
});
