import { expect, test } from 'vitest';
import { aBook } from '../../../tests/support/a-book.ts';
import { anAccess, anAccount } from '../../../tests/support/an-access.ts';

const writeOff = { decision: 'write-off', reason: 'dissolved', document: 'INV-000001' };
const entry = {
  decision: 'post-entry',
  reason: 'bank charge',
  valueDay: '1970-01-01',
  corrects: null,
  entries: [
    { account: '5100', pence: 100 },
    { account: '1000', pence: -100 },
  ],
};

test('without accounts a decision for two people is refused, in words that say what to do', async () => {
  const { desk, entries } = anAccess();
  const refused = await desk.decideDraft(writeOff, 'grace');
  expect(refused).toMatchObject({ ok: false, error: { field: 'decision' } });
  expect(JSON.stringify(refused)).toContain('add two accounts with the role for it');
  expect(entries).toEqual([]);
});

test('nobody names a second person, and proofs and documents are not handed in', async () => {
  const { desk, entries } = anAccess(anAccount('ada', ['administrator']));
  const networks = { decision: 'allow-networks', reason: 'test', group: 'depot', networks: [] };
  expect(await desk.decideDraft({ ...networks, approver: 'bea' }, 'ada')).toEqual({
    ok: false,
    error: { field: 'approver', problem: 'an approver signs in and approves' },
  });
  for (const decision of ['add-account', 'change-password', 'propose', 'issue-document', 'load-book'])
    expect(await desk.decideDraft({ decision }, 'ada')).toMatchObject({
      ok: false,
      error: { field: 'decision' },
    });
  expect(entries).toHaveLength(1);
});

test('a decision for two people becomes a proposal, and is in force when the second approves', async () => {
  const { desk, world, entries } = anAccess(
    { decision: 'load-book', actor: 'system', reason: 'test', book: aBook() },
    anAccount('ada', ['administrator']),
    anAccount('finn', ['finance']),
    anAccount('fay', ['finance']),
  );
  expect(await desk.decideDraft(entry, 'finn')).toEqual({ ok: true, value: { position: 4, proposal: 'P1' } });
  expect(entries.at(-1)).toEqual({
    kind: 'decision',
    decision: {
      decision: 'propose',
      actor: 'finn',
      reason: 'bank charge',
      proposal: 'P1',
      proposed: { ...entry, actor: 'finn' },
    },
  });
  expect(world.ledger.sets).toEqual([]);
  const approve = { decision: 'approve', reason: 'seen the statement', proposal: 'P1' };
  expect(await desk.decideDraft(approve, 'finn')).toMatchObject({ ok: false, error: { field: 'actor' } });
  expect(await desk.decideDraft(approve, 'ada')).toMatchObject({ ok: false, error: { field: 'actor' } });
  expect(await desk.decideDraft(approve, 'fay')).toEqual({
    ok: true,
    value: { position: 5, proposal: null },
  });
  expect(world.access.proposals.get('P1')?.settled?.outcome).toBe('approved');
  expect(world.ledger.sets).toMatchObject([{ event: 'manual', actor: 'finn', approver: 'fay' }]);
});
