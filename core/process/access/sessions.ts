import os from 'node:os';
import { fail, ok, type Result } from '../../base/result.ts';
import type { AccountState } from '../../fold/access-book.ts';
import type { DecisionProblem } from '../../fold/check-decision.ts';
import type { World } from '../../fold/world.ts';
import type { Journal } from '../journal/journal.ts';
import { GuessTurns } from '../door/guess-turns.ts';
import { hashPassword, isPassword } from '../door/password-hash.ts';
import { FREE_TRIES, Lockouts } from './lockouts.ts';

export const IDLE_MS_MAX = 30 * 60_000;
export const SESSION_MS_MAX = 12 * 3_600_000;

export interface SessionsParts {
  readonly world: World;
  readonly append: Journal['append'];
  /** A clock that never steps, in epoch milliseconds: sessions do not end early or late because the core's is driven. */
  readonly nowMs: () => number;
}

interface SignedIn {
  readonly account: string;
  /** The password it was opened by; another one ends it. */
  readonly scryptHex: string;
  readonly sinceMs: number;
  readonly usedAtMs: number;
}

/** The sessions of one core, and what they share: wrong passwords are counted across connections. */
export class Sessions {
  readonly parts: SessionsParts;
  readonly #lockouts: Lockouts;
  readonly #guesses = new GuessTurns();

  constructor(parts: SessionsParts) {
    this.parts = parts;
    this.#lockouts = new Lockouts(parts.nowMs);
  }

  /** For one window or one connection; nobody is signed in yet. */
  open(): Session {
    return new Session(this);
  }

  /** The account, when the password is its own. Nobody learns whether a name exists. */
  async prove(name: string, password: string): Promise<Result<AccountState, DecisionProblem>> {
    const known = this.parts.world.access.accounts.get(name);
    const account = known?.disabledAtMs === null ? known : undefined;
    const waitMs = account === undefined ? 0 : this.#lockouts.waitMs(name);
    if (waitMs > 0) return fail(locked(waitMs));
    const inARow = account === undefined ? 0 : this.#lockouts.begin(name);
    const isRight = await this.#guesses.take(name, () => isPasswordOf(account, password));
    if (isRight === null) return fail({ field: '', problem: 'too many are signing in at once; try again' });
    if (account !== undefined && isRight) {
      this.#lockouts.succeeded(name);
      return ok(account);
    }
    if (inARow >= FREE_TRIES) this.#noteLocked(name, inARow);
    return fail(WRONG);
  }

  #noteLocked(subject: string, inARow: number): void {
    const seconds = Math.ceil(this.#lockouts.waitMs(subject) / 1_000);
    const detail = `${inARow} wrong passwords in a row; the next try in ${seconds} s`;
    this.parts.append({
      kind: 'note',
      note: { note: 'situation', situation: 'sign-in-locked', subject, detail },
    });
  }
}

/** Who uses one window or one connection. */
export class Session {
  readonly #sessions: Sessions;
  #signedIn: SignedIn | null = null;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  async signIn(name: string, password: string): Promise<Result<null, DecisionProblem>> {
    this.signOut();
    const proven = await this.#sessions.prove(name, password);
    if (!proven.ok) return proven;
    const nowMs = this.#sessions.parts.nowMs();
    const { account, proof } = proven.value;
    this.#signedIn = { account, scryptHex: proof.scryptHex, sinceMs: nowMs, usedAtMs: nowMs };
    return ok(null);
  }

  signOut(): void {
    this.#signedIn = null;
  }

  /** Somebody did something: the session stays open for another while. */
  use(): void {
    const account = this.account();
    if (account === null || this.#signedIn === null) return;
    this.#signedIn = { ...this.#signedIn, usedAtMs: this.#sessions.parts.nowMs() };
  }

  /** This session's own password was changed by it: it goes on under the new one. */
  keepThroughChange(scryptHex: string): void {
    if (this.#signedIn !== null) this.#signedIn = { ...this.#signedIn, scryptHex };
  }

  /** Who is signed in now; null when nobody is, or when the session has ended meanwhile. */
  account(): AccountState | null {
    const signedIn = this.#signedIn;
    if (signedIn === null) return null;
    const account = this.#sessions.parts.world.access.accounts.get(signedIn.account);
    const isOver =
      account === undefined ||
      account.disabledAtMs !== null ||
      account.proof.scryptHex !== signedIn.scryptHex ||
      this.#sessions.parts.nowMs() >= Math.min(this.idleUntilMs(), this.untilMs());
    if (!isOver) return account;
    this.#signedIn = null;
    return null;
  }

  idleUntilMs(): number {
    return (this.#signedIn?.usedAtMs ?? 0) + IDLE_MS_MAX;
  }

  untilMs(): number {
    return (this.#signedIn?.sinceMs ?? 0) + SESSION_MS_MAX;
  }

  /** Whom a decision of this session is signed with: before there are accounts, the operating system's user. */
  signer(): Result<string, DecisionProblem> {
    const account = this.account();
    if (account !== null) return ok(account.account);
    if (this.#sessions.parts.world.access.accounts.size === 0) return ok(operatingSystemUser());
    return fail({ field: 'actor', problem: 'sign in to decide: this core has accounts' });
  }
}

export function operatingSystemUser(): string {
  return os.userInfo().username;
}

/** What somebody typed, as it is hashed: the same letters typed on another keyboard are the same password. */
export function passwordBytes(password: string): Uint8Array {
  return Buffer.from(password.normalize('NFKC'));
}

/** A name that nobody has takes as long as one that somebody has. */
async function isPasswordOf(account: AccountState | undefined, password: string): Promise<boolean> {
  if (account !== undefined) return isPassword(passwordBytes(password), account.proof);
  await hashPassword(passwordBytes(password));
  return false;
}

const WRONG: DecisionProblem = { field: 'password', problem: 'the name or the password is wrong' };

function locked(waitMs: number): DecisionProblem {
  const seconds = Math.ceil(waitMs / 1_000);
  const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return { field: 'password', problem: `too many wrong passwords; try again in ${wait}` };
}
