import { fail, ok, type Result } from '../../../core/base/result.ts';
import { type ContractTerms, termsSchema } from '../../../core/protocol/terms.ts';
import type { Problems } from '../../link/use-decide.ts';
import { DECIMAL_PROBLEM, parseDecimal } from '../../money/typed-money.ts';

/** Terms as they stand in fields: everything is text, and what is left empty is not agreed. */
export interface TermsDraft {
  /** The last tier has no end, whatever stands there. */
  readonly tiers: readonly { readonly upTo: string; readonly rate: string }[];
  readonly standing: string;
  readonly minMiles: string;
  readonly minRate: string;
  readonly minCharge: string;
  readonly capMiles: string;
  readonly capCharge: string;
}

export const optionalTerms = [
  'standing',
  'minMiles',
  'minRate',
  'minCharge',
  'capMiles',
  'capCharge',
] as const;

/** A flat rate that nobody has typed yet. */
export const emptyTerms: TermsDraft = {
  tiers: [{ upTo: '', rate: '' }],
  standing: '',
  minMiles: '',
  minRate: '',
  minCharge: '',
  capMiles: '',
  capCharge: '',
};

/** The fields of the tiers there are: each shows its own problem. */
export function tierFields({ tiers }: TermsDraft): readonly string[] {
  return tiers.flatMap((_, i) => [`tiers.${i}.upTo`, `tiers.${i}.rate`]);
}

export function draftOfTerms(terms: ContractTerms): TermsDraft {
  const text = (value: string | number | null | undefined): string =>
    value === null || value === undefined ? '' : String(value);
  return {
    tiers: terms.tiers.map(({ upTo, rate }) => ({ upTo: text(upTo), rate: text(rate) })),
    standing: text(terms.standing),
    minMiles: text(terms.minMiles),
    minRate: text(terms.minRate),
    minCharge: text(terms.minCharge),
    capMiles: text(terms.capMiles),
    capCharge: text(terms.capCharge),
  };
}

/** The terms as they are agreed, or what is wrong with them by field: "tiers.0.rate", "minMiles". */
export function termsOfDraft(draft: TermsDraft): Result<ContractTerms, Problems> {
  const problems: Record<string, string> = {};
  const read = (field: string, text: string): string => {
    const decimal = parseDecimal(text);
    if (decimal === null) problems[field] = DECIMAL_PROBLEM;
    return decimal ?? '0';
  };
  const last = draft.tiers.length - 1;
  const tiers = draft.tiers.map(({ upTo, rate }, i) => ({
    upTo: i === last ? null : read(`tiers.${i}.upTo`, upTo),
    rate: read(`tiers.${i}.rate`, rate),
  }));
  const others = optionalTerms
    .filter((field) => draft[field].trim() !== '')
    .map((field) => [field, read(field, draft[field])] as const);
  if (Object.keys(problems).length > 0) return fail(problems);
  const parsed = termsSchema.safeParse({ tiers, ...Object.fromEntries(others) });
  if (parsed.success) return ok(parsed.data);
  return fail(Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message])));
}
