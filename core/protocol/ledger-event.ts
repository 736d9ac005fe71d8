import { z } from 'zod';

/**
 * Business events that a person tells the book of, because no packet and no document says them. Money is integer pence,
 * above zero; days are local days of the facility.
 */
const pence = z.number().int().positive().max(1_000_000_000_000);
const name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^:]+$/, 'without a colon');
const day = z.iso.date();
const base = { valueDay: day, reference: z.string().min(1).max(200) };

export const ledgerEventSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('capital-call-paid'), ...base, investor: name, pence }),
  z.strictObject({ event: z.literal('vehicle-bought'), ...base, vehicle: name, pence }),
  z.strictObject({ event: z.literal('deposit-received'), ...base, operator: name, pence }),
  z.strictObject({ event: z.literal('servicing-fee-paid'), ...base, pence }),
  z.strictObject({ event: z.literal('distribution-paid'), ...base, investor: name, pence }),
  /** The loss allowance of an operator is moved to this level. */
  z.strictObject({
    event: z.literal('allowance-set'),
    ...base,
    operator: name,
    levelPence: z.number().int().nonnegative(),
  }),
  /** On a default the deposit pays the oldest open documents. */
  z.strictObject({ event: z.literal('deposit-applied'), ...base, operator: name, pence }),
  z.strictObject({ event: z.literal('recovered'), ...base, operator: name, pence }),
  /** Agreed claim against the insurer; the vehicle leaves the book. */
  z.strictObject({
    event: z.literal('total-loss'),
    ...base,
    vehicle: name,
    claimPence: z.number().int().nonnegative(),
  }),
  z.strictObject({ event: z.literal('insurer-paid'), ...base, vehicle: name, pence }),
  z.strictObject({ event: z.literal('vehicle-sold'), ...base, vehicle: name, pence }),
]);
export type LedgerEvent = z.infer<typeof ledgerEventSchema>;
