import { expect, test } from 'vitest';
import { answerControl, type ControlAnswerers } from './answer-control.ts';

const answerers = {
  'situation.list': () => [],
  'ingest.tail': ({ under, limit }: { readonly under: string; readonly limit: number }) => ({
    rows: [],
    unseen: limit,
    newest: under.length,
  }),
} as unknown as ControlAnswerers;

test('questions about the door and about what comes in are answered', async () => {
  expect(await answerControl(answerers, 'situation.list', {})).toEqual({ ok: true, value: [] });
  expect(await answerControl(answerers, 'ingest.tail', { under: 'acme', after: -1, limit: 5 })).toEqual({
    ok: true,
    value: { rows: [], unseen: 5, newest: 4 },
  });
});

test('what is wrong with an input is told by field, and an unknown question with those there are', async () => {
  const wrong = await answerControl(answerers, 'ingest.tail', { under: 'acme', after: -1, limit: 0 });
  expect(wrong).toEqual({ ok: false, problem: expect.stringMatching(/^limit: /) });
  const unknown = await answerControl(answerers, 'fleet.roster', {});
  expect(unknown).toEqual({
    ok: false,
    problem: expect.stringMatching(/^no question is called "fleet.roster"; there are .*ingest.tail/),
  });
});
