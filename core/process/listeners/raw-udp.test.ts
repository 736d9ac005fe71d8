import { expect, test } from 'vitest';
import { journalledListeners } from '../../../tests/support/journalled-listeners.ts';
import { readAll } from '../../../tests/support/journal-folder.ts';
import { rawDatagrams } from '../../../tests/support/raw-tracker.ts';
import { toyFrame } from '../../../tests/support/toy-dialects.ts';

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

async function turns(count = 50): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('a datagram is a packet, answered after it is on disk and not before', async () => {
  const door = await journalledListeners();
  const tracker = await rawDatagrams(door.port('udp', 'teltonika'));
  const release = door.disk.holdSyncs();
  await tracker.send(toyFrame('1234 hello'));
  while (door.disk.syncs === 0) await turns(1);
  await turns();
  expect(tracker.received).toEqual([]);
  release();
  await tracker.until(() => tracker.received.length > 0);
  expect(tracker.received).toEqual([hex('=1234 hello')]);
  expect(readAll(door.folder)).toMatchObject([
    {
      kind: 'packet',
      topic: '$udp/teltonika/1234',
      clientId: expect.stringMatching(/^udp 127\.0\.0\.1:\d+$/u),
      payload: Uint8Array.from(toyFrame('1234 hello')),
      omittedBytes: 0,
    },
  ]);
});

test('a datagram of several messages gives as many packets; one without its end is kept and not answered', async () => {
  const door = await journalledListeners();
  const tracker = await rawDatagrams(door.port('udp', 'queclink'));
  await tracker.send('1234:a$2222:b$1234:cut');
  await tracker.send('1234:end$');
  await tracker.until(() => tracker.received.length === 3);
  expect(tracker.received).toEqual([hex('=1234:a$'), hex('=2222:b$'), hex('=1234:end$')]);
  expect(door.packets()).toEqual([
    ['$udp/queclink/1234', '1234:a$'],
    ['$udp/queclink/2222', '2222:b$'],
    ['$udp/queclink/1234', '1234:cut'],
    ['$udp/queclink/1234', '1234:end$'],
  ]);
});

test('nothing refused is answered or kept; it is counted by reason', async () => {
  const door = await journalledListeners();
  door.gate.answers.set('6666', 'unclaimed-device').set('7777', 'network-not-allowed');
  const tracker = await rawDatagrams(door.port('udp', 'teltonika'));
  for (const bytes of [toyFrame('6666'), toyFrame('7777'), toyFrame('no name'), Buffer.alloc(0)])
    await tracker.send(bytes);
  await tracker.send(toyFrame('1234!'));
  await tracker.until(() => tracker.received.length === 1);
  expect(door.packets()).toHaveLength(1);
  expect(door.listeners.counters).toEqual({
    packetsTaken: 1,
    acknowledged: 1,
    refused: { 'unclaimed-device': 1, 'network-not-allowed': 1, 'broken-frame': 1 },
  });
});

test('while one address speaks as a device, datagrams from another one get no answer', async () => {
  const door = await journalledListeners();
  const port = door.port('udp', 'teltonika');
  const [first, second] = [await rawDatagrams(port), await rawDatagrams(port, '127.0.0.2')];
  await first.send(toyFrame('1234 a'));
  await first.until(() => first.received.length === 1);
  await second.send(toyFrame('1234 b'));
  await first.send(toyFrame('1234 c'));
  await first.until(() => first.received.length === 2);
  door.pass(120_000);
  await second.send(toyFrame('1234 d'));
  await second.until(() => second.received.length === 1);
  expect([first.received, second.received]).toEqual([[hex('=1234 a'), hex('=1234 c')], [hex('=1234 d')]]);
  expect(door.listeners.counters.refused).toEqual({ 'second-address': 1 });
  expect(door.notes()).toMatchObject([{ situation: 'second-address', subject: 'teltonika 1234' }]);
});

test('datagrams beyond what may be on its way to disk are dropped and counted, and come in again after it', async () => {
  const door = await journalledListeners({ datagramsInFlightMax: 2 });
  const tracker = await rawDatagrams(door.port('udp', 'teltonika'));
  const release = door.disk.holdSyncs();
  for (const text of ['1234 a', '1234 b', '1234 c']) await tracker.send(toyFrame(text));
  while (door.listeners.counters.refused['over-rate-limit'] === undefined) await turns(1);
  release();
  await tracker.until(() => tracker.received.length === 2);
  await tracker.send(toyFrame('1234 c'));
  await tracker.until(() => tracker.received.length === 3);
  expect(tracker.received).toEqual([hex('=1234 a'), hex('=1234 b'), hex('=1234 c')]);
  expect(door.listeners.counters.refused).toEqual({ 'over-rate-limit': 1 });
});

test('after a failed sync no datagram is answered any more', async () => {
  const door = await journalledListeners();
  const tracker = await rawDatagrams(door.port('udp', 'teltonika'));
  door.disk.failSyncs = 'EIO';
  await tracker.send(toyFrame('1234 a'));
  while (!door.logged.some((line) => line.startsWith('raw listeners are stopped'))) await turns(1);
  await tracker.send(toyFrame('1234 b'));
  await turns();
  expect([tracker.received, door.listeners.counters.acknowledged]).toEqual([[], 0]);
});
