import { parseDecimal } from '../../base/decimal.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Amendment, ContractTerms, Quantity } from '../../protocol/terms.ts';
import { type CellReader, readDay, readDecimal, readPounds } from './read-cell.ts';

/**
 * Terms in a cell. Rates are pence: "30", or in tiers "30 to 1000; 25 to 2000; 20". An amendment names its day and what
 * changes: "2026-07-01: 28; standing 150; minimum 1000 at 20; cap none". What it does not name stays as it was.
 * Several amendments stand between bars.
 */
type Tiers = ContractTerms['tiers'];
type Condition = Exclude<keyof ContractTerms, 'tiers'>;

/** What an amendment says of each condition; null takes it off. */
export interface TermsChange {
  readonly from: string;
  readonly tiers: Tiers | null;
  readonly conditions: Partial<Record<Condition, string | null>>;
}

const TIER = /^(\S+)\s+to\s+(\S+)$/i;

export const readRates: CellReader<Tiers> = (text, hasDecimalComma) =>
  readTiers(partsOf(text, ';'), hasDecimalComma);

function readTiers(parts: readonly string[], hasDecimalComma: boolean): Result<Tiers, string> {
  const tiers: Tiers = [];
  for (const [i, part] of parts.entries()) {
    const [, rateText = part, upToText = null] = TIER.exec(part) ?? [];
    const rate = readDecimal(rateText, hasDecimalComma);
    if (!rate.ok) return fail(`${rate.error} for pence, or in tiers like 30 to 1000; 25 to 2000; 20`);
    const isLast = i === parts.length - 1;
    if (isLast && upToText !== null) return fail(`the last rate has no end; add one after "${part}"`);
    if (!isLast && upToText === null)
      return fail(`"${part}" needs its end, such as "${part} to 1000"; only the last rate has none`);
    const upTo = upToText === null ? ok(null) : readDecimal(upToText, hasDecimalComma);
    if (!upTo.ok) return upTo;
    tiers.push({ upTo: upTo.value, rate: rate.value });
  }
  return ok(tiers);
}

export const readAmendments: CellReader<readonly TermsChange[]> = (text, hasDecimalComma) => {
  const changes: TermsChange[] = [];
  for (const part of partsOf(text, '|')) {
    const change = readChange(part, hasDecimalComma);
    if (!change.ok) return change;
    const before = changes.at(-1)?.from ?? '';
    if (change.value.from < before)
      return fail(`${change.value.from} stands after ${before}; write amendments in the order of their days`);
    changes.push(change.value);
  }
  return ok(changes);
};

function readChange(text: string, hasDecimalComma: boolean): Result<TermsChange, string> {
  const colon = text.indexOf(':');
  if (colon < 0) return fail(`"${text}" needs its first day, such as "2026-07-01: 28"`);
  const from = readDay(text.slice(0, colon), hasDecimalComma);
  if (!from.ok) return from;
  const parts = partsOf(text.slice(colon + 1), ';');
  if (parts.length === 0) return fail(`${from.value} changes nothing; write what, such as "28"`);
  const rates = parts.filter((part) => !/^[a-z]/i.test(part));
  const tiers = rates.length === 0 ? ok(null) : readTiers(rates, hasDecimalComma);
  if (!tiers.ok) return tiers;
  const conditions: Partial<Record<Condition, string | null>> = {};
  for (const part of parts.filter((each) => /^[a-z]/i.test(each))) {
    const named = readCondition(part, hasDecimalComma);
    if (!named.ok) return named;
    Object.assign(conditions, named.value);
  }
  return ok({ from: from.value, tiers: tiers.value, conditions });
}

const MINIMUM = /^minimum\s+(\S+)\s+at\s+(\S+)$/i;
const WORDS = [
  { word: 'standing', condition: 'standing', read: readPounds },
  { word: 'minimum charge', condition: 'minCharge', read: readPounds },
  { word: 'minimum', condition: 'minMiles', read: readDecimal },
  { word: 'cap charge', condition: 'capCharge', read: readPounds },
  { word: 'cap', condition: 'capMiles', read: readDecimal },
] as const;

function readCondition(
  part: string,
  hasDecimalComma: boolean,
): Result<Partial<Record<Condition, string | null>>, string> {
  const [, distance, rate] = MINIMUM.exec(part) ?? [];
  if (distance !== undefined && rate !== undefined) {
    const minMiles = readDecimal(distance, hasDecimalComma);
    const minRate = readDecimal(rate, hasDecimalComma);
    if (!minMiles.ok) return minMiles;
    return minRate.ok ? ok({ minMiles: minMiles.value, minRate: minRate.value }) : minRate;
  }
  const known = WORDS.find(({ word }) => part.toLowerCase().startsWith(`${word} `));
  if (known === undefined)
    return fail(`"${part}" is none of ${WORDS.map(({ word }) => word).join(', ')} with a number, or none`);
  const text = part.slice(known.word.length).trim();
  const value = text.toLowerCase() === 'none' ? ok(null) : known.read(text, hasDecimalComma);
  if (!value.ok) return fail(`${known.word}: ${value.error}`);
  return ok({
    [known.condition]: value.value,
    // A minimum is one thing: its distance, and the rate of that.
    ...(known.condition === 'minMiles' ? { minRate: null } : {}),
  });
}

/** The whole terms that hold from each change on. */
export function amendmentsOf(terms: ContractTerms, changes: readonly TermsChange[]): Amendment[] {
  let before = terms;
  return changes.map(({ from, tiers, conditions }) => {
    const after: Record<string, unknown> = { ...before, tiers: tiers ?? before.tiers };
    for (const [condition, value] of Object.entries(conditions)) {
      if (value === null) delete after[condition];
      else after[condition] = value;
    }
    before = after as ContractTerms;
    return { from, terms: before };
  });
}

export function ratesText(tiers: Tiers): string {
  return tiers
    .map(({ upTo, rate }) =>
      upTo === null ? plainDecimal(rate) : `${plainDecimal(rate)} to ${plainDecimal(upTo)}`,
    )
    .join('; ');
}

/** What each amendment changes of the terms before it; of two on one day the later one stays the later one. */
export function amendmentsText(terms: ContractTerms, amendments: readonly Amendment[]): string {
  let before = terms;
  const texts = amendments
    .toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))
    .map(({ from, terms: after }) => {
      const parts = [ratesText(after.tiers), ...changedConditions(before, after)];
      before = after;
      return `${from}: ${parts.join('; ')}`;
    });
  return texts.join(' | ');
}

function changedConditions(before: ContractTerms, after: ContractTerms): string[] {
  const wordsIn = (terms: ContractTerms): string[] =>
    WORDS.map(({ word, condition }) => {
      const value = terms[condition];
      if (value === undefined) return `${word} none`;
      const rate = condition === 'minMiles' ? terms.minRate : undefined;
      return `${word} ${plainDecimal(value)}${rate === undefined ? '' : ` at ${plainDecimal(rate)}`}`;
    });
  const known = wordsIn(before);
  return wordsIn(after).filter((words, i) => words !== known[i]);
}

/** A quantity without an exponent, which is all that a cell may hold. */
export function plainDecimal(quantity: Quantity): string {
  const text = String(quantity);
  const decimal = parseDecimal(text);
  if (!decimal.ok || !/e/i.test(text)) return text;
  const { digits, scale } = decimal.value;
  const padded = String(digits).padStart(scale + 1, '0');
  return scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function partsOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
