import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketTrail } from './packet-trail.ts';

test('topics are a tree with counts, the busiest first', () => {
  const trail = new PacketTrail();
  trail.note('a/x/up', 0, 10);
  trail.note('b', 1, 20);
  trail.note('a/y/up', 2, 30);
  trail.note('a/y/up', 3, 40);
  const named = (topic: string) =>
    trail
      .childrenOf(topic, 10)
      .map(({ level, packets, lastReceivedAtMs }) => [level.topic, packets, lastReceivedAtMs]);
  expect(named('')).toEqual([
    ['a', 3, 40],
    ['b', 1, 20],
  ]);
  expect(named('a')).toEqual([
    ['a/y', 2, 40],
    ['a/x', 1, 10],
  ]);
  expect(named('nobody')).toEqual([]);
});

test('the newest of a branch come first, and those left out are counted', () => {
  const trail = new PacketTrail();
  ['a/1', 'b', 'a/1', 'ab', 'a/2'].forEach((topic, i) => trail.note(topic, 100 + i, i));
  expect(trail.newest('a', -1, 2)).toEqual({ positions: [104, 102], unseen: 1 });
  expect(trail.newest('a', 2, 10)).toEqual({ positions: [104], unseen: 0 });
  expect(trail.newest('', 3, 10)).toEqual({ positions: [104], unseen: 0 });
});

test('the newest on wanted topics come first, each topic judged once', () => {
  const trail = new PacketTrail();
  ['acme/1', 'b', 'acme/1', 'acme/2', 'b'].forEach((topic, i) => trail.note(topic, 100 + i, i));
  const judged: string[] = [];
  const isWanted = (topic: string): boolean => {
    judged.push(topic);
    return topic.startsWith('acme/');
  };
  expect(trail.newestWhere(2, isWanted)).toEqual([103, 102]);
  expect(trail.newestWhere(10, isWanted)).toEqual([103, 102, 100]);
  expect(judged).toEqual(['b', 'acme/2', 'acme/1', 'b', 'acme/2', 'acme/1']);
});

test('a topic that begins with a slash has an empty first level, which is not the top', () => {
  const trail = new PacketTrail();
  trail.note('/a/x', 7, 10);
  trail.note('b', 8, 20);
  expect(trail.childrenOf('', 10).map(({ level }) => [level.level, level.topic])).toEqual([
    ['', '/'],
    ['b', 'b'],
  ]);
  expect(trail.childrenOf('/', 10).map(({ level }) => level.topic)).toEqual(['/a']);
  expect(trail.childrenOf('/a', 10).map(({ level }) => level.topic)).toEqual(['/a/x']);
  expect(trail.newest('/', -1, 10).positions).toEqual([7]);
});

test('whatever comes, it keeps so many packets and topics, and counts the rest', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 200 }), (topics) => {
      const trail = new PacketTrail({ packetsMax: 16, topicsMax: 5 });
      topics.forEach((topic, i) => trail.note(topic, i, i));
      const { positions, unseen } = trail.newest('', -1, 1_000);
      const kept = Math.min(16, topics.length);
      expect({ positions, unseen }).toEqual({
        positions: Array.from({ length: kept }, (_, i) => topics.length - 1 - i),
        unseen: 0,
      });
      const told = trail.childrenOf('', 1_000).reduce((sum, { packets }) => sum + packets, 0);
      expect(told + trail.others).toBe(topics.length);
    }),
  );
});
