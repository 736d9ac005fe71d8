import { z } from 'zod';
import { isTimeZone } from '../base/calendar.ts';
import { micrometresFromText } from '../base/distance.ts';
import { SOURCE_RANK, type ReadingSource } from '../metering/series.ts';
import { amendmentSchema, decimalText, quantitySchema, termsSchema } from '../protocol/terms.ts';

const instant = z.iso.datetime({ offset: true });
const id = z.string().min(1);
const unit = z.enum(['mi', 'km']);

const sources = Object.keys(SOURCE_RANK) as [ReadingSource, ...ReadingSource[]];

/** One billing case as `milepost bill` takes it: a contract, the readings of its vehicles, and the periods to rate. */
export const billCaseSchema = z.object({
  contract: z.object({
    timezone: z
      .string()
      .refine(isTimeZone, 'an IANA time zone, such as Europe/London')
      .default('Europe/London'),
    unit: unit.default('mi'),
    anchor: z.iso.date(),
    start: z.iso.date(),
    end: z.iso.date().optional(),
    assignments: z.array(z.object({ vehicle: id, from: instant, to: instant.optional() })),
    terms: termsSchema,
    amendments: z.array(amendmentSchema).optional(),
    targetMiles: quantitySchema.optional(),
    vatRate: quantitySchema.optional(),
  }),
  readings: z.array(
    z.object({
      id,
      vehicle: id,
      at: instant,
      received: instant.optional(),
      value: decimalText,
      unit,
      source: z.enum(sources),
    }),
  ),
  replacements: z
    .array(
      z.object({
        vehicle: id,
        at: instant,
        received: instant.optional(),
        closing: decimalText,
        opening: decimalText,
        unit,
        /** The app asks two people; here one name is enough. */
        approvedBy: z.string().min(1),
      }),
    )
    .default([]),
  periods: z.array(z.object({ period: z.number().int(), asOf: instant.optional() })),
});
export type BillCase = z.infer<typeof billCaseSchema>;

/** Why a case cannot be rated: which field, and what is wrong with it. */
export interface CaseProblem {
  readonly ok: false;
  readonly field: string;
  readonly problem: string;
}

/** Reads a case, and holds it against what its shape cannot say. */
export function readBillCase(input: unknown): { readonly ok: true; readonly value: BillCase } | CaseProblem {
  const parsed = billCaseSchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, field: issue?.path.join('.') ?? '', problem: issue?.message ?? 'not a billing case' };
  }
  return assignedTwice(parsed.data) ?? outOfRange(parsed.data) ?? { ok: true, value: parsed.data };
}

/** One vehicle assigned twice at once would be charged twice. */
function assignedTwice({ contract: { assignments } }: BillCase): CaseProblem | null {
  for (const [i, a] of assignments.entries()) {
    const toMs = untilMs(a.to);
    if (toMs <= Date.parse(a.from))
      return {
        ok: false,
        field: `contract.assignments.${i}.to`,
        problem: 'the assignment ends before it begins',
      };
    for (const b of assignments.slice(0, i)) {
      if (a.vehicle !== b.vehicle) continue;
      if (Date.parse(a.from) < untilMs(b.to) && Date.parse(b.from) < toMs)
        return {
          ok: false,
          field: `contract.assignments.${i}`,
          problem: `"${a.vehicle}" is assigned twice at one time; end the one before at ${a.from} or earlier`,
        };
    }
  }
  return null;
}

function outOfRange({ readings, replacements }: BillCase): CaseProblem | null {
  for (const [i, { value, unit: of }] of readings.entries())
    if (!micrometresFromText(value, of).ok)
      return {
        ok: false,
        field: `readings.${i}.value`,
        problem: `${value} ${of} is more than any odometer shows`,
      };
  for (const [i, { opening, closing, unit: of }] of replacements.entries())
    for (const [field, value] of [
      ['opening', opening],
      ['closing', closing],
    ] as const)
      if (!micrometresFromText(value, of).ok)
        return {
          ok: false,
          field: `replacements.${i}.${field}`,
          problem: `${value} ${of} is more than any odometer shows`,
        };
  return null;
}

/** When an assignment ends, epoch milliseconds; Infinity while it goes on. */
export function untilMs(to: string | undefined): number {
  return to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
}
