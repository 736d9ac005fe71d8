import { beforeAll, expect, test } from 'vitest';
import { anAccess, anAccount, proofOf } from '../../../tests/support/an-access.ts';
import type { PasswordProof } from '../../protocol/signed.ts';
import { accessAnswerers } from './answer-access.ts';
import { FIRST_WAIT_MS, FREE_TRIES, Lockouts, WAIT_MS_MAX } from './lockouts.ts';
import { IDLE_MS_MAX, SESSION_MS_MAX, Sessions } from './sessions.ts';

const PASSWORD = 'a few plain words';
let proof: PasswordProof;
beforeAll(async () => {
  proof = await proofOf(PASSWORD);
});

/** A core with one administrator, "ada", a clock in the test's hand, and a connection. */
function aCore() {
  const clock = { nowMs: 1_000 };
  const access = anAccess(anAccount('ada', ['administrator'], proof));
  const { world, append, desk: decisions } = access;
  const sessions = new Sessions({ world, append, nowMs: () => clock.nowMs });
  const session = sessions.open();
  const answer = accessAnswerers({ world, decisions, sessions, session });
  return { ...access, clock, sessions, session, answer };
}

test('a session is its connection’s own, and ends when it is signed out of', async () => {
  const { sessions, session } = aCore();
  expect(await session.signIn('ada', PASSWORD)).toEqual({ ok: true, value: null });
  expect(session.signer()).toEqual({ ok: true, value: 'ada' });
  expect(sessions.open().signer()).toEqual({
    ok: false,
    error: { field: 'actor', problem: 'sign in to decide: this core has accounts' },
  });
  session.signOut();
  expect(session.account()).toBe(null);
});

test('a wrong password and a name nobody has get the same answer', async () => {
  const { session } = aCore();
  const wrong = {
    ok: false,
    error: { field: 'password', problem: 'the name or the password is wrong' },
  };
  expect(await session.signIn('ada', 'a few other words')).toEqual(wrong);
  expect(await session.signIn('nobody', PASSWORD)).toEqual(wrong);
  expect(session.account()).toBe(null);
});

test('an unused session ends, a used one goes on until its longest time', async () => {
  const { session, clock } = aCore();
  await session.signIn('ada', PASSWORD);
  clock.nowMs += IDLE_MS_MAX - 1;
  expect(session.account()?.account).toBe('ada');
  session.use();
  clock.nowMs += IDLE_MS_MAX;
  expect(session.account()).toBe(null);
  await session.signIn('ada', PASSWORD);
  for (let usedMs = 0; usedMs < SESSION_MS_MAX; usedMs += IDLE_MS_MAX / 2) {
    expect(session.account()?.account).toBe('ada');
    session.use();
    clock.nowMs += IDLE_MS_MAX / 2;
  }
  expect(session.account()).toBe(null);
});

test('after five wrong passwords the right one has to wait too, in every window, and a situation says so', async () => {
  const { sessions, session, clock, world } = aCore();
  for (let tries = 0; tries < FREE_TRIES; tries += 1) await session.signIn('ada', 'a guess of many');
  const waits = { field: 'password', problem: 'too many wrong passwords; try again in 30 seconds' };
  expect(await sessions.open().signIn('ada', PASSWORD)).toEqual({ ok: false, error: waits });
  expect([...world.situations.values()]).toMatchObject([
    {
      situation: 'sign-in-locked',
      subject: 'ada',
      detail: '5 wrong passwords in a row; the next try in 30 s',
    },
  ]);
  clock.nowMs += FIRST_WAIT_MS;
  expect((await session.signIn('ada', PASSWORD)).ok).toBe(true);
  session.signOut();
  expect((await session.signIn('ada', 'a guess of many')).ok).toBe(false);
  expect((await session.signIn('ada', PASSWORD)).ok).toBe(true);
});

test('guesses at the same time count before any is answered', async () => {
  const { sessions } = aCore();
  const guesses = Array.from({ length: 8 }, () => sessions.open().signIn('ada', 'a guess of many'));
  const problems = (await Promise.all(guesses)).map((guess) => (guess.ok ? '' : guess.error.problem));
  expect(problems.filter((problem) => problem.startsWith('too many wrong'))).toHaveLength(8 - FREE_TRIES);
});

test('each further wrong password doubles the wait, up to an hour', () => {
  const lockouts = new Lockouts(() => 0);
  for (let tries = 0; tries < FREE_TRIES; tries += 1) lockouts.begin('ada');
  expect(lockouts.waitMs('ada')).toBe(FIRST_WAIT_MS);
  lockouts.begin('ada');
  expect(lockouts.waitMs('ada')).toBe(2 * FIRST_WAIT_MS);
  for (let tries = 0; tries < 20; tries += 1) lockouts.begin('ada');
  expect(lockouts.waitMs('ada')).toBe(WAIT_MS_MAX);
  expect(lockouts.waitMs('bea')).toBe(0);
});

test('a disabled account’s session is over at once, and so is one whose password an administrator set', async () => {
  const { session, sessions, take } = aCore();
  take(anAccount('bea', ['administrator'], proof), anAccount('finn', ['finance'], proof));
  const other = sessions.open();
  await session.signIn('ada', PASSWORD);
  await other.signIn('finn', PASSWORD);
  take({ decision: 'disable-account', actor: 'bea', reason: 'left', account: 'ada' });
  expect(session.account()).toBe(null);
  expect((await session.signIn('ada', PASSWORD)).ok).toBe(false);
  const set = await proofOf('set by an administrator');
  take({ decision: 'change-password', actor: 'bea', reason: 'lost', account: 'finn', proof: set });
  expect(other.account()).toBe(null);
});

test('one changes one’s own password with the current one, and stays signed in by it', async () => {
  const { session, sessions, answer } = aCore();
  await session.signIn('ada', PASSWORD);
  const other = sessions.open();
  await other.signIn('ada', PASSWORD);
  const change = { account: 'ada', password: 'quite another sentence', reason: 'time for it' };
  expect(await answer['account.password']({ ...change, currentPassword: 'not it' })).toEqual({
    ok: false,
    field: 'currentPassword',
    problem: 'the name or the password is wrong',
  });
  expect(await answer['account.password']({ ...change, currentPassword: PASSWORD })).toEqual({
    ok: true,
    position: 1,
  });
  expect(session.account()?.account).toBe('ada');
  expect(other.account()).toBe(null);
  expect((await other.signIn('ada', 'quite another sentence')).ok).toBe(true);
});

test('an account is added by whom it may be, and its password is in no record and no answer', async () => {
  const { answer, session, entries } = aCore();
  const asked = {
    account: 'finn',
    name: 'Finn',
    roles: ['finance' as const],
    password: 'the bank opens at nine',
    reason: 'new',
  };
  expect(await answer['account.add'](asked)).toMatchObject({ ok: false, field: 'actor' });
  await session.signIn('ada', PASSWORD);
  expect(await answer['account.add'](asked)).toEqual({ ok: true, position: 1 });
  expect(JSON.stringify(entries)).not.toContain('the bank opens');
  expect(JSON.stringify(await answer['account.list']({}))).not.toContain('scrypt');
  expect(await answer['session.now']({ isInUse: true })).toMatchObject({
    hasAccounts: true,
    signedIn: { account: 'ada', name: 'Ada', roles: ['administrator'] },
    waiting: 0,
  });
});
