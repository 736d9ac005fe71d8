import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type JournalledListeners,
  journalledListeners,
} from '../../../tests/support/journalled-listeners.ts';
import { readAll } from '../../../tests/support/journal-folder.ts';
import { type RawTracker, rawTracker } from '../../../tests/support/raw-tracker.ts';
import { toyFrame } from '../../../tests/support/toy-dialects.ts';

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

/** A tracker past its login. */
async function loggedIn(door: JournalledListeners, device = '1234', from?: string): Promise<RawTracker> {
  const tracker = await rawTracker(door.port('tcp', 'teltonika'), from);
  tracker.send(`L${device}`);
  await tracker.until(() => tracker.received().length > 0 || tracker.isClosed());
  return tracker;
}

async function turns(count = 50): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('a login is answered, a frame is journalled whole and then answered', async () => {
  const door = await journalledListeners();
  const tracker = await loggedIn(door);
  tracker.send(toyFrame('one'), Buffer.from([0xff]), toyFrame('?quiet'), toyFrame('two'));
  await tracker.until(() => tracker.received().endsWith(hex('=two')));
  expect(tracker.received()).toBe(`01${hex('=one')}${hex('=two')}`);
  const { remotePort, localPort } = tracker.socket;
  expect(remotePort).toBe(door.port('tcp', 'teltonika'));
  expect(readAll(door.folder)).toMatchObject(
    ['one', '?quiet', 'two'].map((text) => ({
      kind: 'packet',
      topic: '$tcp/teltonika/1234',
      clientId: `tcp 127.0.0.1:${localPort}`,
      payload: Uint8Array.from(toyFrame(text)),
      omittedBytes: 0,
    })),
  );
  expect(readAll(door.folder)[0]).not.toHaveProperty('isAuthenticated');
  expect(door.listeners.counters).toEqual({ packetsTaken: 3, acknowledged: 2, refused: {} });
});

