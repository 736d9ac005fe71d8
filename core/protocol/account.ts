import { z } from 'zod';
import { passwordProofSchema, signed, SYSTEM_ACTOR } from './signed.ts';

/** The roles of the staff, who work for the whole book. */
export const staffRoles = ['operations', 'credit', 'finance', 'administrator'] as const;
const party = z.string().regex(/^\S{1,64}$/);

/** What an account may be: staff, or somebody of one operator or one investor, named by its id in the book. */
export const roleSchema = z.union(
  [
    z.enum(staffRoles),
    z.templateLiteral([z.literal('operator:'), party]),
    z.templateLiteral([z.literal('investor:'), party]),
  ],
  { error: `one of ${staffRoles.join(', ')}, operator:<id> or investor:<id>` },
);
export type Role = z.infer<typeof roleSchema>;

/** The name somebody signs in with; it signs decisions, so it is never given to somebody else. */
export const accountIdSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9.-]{1,39}$/,
    'small letters, digits, dots and hyphens, a letter first, 2 to 40 of them',
  )
  .refine((account) => account !== SYSTEM_ACTOR, {
    error: '"system" is the product itself; take another name',
  });

const rolesSchema = z.array(roleSchema).min(1).max(16);

/** Somebody who may sign in. */
export const accountSchema = z.strictObject({
  account: accountIdSchema,
  /** As others know this person. */
  name: z.string().trim().min(1).max(128),
  roles: rolesSchema,
  proof: passwordProofSchema,
});
export type Account = z.infer<typeof accountSchema>;

/** The first account is an administrator's; from then on nobody decides who is not signed in. */
const addAccountSchema = z.strictObject({
  decision: z.literal('add-account'),
  ...signed,
  ...accountSchema.shape,
});

/** By the account itself or by an administrator. Whoever is signed in by the old password is signed out. */
const changePasswordSchema = z.strictObject({
  decision: z.literal('change-password'),
  ...signed,
  account: z.string().min(1),
  proof: passwordProofSchema,
});

/** For good: what it signed stays, and its name is not given again. */
const disableAccountSchema = z.strictObject({
  decision: z.literal('disable-account'),
  ...signed,
  account: z.string().min(1),
});

const setRolesSchema = z.strictObject({
  decision: z.literal('set-roles'),
  ...signed,
  account: z.string().min(1),
  roles: rolesSchema,
});

export const accountDecisions = [
  addAccountSchema,
  changePasswordSchema,
  disableAccountSchema,
  setRolesSchema,
] as const;
