import { expect, test } from 'vitest';
import { openGate } from '../../../tests/support/a-door.ts';
import { DEFAULT_LIMITS } from './broker-limits.ts';
import { PublishRights } from './publish-rights.ts';
import { Takeovers } from './takeovers.ts';
import { TokenBucket } from './token-bucket.ts';
import { TurnsByAddress } from './turns-by-address.ts';
import { UnacknowledgedBytes } from './unacknowledged-bytes.ts';

test('a bucket holds a burst, fills at its rate and no further, and pays off a debt first', () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
  expect(bucket.tokens(10_000)).toBe(5);
  bucket.take(25);
  expect([bucket.tokens(10_000), bucket.tokens(11_000)]).toEqual([-20, -10]);
  expect([bucket.waitMs(1, 11_000), bucket.waitMs(100, 11_000), bucket.waitMs(1, 20_000)]).toEqual([
    1_100, 1_500, 0,
  ]);
});

test('who waits has its turn address by address; one that waits no more is passed over', () => {
  const turns = new TurnsByAddress<string>();
  for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) turns.add(name.slice(0, 1), name);
  expect([turns.size, turns.sizeOf('a'), turns.sizeOf('d')]).toEqual([6, 3, 0]);
  turns.remove('c', 'c1');
  turns.remove('c', 'c1');
  expect(turns.size).toBe(5);
  const row = Array.from({ length: 6 }, () => turns.next());
  expect(row).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', undefined]);
  expect(turns.size).toBe(0);
});

test('memory that is given back goes to one after another in the order they asked, until it is spent again', () => {
  const memory = new UnacknowledgedBytes(100);
  const read: string[] = [];
  const reader = (name: string) => (): void => {
    read.push(name);
    memory.take(60);
  };
  const [a, b, c, gone] = [reader('a'), reader('b'), reader('c'), reader('gone')];
  memory.take(150);
  for (const each of [a, gone, b, c, a]) memory.wait(each);
  memory.forget(gone);
  memory.give(50);
  expect([read, memory.isSpent]).toEqual([[], true]);
  memory.give(50);
  expect([read, memory.isSpent]).toEqual([['a'], true]);
  memory.give(120);
  expect(read).toEqual(['a', 'b', 'c']);
});

test('three takeovers of a client id within a minute are a clone; spread out, or of different ids, they are not', () => {
  const takeovers = new Takeovers();
  expect([0, 30_000, 59_999].map((atMs) => takeovers.happened('a', atMs))).toEqual([false, false, true]);
  expect([0, 60_000, 120_000, 180_000].map((atMs) => takeovers.happened('b', atMs))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  for (let i = 0; i < 2_000; i += 1) takeovers.happened(`id ${i}`, 180_000);
  expect([takeovers.happened('a', 180_000), takeovers.happened('id 1999', 180_000)]).toEqual([false, false]);
});

test('the gate is asked once for a topic, and again when it says that its answers may be others', () => {
  const asked: string[] = [];
  let version = 1;
  const gate = {
    ...openGate,
    version: () => version,
    mayPublish: (_: unknown, topic: string) => {
      asked.push(topic);
      return version === 1;
    },
  };
  const rights = new PublishRights({ role: 'anonymous' }, gate, DEFAULT_LIMITS);
  expect(['a', 'b', 'a', 'a', 'b'].map((topic) => rights.judge(topic))).toEqual(Array(5).fill('allowed'));
  expect(asked).toEqual(['a', 'b']);
  version = 2;
  expect(['b', 'b', 'a'].map((topic) => rights.judge(topic))).toEqual(Array(3).fill('not-allowed'));
  expect(asked).toEqual(['a', 'b', 'b', 'a']);
  expect(rights.judge('x/'.repeat(32))).toBe('over-limit');
});

test('what is remembered of topics is bounded: of a device some dozens, of a bridge some thousands', () => {
  const askedTwice = (role: 'device' | 'gateway', topics: number): number => {
    let asked = 0;
    const gate = { ...openGate, mayPublish: () => (asked += 1) > 0 };
    const rights = new PublishRights({ role, credential: 'x' }, gate, DEFAULT_LIMITS);
    for (let i = 0; i < 2 * topics; i += 1) rights.judge(`t${i % topics}`);
    return asked - topics;
  };
  expect([askedTwice('device', 64), askedTwice('device', 65)]).toEqual([0, 65]);
  expect([askedTwice('gateway', 8_192), askedTwice('gateway', 8_193)]).toEqual([0, 8_193]);
});
