import { expect, test } from 'vitest';
import { ok } from '../../core/base/result.ts';
import type { RosterEntry } from '../../core/protocol/link.ts';
import type { CoreLink } from '../link/core-link.ts';
import { keepRoster } from './keep-roster.ts';

test('changes while a question is out are asked about once more, and only once', async () => {
  const answers: ((entries: RosterEntry[]) => void)[] = [];
  let changed: () => void = () => undefined;
  const kept: number[] = [];
  const link: Pick<CoreLink, 'ask' | 'onRosterChanged'> = {
    ask: (_name) => new Promise((resolve) => answers.push((entries) => resolve(ok(entries) as never))),
    onRosterChanged: (listener) => {
      changed = listener;
      return () => undefined;
    },
  };
  keepRoster(link, { replaceRoster: (entries) => kept.push(entries.length) });
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  changed();
  changed();
  changed();
  expect(answers).toHaveLength(1);
  answers[0]?.([]);
  await settled();
  expect(answers).toHaveLength(2);
  answers[1]?.([{} as RosterEntry]);
  await settled();
  expect(answers).toHaveLength(2);
  expect(kept).toEqual([0, 1]);
});
