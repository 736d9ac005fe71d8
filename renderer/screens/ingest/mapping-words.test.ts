import { expect, test } from 'vitest';
import type { MappingRow } from '../../../core/protocol/door-asks.ts';
import { payloadOf, switchOffWords, switchOnWords } from './mapping-words.ts';

const row: MappingRow = {
  name: 'acme',
  isOn: true,
  yaml: '',
  switchedAtMs: 0,
  switchedBy: 'ada',
  packets: 1_200,
};
const reads =
  'Packets on acme/{device}/up, acme/x are read by this text from now on, as the feed mapped:acme.';

test('switching on says which packets it takes, and which text it takes the place of', () => {
  const topics = ['acme/{device}/up', 'acme/x'];
  const words = [reads, 'Packets that came before stay as they were judged.'];
  expect(switchOnWords('acme', topics, null)).toEqual(words);
  expect(switchOnWords('acme', topics, { ...row, isOn: false })).toEqual(words);
  expect(switchOnWords('acme', topics, row)).toEqual([
    'It replaces the text of acme that is on now, switched by ada.',
    ...words,
  ]);
});

test('switching off says what stays', () => {
  expect(switchOffWords(row)).toEqual([
    'Packets of mapped:acme are refused as of an unknown topic from now on: they are kept, and count for nobody.',
    'What its 1,200 packets said stays, and its devices stay with their vehicles.',
  ]);
});

test('hexadecimal digits may stand in groups and lines; text is left alone', () => {
  expect(payloadOf('hex', '7B 0a:FF\n00')).toEqual({ encoding: 'hex', text: '7b0aff00' });
  expect(payloadOf('utf8', ' {"a": 1}\n')).toEqual({ encoding: 'utf8', text: ' {"a": 1}\n' });
});
