import { z } from 'zod';
import { signed } from './signed.ts';

/** The number of a proposal, counted from 1 in a data folder. */
export const proposalIdSchema = z.string().regex(/^P[1-9]\d{0,8}$/, 'a proposal, such as P3');

/** A decision that waits for a second person. It does nothing until then; `actor` of both is who proposed it. */
export function proposeSchemaOf<D extends z.ZodType>(proposed: D) {
  return z.strictObject({
    decision: z.literal('propose'),
    ...signed,
    proposal: proposalIdSchema,
    proposed,
  });
}

/** By another account with the role: the decision takes effect from this record on, signed by both. */
const approveSchema = z.strictObject({
  decision: z.literal('approve'),
  ...signed,
  proposal: proposalIdSchema,
});

const declineSchema = z.strictObject({
  decision: z.literal('decline'),
  ...signed,
  proposal: proposalIdSchema,
});

/** By who proposed it. */
const withdrawSchema = z.strictObject({
  decision: z.literal('withdraw'),
  ...signed,
  proposal: proposalIdSchema,
});

export const settlingDecisions = [approveSchema, declineSchema, withdrawSchema] as const;
