import { z } from 'zod';

/**
 * What a contract charges, as people write it. Rates are pence for one unit, money is pounds, distances are in the
 * contract's unit; all are exact decimals, as text or as a plain JSON number.
 */
export const decimalText = z.string().regex(/^\d+(\.\d+)?$/, 'a plain decimal, such as "12345.6"');
export const quantitySchema = z.union([decimalText, z.number().nonnegative()]);
export type Quantity = z.infer<typeof quantitySchema>;

const tierSchema = z.strictObject({ upTo: quantitySchema.nullable(), rate: quantitySchema });

export const termsSchema = z
  .strictObject({
    /** Graduated: each mile at the rate of its tier (rule B5). The last tier has no end. */
    tiers: z.array(tierSchema).min(1, 'at least one rate').max(20),
    /** Pounds a full period. */
    standing: quantitySchema.optional(),
    /** Distance that is charged at least, at `minRate` or the first tier's rate. */
    minMiles: quantitySchema.optional(),
    minRate: quantitySchema.optional(),
    /** Pounds that usage comes to at least. */
    minCharge: quantitySchema.optional(),
    /** Distance beyond which nothing more is charged. */
    capMiles: quantitySchema.optional(),
    /** Pounds that usage comes to at most. */
    capCharge: quantitySchema.optional(),
  })
  .superRefine((terms, context) => {
    for (const problem of termsProblems(terms)) context.addIssue({ code: 'custom', ...problem });
  });
export type ContractTerms = z.infer<typeof termsSchema>;

interface TermsProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

function termsProblems(terms: {
  readonly tiers: readonly { readonly upTo: Quantity | null }[];
  readonly minMiles?: Quantity | undefined;
  readonly minRate?: Quantity | undefined;
  readonly capMiles?: Quantity | undefined;
  readonly minCharge?: Quantity | undefined;
  readonly capCharge?: Quantity | undefined;
}): TermsProblem[] {
  const problems: TermsProblem[] = [];
  let below = 0;
  terms.tiers.forEach(({ upTo }, i) => {
    const isLast = i === terms.tiers.length - 1;
    const path = ['tiers', i, 'upTo'];
    if (isLast && upTo !== null) problems.push({ path, message: 'the last tier has no end: null' });
    if (!isLast && upTo === null) problems.push({ path, message: 'only the last tier has no end' });
    if (upTo !== null && Number(upTo) <= below)
      problems.push({ path, message: `a tier ends above the one before it, so above ${below}` });
    if (upTo !== null) below = Number(upTo);
  });
  const isAbove = (low: Quantity | undefined, high: Quantity | undefined): boolean =>
    low !== undefined && high !== undefined && Number(low) > Number(high);
  if (isAbove(terms.minMiles, terms.capMiles))
    problems.push({ path: ['minMiles'], message: 'the minimum is above the cap' });
  if (isAbove(terms.minCharge, terms.capCharge))
    problems.push({ path: ['minCharge'], message: 'the minimum charge is above the cap' });
  if (terms.minRate !== undefined && terms.minMiles === undefined)
    problems.push({ path: ['minRate'], message: 'a minimum rate needs a minimum distance, minMiles' });
  return problems;
}

/** From a local day on these terms hold; what was before keeps the terms it had. */
export const amendmentSchema = z.strictObject({ from: z.iso.date(), terms: termsSchema });
export type Amendment = z.infer<typeof amendmentSchema>;