test('a stream split and joined at any byte gives the same packets and the same replies', async () => {
  const door = await journalledListeners();
  let device = 1_000;
  const texts = fc.array(fc.stringMatching(/^[a-z]{1,40}$/u), { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.nat(400), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(texts, cuts, fc.boolean(), async (sent, cutAt, isKeptAlive) => {
      device += 1;
      const between = isKeptAlive ? Buffer.from([0xff]) : Buffer.alloc(0);
      const stream = Buffer.concat([
        Buffer.from(`L${device}`),
        ...sent.flatMap((text) => [between, toyFrame(text)]),
      ]);
      const tracker = await rawTracker(door.port('tcp', 'teltonika'));
      const replies = `01${sent.map((text) => hex(`=${text}`)).join('')}`;
      let from = 0;
      for (const cut of [...new Set(cutAt)].toSorted((a, b) => a - b)) {
        tracker.send(stream.subarray(from, cut));
        from = Math.min(Math.max(from, cut), stream.length);
        await new Promise((resolve) => setImmediate(resolve));
      }
      tracker.send(stream.subarray(from));
      await tracker.until(() => tracker.received().length >= replies.length || tracker.isClosed());
      expect(tracker.received()).toBe(replies);
      tracker.socket.destroy();
      const topic = `$tcp/teltonika/${device}`;
      expect(door.packets().filter(([each]) => each === topic)).toEqual(
        sent.map((text) => [topic, toyFrame(text).toString('latin1')]),
      );
    }),
    { numRuns: 60 },
  );
});

test('no reply leaves while the sync is held; all of them, in order, after it', async () => {
  const door = await journalledListeners();
  const tracker = await loggedIn(door);
  const release = door.disk.holdSyncs();
  const { syncs } = door.disk;
  for (const text of ['a', 'b', 'c']) tracker.send(toyFrame(text));
  while (door.disk.syncs === syncs) await turns(1);
  await turns();
  expect(tracker.received()).toBe('01');
  release();
  await tracker.until(() => tracker.received().endsWith(hex('=c')));
  expect(tracker.received()).toBe(`01${hex('=a=b=c')}`);
});

test.each(['sync', 'write'] as const)(
  'a failed %s answers nothing, cuts everybody and closes the door',
  async (what) => {
    const door = await journalledListeners();
    const [tracker, bystander] = [await loggedIn(door), await loggedIn(door, '2222')];
    if (what === 'sync') door.disk.failSyncs = 'EIO';
    else door.disk.failWrites = 'ENOSPC';
    tracker.send(toyFrame('lost'), toyFrame('lost too'));
    await tracker.until(tracker.isClosed);
    await bystander.until(bystander.isClosed);
    expect([tracker.received(), door.listeners.counters.acknowledged]).toEqual(['01', 0]);
    await expect(connected(door.port('tcp', 'teltonika'))).rejects.toThrow('ECONNREFUSED');
  },
);

async function connected(port: number): Promise<void> {
  await once(connect({ port, host: '127.0.0.1' }), 'connect');
}

test('a frame its decoder refuses is kept as evidence and not answered, and the next one is', async () => {
  const door = await journalledListeners();
  const tracker = await loggedIn(door);
  tracker.send(toyFrame('!bad'), toyFrame('good'));
  await tracker.until(() => tracker.received().endsWith(hex('=good')));
  expect(tracker.received()).toBe(`01${hex('=good')}`);
  expect(door.packets().map(([, text]) => text.slice(2))).toEqual(['!bad', 'good']);
});

test('bytes that are no frame close the connection; what stood before them is kept', async () => {
  const door = await journalledListeners();
  const tracker = await loggedIn(door);
  tracker.send(toyFrame('good'), Buffer.from([0, 0, 1, 2, 3]));
  await tracker.until(tracker.isClosed);
  await door.journal.close();
  expect(door.packets()).toHaveLength(1);
  expect(door.listeners.counters.refused).toEqual({ 'broken-frame': 1 });
  expect(door.notes()).toMatchObject([
    { note: 'client-refused', reason: 'broken-frame', remote: expect.stringContaining('teltonika 1234') },
  ]);
});

test.each(['unclaimed-device', 'network-not-allowed'] as const)(
  '%s: the tracker is told no and closed, counted each time, noted once a minute, and nothing else',
  async (reason) => {
    const door = await journalledListeners();
    door.gate.answers.set('6666', reason);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const tracker = await rawTracker(door.port('tcp', 'teltonika'));
      tracker.send('L6666', toyFrame('pushed in'));
      await tracker.until(() => tracker.isClosed() || tracker.received().length > 0);
      expect(tracker.received()).toBe('00');
      tracker.socket.end();
      await tracker.until(tracker.isClosed);
    }
    door.pass(60_000);
    await loggedIn(door, '6666');
    await door.journal.close();
    expect(door.listeners.counters).toEqual({
      packetsTaken: 0,
      acknowledged: 0,
      refused: { [reason]: 4 },
    });
    expect(door.notes()).toMatchObject([
      { note: 'client-refused', reason },
      { note: 'client-refused', reason },
    ]);
    expect(door.packets()).toEqual([]);
  },
);

test('a refused tracker that does not hang up is cut, and names made up by the thousand are noted a few times', async () => {
  const door = await journalledListeners({ notesPerMinuteMax: 3 });
  for (let device = 7_000; device < 7_020; device += 1) {
    door.gate.answers.set(String(device), 'unclaimed-device');
    const tracker = await rawTracker(door.port('tcp', 'teltonika'), '127.0.0.1', true);
    tracker.send(`L${device}`);
    await tracker.until(() => tracker.received() === '00');
  }
  await turns();
  expect(door.listeners.connections()).toBe(20);
  door.pass(1_000);
  while (door.listeners.connections() > 0) await turns(1);
  await door.journal.close();
  expect(door.listeners.counters.refused).toEqual({ 'unclaimed-device': 20 });
  expect(door.notes()).toHaveLength(3);
});

test('when the gate changes, connections no longer admitted are cut, and others stay', async () => {
  const door = await journalledListeners();
  const [revoked, other] = [await loggedIn(door), await loggedIn(door, '2222')];
  door.gate.answers.set('1234', 'network-not-allowed');
  door.pass(10);
  expect(door.listeners.connections()).toBe(2);
  door.gate.hasChanged();
  door.pass(10);
  await revoked.until(revoked.isClosed);
  other.send(toyFrame('still here'));
  await other.until(() => other.received().endsWith(hex('=still here')));
  expect(door.listeners.counters.refused).toEqual({ 'network-not-allowed': 1 });
});

