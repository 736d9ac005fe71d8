import { type Result } from '../../base/result.ts';
import type { DecisionProblem } from '../../fold/check-decision.ts';
import { type Asker, countWaiting, describeAccounts, describeProposals } from '../../fold/describe-access.ts';
import type { World } from '../../fold/world.ts';
import type { accessAsks, SessionNow } from '../../protocol/access-asks.ts';
import type { Decision } from '../../protocol/decision.ts';
import type { DecisionDesk } from '../door/decide.ts';
import { hashPassword } from '../door/password-hash.ts';
import type { AnswerersOf } from '../feed/answer-asks.ts';
import { operatingSystemUser, passwordBytes, type Session, type Sessions } from './sessions.ts';

/** What a connection's questions about accounts are answered from. */
export interface AccessParts {
  readonly world: World;
  readonly decisions: DecisionDesk;
  readonly sessions: Sessions;
  /** The connection's own. */
  readonly session: Session;
}

export type AccessAnswerers = AnswerersOf<typeof accessAsks>;

type Done = { ok: true; position: number } | ({ ok: false } & DecisionProblem);

export function accessAnswerers(parts: AccessParts): AccessAnswerers {
  const { world, session } = parts;
  return {
    'session.now': ({ isInUse }) => {
      if (isInUse) session.use();
      return sessionNow(world, session);
    },
    'session.sign-in': async ({ account, password }) => {
      const signedIn = await session.signIn(account, password);
      return signedIn.ok ? { ok: true } : { ok: false, ...signedIn.error };
    },
    'session.sign-out': () => {
      session.signOut();
      return { ok: true };
    },
    'account.list': () => describeAccounts(world),
    'account.add': (asked) => addAccount(parts, asked),
    'account.password': (asked) => changePassword(parts, asked),
    'proposal.list': ({ settled }) => describeProposals(world, askerOf(session), settled),
  };
}

function sessionNow(world: World, session: Session): SessionNow {
  const account = session.account();
  const { name = '', roles = [] } = account ?? {};
  return {
    hasAccounts: world.access.accounts.size > 0,
    operatingSystemUser: operatingSystemUser(),
    signedIn:
      account === null
        ? null
        : {
            account: account.account,
            name,
            roles: [...roles],
            idleUntilMs: session.idleUntilMs(),
            untilMs: session.untilMs(),
          },
    ...countWaiting(world, askerOf(session)),
  };
}

function askerOf(session: Session): Asker {
  const signer = session.signer();
  return signer.ok ? { actor: signer.value } : { problem: signer.error.problem };
}

type Asked<N extends keyof typeof accessAsks> = Parameters<AccessAnswerers[N]>[0];

async function addAccount({ session, decisions }: AccessParts, asked: Asked<'account.add'>): Promise<Done> {
  const signer = session.signer();
  if (!signer.ok) return { ok: false, ...signer.error };
  session.use();
  const { password, ...account } = asked;
  return take(decisions, {
    decision: 'add-account',
    actor: signer.value,
    ...account,
    proof: { kind: 'password', ...(await hashPassword(passwordBytes(password))) },
  });
}

async function changePassword(parts: AccessParts, asked: Asked<'account.password'>): Promise<Done> {
  const { session, decisions } = parts;
  const signer = session.signer();
  if (!signer.ok) return { ok: false, ...signer.error };
  session.use();
  const { account, password, currentPassword, reason } = asked;
  const isOwn = account === signer.value;
  if (isOwn) {
    const proven = await parts.sessions.prove(account, currentPassword ?? '');
    if (!proven.ok) return { ok: false, ...proven.error, field: 'currentPassword' };
  }
  const proof = { kind: 'password', ...(await hashPassword(passwordBytes(password))) } as const;
  const done = await take(decisions, {
    decision: 'change-password',
    actor: signer.value,
    account,
    reason,
    proof,
  });
  if (done.ok && isOwn) session.keepThroughChange(proof.scryptHex);
  return done;
}

async function take(decisions: DecisionDesk, decision: Decision): Promise<Done> {
  const taken: Result<{ readonly position: number }, DecisionProblem> = await decisions.decide(() => ({
    ok: true,
    value: decision,
  }));
  return taken.ok ? { ok: true, position: taken.value.position } : { ok: false, ...taken.error };
}
