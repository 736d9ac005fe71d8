import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aCredential } from '../../tests/support/a-door.ts';
import { anAccess, anAccount, NO_PASSWORD, type TestAccess } from '../../tests/support/an-access.ts';
import type { Decision, PlainDecision } from '../protocol/decision.ts';
import { accessProblem } from './check-access.ts';
import { decisionProblem } from './check-decision.ts';
import { describeProposals } from './describe-access.ts';

const revoke: PlainDecision = {
  decision: 'revoke-credential',
  actor: 'olga',
  reason: 'sold',
  credential: 'aaaaaaaa',
};
const credential = { ...aCredential, credential: 'aaaaaaaa', username: 'taxi-1', proof: NO_PASSWORD };

/** Two people of operations, one of finance, a credential, and a proposal by the first to revoke it. */
function proposed(): TestAccess {
  return anAccess(
    { decision: 'issue-credential', actor: 'ada', reason: 'test', credential },
    anAccount('ada', ['administrator']),
    anAccount('olga', ['operations']),
    anAccount('otto', ['operations']),
    anAccount('finn', ['finance']),
    { decision: 'propose', actor: 'olga', reason: 'sold', proposal: 'P1', proposed: revoke },
  );
}

const settle = (decision: 'approve' | 'decline' | 'withdraw', actor: string, proposal = 'P1'): Decision => ({
  decision,
  actor,
  reason: 'looked at',
  proposal,
});
const refusal = ({ world }: TestAccess, decision: Decision): string | null =>
  (accessProblem(world, decision) ?? decisionProblem(world, decision))?.problem ?? null;

test('a proposal does nothing until it is approved; then its decision is in force, signed by both', () => {
  const access = proposed();
  const { door } = access.world;
  expect(door.credentials.get('aaaaaaaa')?.revokedAtMs).toBe(null);
  expect(refusal(access, settle('approve', 'otto'))).toBe(null);
  access.take(settle('approve', 'otto'));
  expect(door.credentials.get('aaaaaaaa')?.revokedAtMs).toBe(access.world.clockMs);
  expect(access.world.access.proposals.get('P1')?.settled).toEqual({
    outcome: 'approved',
    by: 'otto',
    reason: 'looked at',
    atMs: access.world.clockMs,
  });
});

test('who proposed it neither approves nor declines it, and nobody else withdraws it', () => {
  const access = proposed();
  expect(refusal(access, settle('approve', 'olga'))).toBe('you proposed it: somebody else must approve it');
  expect(refusal(access, settle('decline', 'olga'))).toMatch(/^you proposed it/);
  expect(refusal(access, settle('withdraw', 'otto'))).toMatch(/^only olga/);
  expect(refusal(access, settle('withdraw', 'olga'))).toBe(null);
  expect(refusal(access, settle('decline', 'otto'))).toBe(null);
});

test('who may not decide it alone may not approve it either', () => {
  const access = proposed();
  const roles = '"revoke-credential" is for operations or administrator; you are finance';
  expect(refusal(access, settle('approve', 'finn'))).toBe(roles);
  expect(refusal(access, settle('approve', 'nobody'))).toBe('there is no account "nobody"; sign in');
  access.take({ decision: 'disable-account', actor: 'ada', reason: 'left', account: 'otto' });
  expect(refusal(access, settle('approve', 'otto'))).toBe('the account "otto" is disabled');
});

test('an unknown proposal, and one that is settled, is not settled again', () => {
  const access = proposed();
  expect(refusal(access, settle('approve', 'otto', 'P2'))).toBe('there is no proposal P2');
  access.take(settle('decline', 'otto'));
  expect(refusal(access, settle('approve', 'otto'))).toMatch(/^P1 was declined by otto at 1970-01-01T/);
  expect(access.world.door.credentials.get('aaaaaaaa')?.revokedAtMs).toBe(null);
});

test('what has become impossible meanwhile, or was proposed by somebody who left, is not approved', () => {
  const revoked = proposed();
  revoked.take({ ...revoke, actor: 'ada' });
  expect(refusal(revoked, settle('approve', 'otto'))).toMatch(/^it was revoked at .* already$/);
  expect(refusal(revoked, settle('decline', 'otto'))).toBe(null);
  const left = proposed();
  left.take({ decision: 'disable-account', actor: 'ada', reason: 'left', account: 'olga' });
  expect(refusal(left, settle('approve', 'otto'))).toMatch(/^olga, who proposed it, may not decide it/);
});

test('what needs no second person is not proposed', () => {
  const propose: Decision = {
    decision: 'propose',
    actor: 'olga',
    reason: 'sold',
    proposal: 'P2',
    proposed: revoke,
  };
  expect(refusal(proposed(), propose)).toBe('"revoke-credential" needs no second person; decide it');
});

test('proposals are listed with their age, what this person may do with them, and no proofs', () => {
  const access = proposed();
  access.take({
    decision: 'propose',
    actor: 'olga',
    reason: 'new van',
    proposal: 'P2',
    proposed: { decision: 'issue-credential', actor: 'olga', reason: 'new van', credential },
  });
  const [first, second] = describeProposals(access.world, { actor: 'olga' }, 0);
  expect(first).toEqual({
    proposal: 'P1',
    proposed: revoke,
    proposer: 'olga',
    proposerName: 'Olga',
    proposedAtMs: 5,
    ageMs: 1,
    settled: null,
    cannot: {
      approve: 'you proposed it: somebody else must approve it',
      decline: 'you proposed it: somebody else must decline it; you may withdraw it',
      withdraw: null,
    },
  });
  expect(JSON.stringify(second)).toContain('taxi-1');
  expect(JSON.stringify(second)).not.toContain(NO_PASSWORD.scryptHex);
  access.take(settle('decline', 'otto'));
  expect(describeProposals(access.world, { actor: 'olga' }, 9).map(({ proposal }) => proposal)).toEqual([
    'P2',
    'P1',
  ]);
});

test('whoever tries whatever in any order, it takes effect at most once, and then by two people', () => {
  const tries = fc.array(
    fc.record({
      decision: fc.constantFrom('approve' as const, 'decline' as const, 'withdraw' as const),
      actor: fc.constantFrom('ada', 'olga', 'otto', 'finn', 'nobody'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(tries, (attempts) => {
      const access = proposed();
      const taken = attempts.filter(({ decision, actor }) => {
        const isTaken = refusal(access, settle(decision, actor)) === null;
        if (isTaken) access.take(settle(decision, actor));
        return isTaken;
      });
      const approved = taken.filter(({ decision }) => decision === 'approve');
      expect(taken.length).toBeLessThanOrEqual(1);
      expect(approved.every(({ actor }) => actor === 'ada' || actor === 'otto')).toBe(true);
      const isRevoked = access.world.door.credentials.get('aaaaaaaa')?.revokedAtMs !== null;
      expect(isRevoked).toBe(approved.length === 1);
    }),
  );
});
