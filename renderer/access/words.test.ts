import { expect, test } from 'vitest';
import type { SessionNow } from '../../core/protocol/access-asks.ts';
import {
  passwordProblem,
  rolesProblem,
  rolesWords,
  suggestedAccount,
  untilWords,
  whoWords,
} from './account-words.ts';
import { proposedFacts, proposedTitle } from './proposal-words.ts';

const signedIn = {
  account: 'ada',
  name: 'Ada Byron',
  roles: ['administrator' as const],
  idleUntilMs: Date.UTC(2026, 2, 2, 9),
  untilMs: Date.UTC(2026, 2, 2, 20),
};
const now: SessionNow = {
  hasAccounts: true,
  operatingSystemUser: 'desk',
  signedIn,
  waiting: 0,
  waitingForYou: 0,
};

test('the rail says who is here, or what to do', () => {
  expect(whoWords(null)).toBe('Account');
  expect(whoWords({ ...now, hasAccounts: false, signedIn: null })).toBe('Account');
  expect(whoWords({ ...now, signedIn: null })).toBe('Sign in');
  expect(whoWords(now)).toBe('Ada');
});

test('the end of a session is the nearer of the two', () => {
  expect(untilWords(signedIn)).toMatch(/^Signed in until \d\d:\d\d, longer while you use it$/);
  expect(untilWords({ ...signedIn, untilMs: signedIn.idleUntilMs })).toMatch(/then sign in again$/);
});

test('a name suggests a user name, and roles are checked as they are typed', () => {
  expect(suggestedAccount('Zoë O’Hara')).toBe('zoe.o.hara');
  expect(suggestedAccount(' 3 ')).toBe('');
  expect(rolesWords(['finance', 'operator:OP-1'])).toBe('Finance, Operator OP-1');
  expect(rolesProblem(['finance', 'investor:F1'])).toBe(null);
  expect(rolesProblem(['boss'])).toContain('“boss” is no role');
  expect(rolesProblem([])).toBe('choose at least one role');
  expect(passwordProblem('too short')).toBe('9 characters are too few');
  expect(passwordProblem('a few plain words')).toBe(null);
});

test('a proposed decision is told in words, with every field that it has', () => {
  const entry = {
    decision: 'post-entry',
    actor: 'finn',
    reason: 'bank charge',
    valueDay: '2026-03-02',
    corrects: null,
    entries: [
      { account: 'cash', pence: -1_250 },
      { account: 'bank charges', pence: 1_250 },
    ],
  };
  expect(proposedTitle(entry)).toBe('Post entries written by hand for 2026-03-02');
  expect(proposedFacts(entry)).toEqual([
    ['Value day', '2026-03-02'],
    ['Corrects', 'none'],
    ['Entries 1, account', 'cash'],
    ['Entries 1, amount', '−£12.50'],
    ['Entries 2, account', 'bank charges'],
    ['Entries 2, amount', '£12.50'],
  ]);
});

test('a reading is told in both units and its instant, and an unknown decision by its name', () => {
  const reading = { decision: 'accept-reading', vehicle: 'V1', atMs: 0, micrometres: 1_609_344_000 };
  expect(proposedTitle(reading)).toBe('Count a reading of V1 that the rules held back');
  expect(proposedFacts(reading)).toEqual([
    ['Vehicle', 'V1'],
    ['At', '1970-01-01 00:00:00.000Z'],
    ['Distance', '1 mi, 1.609344 km'],
  ]);
  expect(proposedTitle({ decision: 'sell-the-fleet' })).toBe('Sell the fleet');
});