test('a binding that ends by time is noticed without a decision', async () => {
  const door = await journalledListeners();
  const tracker = await loggedIn(door);
  door.gate.answers.set('1234', 'unclaimed-device');
  door.pass(60_000);
  await tracker.until(tracker.isClosed);
  expect(door.listeners.counters.refused).toEqual({ 'unclaimed-device': 1 });
});

test('a second address is turned away while the first one speaks, takes its place later, and is noted', async () => {
  const door = await journalledListeners();
  const first = await loggedIn(door);
  const early = await loggedIn(door, '1234', '127.0.0.2');
  expect(early.received()).toBe('00');
  door.pass(120_000);
  const late = await loggedIn(door, '1234', '127.0.0.3');
  expect(late.received()).toBe('01');
  await first.until(first.isClosed);
  late.send(toyFrame('moved'));
  await late.until(() => late.received().endsWith(hex('=moved')));
  const note = { note: 'situation', situation: 'second-address', subject: 'teltonika 1234' };
  expect(door.notes()).toEqual([
    { ...note, detail: '127.0.0.1, then 127.0.0.2; the first is kept' },
    { ...note, detail: '127.0.0.1, then 127.0.0.3; the second takes its place' },
  ]);
  expect(door.listeners.counters.refused).toEqual({ 'second-address': 1 });
});

test('a tracker that connects again from its own address takes its own place without a word', async () => {
  const door = await journalledListeners();
  const first = await loggedIn(door);
  const again = await loggedIn(door);
  await first.until(first.isClosed);
  expect([again.received(), door.notes(), door.listeners.counters.refused]).toEqual(['01', [], {}]);
});

test('a tracker that hung up may come back from anywhere at once', async () => {
  const door = await journalledListeners();
  const first = await loggedIn(door);
  first.socket.end();
  await first.until(first.isClosed);
  while (door.listeners.connections() > 0) await turns(1);
  const again = await loggedIn(door, '1234', '127.0.0.2');
  expect([again.received(), door.notes()]).toEqual(['01', []]);
});

test('a connection that says nothing, or half a login, is dropped', async () => {
  const door = await journalledListeners({ loginTimeoutMs: 30_000 });
  const [mute, slow] = [
    await rawTracker(door.port('tcp', 'teltonika')),
    await rawTracker(door.port('tcp', 'teltonika')),
  ];
  const bystander = await loggedIn(door);
  slow.send('L12');
  await turns();
  door.pass(29_999);
  expect(door.listeners.connections()).toBe(3);
  door.pass(1);
  await Promise.all([mute.until(mute.isClosed), slow.until(slow.isClosed)]);
  expect(door.listeners.counters.refused).toEqual({ silent: 1, 'too-slow': 1 });
  expect(bystander.isClosed()).toBe(false);
});

test('a frame that is not whole in time cuts its connection, however steadily it drips', async () => {
  const door = await journalledListeners({ frameTimeoutMs: 60_000 });
  const tracker = await loggedIn(door);
  tracker.send(Buffer.from([0, 100]), 'a');
  await turns();
  door.pass(30_000);
  tracker.send('b');
  await turns();
  door.pass(30_000);
  await tracker.until(tracker.isClosed);
  expect(door.listeners.counters.refused).toEqual({ 'too-slow': 1 });
});

test('a tracker that says nothing for long is closed; a keep-alive is something', async () => {
  const door = await journalledListeners({ idleTimeoutMs: 1_000 });
  const [idle, alive] = [await loggedIn(door), await loggedIn(door, '2222')];
  door.pass(500);
  alive.send(Buffer.from([0xff]));
  await turns();
  door.pass(500);
  await idle.until(idle.isClosed);
  expect(alive.isClosed()).toBe(false);
  expect(door.listeners.counters.refused).toEqual({ idle: 1 });
});

test.each([
  ['a frame over the limit', Buffer.from([0xf0, 0, 1])],
  ['keep-alives for ever', Buffer.alloc(2_001, 0xff)],
])('%s cuts its connection', async (_, bytes) => {
  const door = await journalledListeners({ frameBytesMax: 2_000 });
  const tracker = await loggedIn(door);
  tracker.send(bytes);
  await tracker.until(tracker.isClosed);
  expect(door.listeners.counters.refused).toEqual({ 'packet-over-hard-limit': 1 });
});

