import { z } from 'zod';
import { accountIdSchema, accountSchema, roleSchema } from './account.ts';
import { proposalIdSchema } from './proposal.ts';

/**
 * What a window or a command asks about accounts, its own session and what waits for a second person. A session
 * belongs to the connection that signed in and ends with it. Times are epoch milliseconds.
 */
const epochMs = z.number();
const reason = z.string().min(1).max(1_000);

/** 12 characters at least; a sentence is better than a riddle. */
export const PASSWORD_LENGTH_MIN = 12;
const PASSWORD_LENGTH_MAX = 256;
const newPasswordSchema = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `at least ${PASSWORD_LENGTH_MIN} characters; a few words do well`)
  .max(PASSWORD_LENGTH_MAX, `at most ${PASSWORD_LENGTH_MAX} characters`);
const typedPasswordSchema = z.string().max(PASSWORD_LENGTH_MAX);

const refused = z.object({ ok: z.literal(false), field: z.string(), problem: z.string() });
const done = z.union([z.object({ ok: z.literal(true), position: z.number().int().nonnegative() }), refused]);

const who = z.object({ account: z.string(), name: z.string(), roles: z.array(roleSchema) });

export const sessionNowSchema = z.object({
  /** False while whoever uses this machine decides, because nobody has an account. */
  hasAccounts: z.boolean(),
  /** Who decisions are signed by until there are accounts. */
  operatingSystemUser: z.string(),
  signedIn: who
    .extend({
      /** When the session ends unless it is used, and when it ends whatever happens. By the machine's clock. */
      idleUntilMs: epochMs,
      untilMs: epochMs,
    })
    .nullable(),
  /** Proposals that wait for a second person, and those of them this session may approve. */
  waiting: z.number().int().nonnegative(),
  waitingForYou: z.number().int().nonnegative(),
});
export type SessionNow = z.infer<typeof sessionNowSchema>;

/** An account as it may be shown: never its proof. */
export const accountRowSchema = accountSchema.omit({ proof: true }).extend({
  addedAtMs: epochMs,
  addedBy: z.string(),
  disabledAtMs: epochMs.nullable(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

export const proposalRowSchema = z.object({
  proposal: proposalIdSchema,
  /** As in decision.ts, without anything that proves who somebody is. */
  proposed: z.looseObject({ decision: z.string(), reason: z.string() }),
  proposer: z.string(),
  /** As others know the proposer. */
  proposerName: z.string(),
  proposedAtMs: epochMs,
  /** By the core's clock: until now, or until it was settled. */
  ageMs: z.number(),
  settled: z
    .object({
      outcome: z.enum(['approved', 'declined', 'withdrawn']),
      by: z.string(),
      reason: z.string(),
      atMs: epochMs,
    })
    .nullable(),
  /** Why this session may not do it; null when it may. */
  cannot: z.object({
    approve: z.string().nullable(),
    decline: z.string().nullable(),
    withdraw: z.string().nullable(),
  }),
});
export type ProposalRow = z.infer<typeof proposalRowSchema>;

export const accessAsks = {
  /** Who is signed in on this connection. `isInUse` says that a person did something since it was last asked. */
  'session.now': { input: z.strictObject({ isInUse: z.boolean() }), answer: sessionNowSchema },
  'session.sign-in': {
    input: z.strictObject({ account: z.string().max(128), password: typedPasswordSchema }),
    answer: z.union([z.object({ ok: z.literal(true) }), refused]),
  },
  'session.sign-out': { input: z.strictObject({}), answer: z.object({ ok: z.literal(true) }) },
  'account.list': { input: z.strictObject({}), answer: z.array(accountRowSchema) },
  'account.add': {
    input: z.strictObject({
      account: accountIdSchema,
      name: accountSchema.shape.name,
      roles: accountSchema.shape.roles,
      password: newPasswordSchema,
      reason,
    }),
    answer: done,
  },
  /** One's own needs the current one too; an administrator sets that of somebody else without. */
  'account.password': {
    input: z.strictObject({
      account: z.string(),
      password: newPasswordSchema,
      currentPassword: typedPasswordSchema.nullable(),
      reason,
    }),
    answer: done,
  },
  /** The waiting ones, oldest first; then, when asked for, the settled ones, last settled first. */
  'proposal.list': {
    input: z.strictObject({ settled: z.number().int().nonnegative().max(1_000) }),
    answer: z.array(proposalRowSchema),
  },
} as const;
