import { expect, test } from 'vitest';
import { decisionSchema } from '../protocol/decision.ts';
import { decisionRight, needsApproval } from './decision-rights.ts';
import { hasKind, kindOf } from './roles.ts';

const names = decisionSchema.options.map(({ shape }) => shape.decision.value);

test.each(names)('%s is somebody’s to decide', (name) => {
  expect(decisionRight(name)?.roles.length ?? 0).toBeGreaterThan(0);
});

test('a decision without a row is nobody’s, also by a name that every object has', () => {
  expect(decisionRight('sell-the-fleet')).toBe(null);
  expect(decisionRight('constructor')).toBe(null);
  expect(needsApproval('toString')).toBe(false);
});

test('every override of what the rules say takes two people, and an administrator is neither', () => {
  const overrides = [
    'open-epoch',
    'accept-reading',
    'reject-reading',
    'amend-contract',
    'write-off',
    'post-entry',
    'confirm-total-loss',
  ];
  expect(overrides.filter((name) => !needsApproval(name))).toEqual([]);
  expect(overrides.filter((name) => decisionRight(name)?.roles.includes('administrator') === true)).toEqual(
    [],
  );
});

test('investors and operators decide about nothing but their own password and what they may settle', () => {
  const theirs = names.filter((name) => decisionRight(name)?.roles.includes('investor') === true);
  expect(theirs).toEqual(['change-password', 'propose', 'approve', 'decline', 'withdraw']);
});

test('a role for one party counts by its kind', () => {
  expect(kindOf('operator:OP-NORTH')).toBe('operator');
  expect(hasKind(['investor:FAC-1', 'credit'], ['credit'])).toBe(true);
  expect(hasKind(['investor:FAC-1'], ['credit', 'operator'])).toBe(false);
});
