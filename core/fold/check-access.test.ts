import { expect, test } from 'vitest';
import { anAccess, anAccount, NO_PASSWORD } from '../../tests/support/an-access.ts';
import type { Decision } from '../protocol/decision.ts';
import { accessProblem } from './check-access.ts';
import { decisionProblem } from './check-decision.ts';
import { describeAccounts } from './describe-access.ts';
import type { World } from './world.ts';

const networks = (actor: string): Decision => ({
  decision: 'allow-networks',
  actor,
  reason: 'test',
  group: 'depot',
  networks: [],
});
const refusal = (world: World, decision: Decision): string | null =>
  (accessProblem(world, decision) ?? decisionProblem(world, decision))?.problem ?? null;

test('before there is an account, whoever uses the machine decides', () => {
  expect(refusal(anAccess().world, networks('grace-on-this-machine'))).toBe(null);
});

test('from the first account on only accounts decide, each by its roles; the product itself still does', () => {
  const { world } = anAccess(anAccount('ada', ['administrator']), anAccount('finn', ['finance']));
  expect(refusal(world, networks('ada'))).toBe(null);
  expect(refusal(world, networks('system'))).toBe(null);
  expect(refusal(world, networks('grace'))).toBe('there is no account "grace"; sign in');
  expect(refusal(world, networks('finn'))).toBe(
    '"allow-networks" is for operations or administrator; you are finance',
  );
});

test('the first account is an administrator’s, and a name is never given twice', () => {
  const { world, take } = anAccess();
  expect(refusal(world, anAccount('finn', ['finance']))).toBe(
    'the first account is an administrator’s: it adds the others',
  );
  expect(refusal(world, anAccount('ada', ['administrator']))).toBe(null);
  take(anAccount('ada', ['administrator']), anAccount('finn', ['finance']));
  take({ decision: 'disable-account', actor: 'ada', reason: 'left', account: 'finn' });
  expect(refusal(world, anAccount('finn', ['finance']))).toMatch(/never given again/);
  expect(refusal(world, networks('finn'))).toBe('the account "finn" is disabled');
});

test('the last administrator is neither disabled nor given other roles', () => {
  const { world, take } = anAccess(anAccount('ada', ['administrator']));
  const disable: Decision = { decision: 'disable-account', actor: 'ada', reason: 'test', account: 'ada' };
  const roles: Decision = {
    decision: 'set-roles',
    actor: 'ada',
    reason: 'test',
    account: 'ada',
    roles: ['credit'],
  };
  const last = '"ada" is the last administrator; make somebody else one first';
  expect([refusal(world, disable), refusal(world, roles)]).toEqual([last, last]);
  take(anAccount('bea', ['administrator']));
  expect([refusal(world, disable), refusal(world, roles)]).toEqual([null, null]);
});

test('a password is changed by its owner or by an administrator', () => {
  const { world } = anAccess(
    anAccount('ada', ['administrator']),
    anAccount('finn', ['finance']),
    anAccount('otto', ['operations']),
  );
  const change = (actor: string): Decision => ({
    decision: 'change-password',
    actor,
    reason: 'test',
    account: 'finn',
    proof: NO_PASSWORD,
  });
  expect(refusal(world, change('finn'))).toBe(null);
  expect(refusal(world, change('ada'))).toBe(null);
  expect(refusal(world, change('otto'))).toBe('only an administrator sets the password of somebody else');
});

test('what is shown of accounts holds nothing that proves one', () => {
  const { world } = anAccess(anAccount('finn', ['finance']), anAccount('ada', ['administrator']));
  expect(describeAccounts(world)).toEqual([
    {
      account: 'ada',
      name: 'Ada',
      roles: ['administrator'],
      addedAtMs: 1,
      addedBy: 'ada',
      disabledAtMs: null,
    },
    { account: 'finn', name: 'Finn', roles: ['finance'], addedAtMs: 0, addedBy: 'ada', disabledAtMs: null },
  ]);
});
