import { expect, test } from 'vitest';
import type { MappingRow } from '../../../core/protocol/door-asks.ts';
import { filesShown, newDraftKey, readDrafts, withDraft, withoutDraft } from './mapping-drafts.ts';

const row = (name: string): MappingRow => ({
  name,
  isOn: true,
  yaml: `name: ${name}\n`,
  switchedAtMs: 0,
  switchedBy: 'ada',
  packets: 0,
});

test('files of the core stand by name with their changed text, new ones below by the name they give themselves', () => {
  const drafts = {
    'new 1': '# comment\nname: gamma # not on yet\n',
    beta: 'name: beta\nversion: 2\n',
    'new 2': 'version: 1\n',
  };
  const rows = [row('beta'), row('alpha')];
  expect(filesShown(rows, drafts)).toEqual([
    { key: 'alpha', name: 'alpha', row: rows[1], yaml: 'name: alpha\n', isChanged: false },
    { key: 'beta', name: 'beta', row: rows[0], yaml: 'name: beta\nversion: 2\n', isChanged: true },
    { key: 'new 1', name: 'gamma', row: null, yaml: drafts['new 1'], isChanged: true },
    { key: 'new 2', name: 'New file', row: null, yaml: drafts['new 2'], isChanged: true },
  ]);
});

test('a text like the one in force is no change', () => {
  expect(filesShown([row('alpha')], { alpha: 'name: alpha\n' })[0]?.isChanged).toBe(false);
});

test('a new draft takes a key nobody has, and is put away again', () => {
  const one = withDraft({}, newDraftKey({}), 'a');
  const two = withDraft(one, newDraftKey(one), 'b');
  expect(two).toEqual({ 'new 1': 'a', 'new 2': 'b' });
  expect(newDraftKey(withoutDraft(two, 'new 1'))).toBe('new 1');
});

test('what is stored is read back, and anything else is no draft', () => {
  expect(readDrafts('{"new 1":"a"}')).toEqual({ 'new 1': 'a' });
  expect([null, '', 'x', '[1]', '{"a":1}'].map(readDrafts)).toEqual([{}, {}, {}, {}, {}]);
});
