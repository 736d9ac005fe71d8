import { z } from 'zod';

/**
 * Every decision names who took it and why. `actor` is an account, before there is any account the operating-system
 * user, and `system` where the product itself decides, as for a first book. `approver` is the second account, of a
 * decision that needs one.
 */
export const signed = {
  actor: z.string().min(1).max(128),
  reason: z.string().min(1).max(1_000),
  approver: z.string().min(1).max(128).optional(),
};

/** The actor of what the product decides by itself; no account may have this name. */
export const SYSTEM_ACTOR = 'system';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** A chosen password under a slow hash: scrypt, with N as `cost`. */
export const passwordProofSchema = z.strictObject({
  kind: z.literal('password'),
  saltHex: hex(16),
  scryptHex: hex(32),
  cost: z.number().int().positive(),
});
export type PasswordProof = z.infer<typeof passwordProofSchema>;
