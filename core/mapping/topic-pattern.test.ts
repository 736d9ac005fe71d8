import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { namesIn, readTopicPattern, type TopicNames } from './topic-pattern.ts';

function namesOn(pattern: string, topic: string): TopicNames | null {
  const read = readTopicPattern(pattern);
  return namesIn(
    must(read.ok ? read.value : null, () => JSON.stringify(read)),
    topic,
  );
}

test.each<[string, string, TopicNames | null]>([
  ['acme/{device}/up', 'acme/7/up', { device: '7', scope: null }],
  ['acme/{device}/up', 'acme/7/up/more', null],
  ['acme/{device}/up', 'acme/7', null],
  ['acme/{device}/up', 'acme/7/down', null],
  ['acme/{device}/up', 'acme//up', { device: '', scope: null }],
  ['acme/{device}/up', 'acmes/7/up', null],
  ['acme/{account}/{device}', 'acme/north/7', { device: '7', scope: 'north' }],
  ['{scope}/acme/{device}', 'north/acme/7', { device: '7', scope: 'north' }],
  ['+/acme/{device}/#', 'x/acme/7', { device: '7', scope: null }],
  ['+/acme/{device}/#', 'x/acme/7/a/b', { device: '7', scope: null }],
  ['+/acme/{device}/#', '$SYS/acme/7', null],
  ['acme/#', 'acme', { device: null, scope: null }],
  ['acme/#', 'acme/', { device: null, scope: null }],
  ['acme/#', 'acmes', null],
  ['acme', 'acme', { device: null, scope: null }],
  ['acme', 'acme/7', null],
])('of the pattern %s the topic %s gives %j', (pattern, topic, names) => {
  expect(namesOn(pattern, topic)).toEqual(names);
});

test.each([
  ['{device}/+', 'name at least one level in plain text, or the topics of every feed would match'],
  ['$SYS/{device}', 'topics that start with "$" are not for trackers'],
  ['acme/#/{device}', '"#" can only be the last level'],
  ['acme/{device}/{device}', '{device} can stand only once'],
  ['acme/{account}/{scope}/{device}', '{account} and {scope} mean the same: one of them, once'],
  [
    'acme/dev-{device}',
    '"dev-{device}" is no level: write plain text, {device}, {account}, {scope}, + or a last #',
  ],
  ['acme/{vin}', '"{vin}" is no level: write plain text, {device}, {account}, {scope}, + or a last #'],
])('the pattern %s is turned down', (pattern, problem) => {
  expect(readTopicPattern(pattern)).toEqual({ ok: false, error: problem });
});

test('a topic made from a pattern is one of it, and gives back its names', () => {
  const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  fc.assert(
    fc.property(name, name, fc.array(name, { maxLength: 3 }), (device, scope, rest) => {
      const topic = ['acme', scope, device, ...rest].join('/');
      expect(namesOn('acme/{account}/{device}/#', topic)).toEqual({ device, scope });
    }),
  );
});