test('a message that never ends is not gathered before it is known who speaks', async () => {
  const door = await journalledListeners({ unknownBytesMax: 100 });
  const tracker = await rawTracker(door.port('tcp', 'queclink'));
  tracker.send(`1234:${'x'.repeat(200)}`);
  await tracker.until(tracker.isClosed);
  expect(door.listeners.counters.refused).toEqual({ 'packet-over-hard-limit': 1 });
});

test('a pipelining tracker has a bounded number of frames on their way; others are not held up, nothing is reordered', async () => {
  const door = await journalledListeners({ inFlightFramesMax: 8 });
  const [flood, other] = [await loggedIn(door), await loggedIn(door, '2222')];
  const release = door.disk.holdSyncs();
  const texts = Array.from({ length: 300 }, (_, i) => `packet ${i}`.padEnd(3_000));
  flood.send(...texts.map(toyFrame));
  await turns(300);
  expect(door.listeners.counters.packetsTaken).toBe(8);
  other.send(toyFrame('other'));
  await turns();
  release();
  await other.until(() => other.received().endsWith(hex('=other')));
  const replies = `01${hex(texts.map((text) => `=${text}`).join(''))}`;
  await flood.until(() => flood.received().length === replies.length);
  expect(flood.received()).toBe(replies);
});

test('a tracker that sends its last frames and hangs up half still gets its replies', async () => {
  const door = await journalledListeners();
  const tracker = await loggedIn(door);
  const release = door.disk.holdSyncs();
  tracker.socket.end(Buffer.concat([toyFrame('last'), toyFrame('words')]));
  await turns();
  release();
  await tracker.until(tracker.isClosed);
  expect(tracker.received()).toBe(`01${hex('=last=words')}`);
});

test('a tracker that does not take its replies is cut', async () => {
  const door = await journalledListeners({ replyBytesMax: 10_000 });
  const tracker = await loggedIn(door);
  tracker.socket.pause();
  const frame = toyFrame('x'.repeat(50_000));
  for (let sent = 0; sent < 2_000 && door.listeners.connections() > 0; sent += 1) {
    tracker.send(frame);
    await turns(1);
  }
  while (door.listeners.connections() > 0) await turns(1);
  expect(door.listeners.counters.refused).toEqual({ 'replies-unread': 1 });
});

test('connections beyond the limit are turned away and counted; of unknown ones the oldest goes', async () => {
  const door = await journalledListeners({ connectionsMax: 3, unknownConnectionsMax: 2 });
  const port = door.port('tcp', 'teltonika');
  const [a, b] = [await rawTracker(port), await rawTracker(port)];
  const honest = await loggedIn(door);
  await a.until(a.isClosed);
  expect([b.isClosed(), honest.received()]).toEqual([false, '01']);
  await rawTracker(port);
  const beyond = await rawTracker(port);
  await beyond.until(beyond.isClosed);
  expect(door.listeners.counters.refused).toEqual({ 'too-many-connections': 2 });
});

test('where every message names its device, the first one is admitted, and a change of device is refused', async () => {
  const door = await journalledListeners();
  const tracker = await rawTracker(door.port('tcp', 'queclink'));
  tracker.send('1234:a$12', '34:b$nameless$');
  await tracker.until(() => tracker.received().endsWith(hex('=nameless$')));
  tracker.send('2222:c$');
  await tracker.until(tracker.isClosed);
  expect(tracker.received()).toBe(hex('=1234:a$=1234:b$=nameless$'));
  const topic = '$tcp/queclink/1234';
  expect(door.packets()).toEqual([
    [topic, '1234:a$'],
    [topic, '1234:b$'],
    [topic, 'nameless$'],
  ]);
  expect(door.listeners.counters.refused).toEqual({ 'device-changed': 1 });
});

test('closing answers what was on its way to disk', async () => {
  const door = await journalledListeners();
  const tracker = await loggedIn(door);
  const release = door.disk.holdSyncs();
  const { syncs } = door.disk;
  tracker.send(toyFrame('last'));
  while (door.disk.syncs === syncs) await turns(1);
  const closed = door.listeners.close();
  tracker.send(toyFrame('too late'));
  await turns();
  release();
  await closed;
  await tracker.until(tracker.isClosed);
  expect(tracker.received()).toBe(`01${hex('=last')}`);
  expect(door.packets()).toHaveLength(1);
});
