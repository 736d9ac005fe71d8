import type { World } from '../../fold/world.ts';
import type { ReceiptMatch } from '../../protocol/money-decision.ts';
import { namedOperators, operatorPhrases } from './named-operators.ts';
import { type OpenDocument, OpenDocuments } from './open-documents.ts';
import type { BankPayment } from './read-bank-line.ts';
import { rowsBy } from './rows-by.ts';

/** Which documents a payment pays, and why each; with no match `because` is the one reason why there is none. */
export interface Suggestion {
  readonly matches: readonly ReceiptMatch[];
  readonly because: readonly string[];
}

interface Asked {
  readonly payment: BankPayment;
  /** Operators that the payer or the reference names. */
  readonly named: readonly string[];
}

/** Null where a rule has nothing to say. */
type Rule = (asked: Asked) => Suggestion | null;

/**
 * Suggests what payments pay, a rule after another over all of them, so that no weaker reason takes what a better one
 * needs. What is open is suggested once; between two equally good ones nothing is.
 */
export function suggestMatches(world: World, payments: readonly BankPayment[]): Suggestion[] {
  const open = new OpenDocuments(world);
  const phrases = operatorPhrases(world.operatorNames);
  const asked = payments.map((payment) => ({
    payment,
    named: namedOperators(`${payment.payer} / ${payment.reference}`, phrases),
  }));
  const suggested = new Map<Asked, Suggestion>();
  const nameOf = (operator: string): string => world.operatorNames.get(operator) ?? operator;
  for (const ruleOf of [byNumber, byNameAndAmount, byName, byAmount, bySum]) {
    const waiting = asked.filter((each) => !suggested.has(each));
    const rule = ruleOf(open, nameOf, waiting);
    for (const each of waiting) {
      const suggestion = rule(each);
      if (suggestion !== null) suggested.set(each, suggestion);
    }
  }
  return asked.map((each) => suggested.get(each) ?? nothing(noReason(each, nameOf)));
}

type RuleOf = (open: OpenDocuments, nameOf: (operator: string) => string, waiting: readonly Asked[]) => Rule;

function nothing(reason: string): Suggestion {
  return { matches: [], because: [reason] };
}

function noReason({ named }: Asked, nameOf: (operator: string) => string): string {
  return named.length > 1
    ? `it may be of ${named.map(nameOf).join(' or of ')}`
    : 'it names no document and no operator, and nothing open comes to exactly this';
}

const NUMBER = /(?<![A-Z])([A-Z]{2,4})[ -]?(\d{6})(?!\d)/g;

/** The documents that the reference names, in its order, until the money is used. */
const byNumber: RuleOf = (open) => (asked) => {
  const { payer, reference, pence } = asked.payment;
  const numbers = [...`${reference} / ${payer}`.toUpperCase().matchAll(NUMBER)].map(
    ([, prefix, digits]) => `${prefix}-${digits}`,
  );
  const documents = [...new Set(numbers)].flatMap((number) => open.named(number) ?? []);
  if (documents.length === 0) return null;
  const payable = documents.filter((document) => document.openPence > 0);
  if (payable.length === 0) return nothing(`it names ${numbersOf(documents)}, of which nothing more is open`);
  return paying(open, payable, pence, ({ number }) => `the reference names ${number}`);
};

/** Of the one operator that it names, the oldest document of exactly this amount. */
const byNameAndAmount: RuleOf = (open, nameOf) => (asked) => {
  const operator = onlyOne(asked.named);
  if (operator === null) return null;
  const { pence } = asked.payment;
  const document = open.of(operator).find((each) => each.openPence === pence);
  if (document === undefined) return null;
  return paying(
    open,
    [document],
    pence,
    ({ number }) => `it names ${nameOf(operator)}, and is exactly what is open of ${number}`,
  );
};

/** Of the one operator that it names, the oldest documents until the money is used. */
const byName: RuleOf = (open, nameOf) => (asked) => {
  const operator = onlyOne(asked.named);
  if (operator === null) return null;
  const documents = open.of(operator);
  if (documents.length === 0) return nothing(`it names ${nameOf(operator)}, which owes nothing more`);
  return paying(
    open,
    documents,
    asked.payment.pence,
    ({ number }, i) =>
      `it names ${nameOf(operator)}, whose ${i === 0 ? '' : 'next '}oldest open document is ${number}`,
  );
};

/** The only document of exactly this amount, when this is the only payment of it. */
const byAmount: RuleOf = (open, _, waiting) => {
  const rivals = rowsBy(waiting, ({ payment }) => payment.pence);
  return (asked) => {
    const { pence } = asked.payment;
    const documents = operatorsOf(open, asked).flatMap((operator) =>
      open.of(operator).filter((document) => document.openPence === pence),
    );
    if (documents.length === 0) return null;
    if (documents.length > 1) return nothing(`${numbersOf(documents)} are each open with exactly this`);
    const others = (rivals.get(pence) ?? []).filter((each) => each !== asked);
    if (others.length > 0)
      return nothing(
        `${numbersOf(documents)} is open with exactly this, and ${linesOf(others)} may pay it too`,
      );
    return paying(
      open,
      documents,
      pence,
      ({ number }) => `it is exactly what is open of ${number}, and of no other document`,
    );
  };
};

/** The only documents of one operator that together come to exactly this, when this is the only payment of it. */
const bySum: RuleOf = (open, nameOf, waiting) => {
  const rivals = rowsBy(waiting, ({ payment }) => payment.pence);
  return (asked) => {
    const { pence } = asked.payment;
    const sums = operatorsOf(open, asked).flatMap((operator) => {
      const documents = open.summing(operator, pence);
      return documents === null ? [] : [{ operator, documents }];
    });
    const [first, ...otherSums] = sums;
    if (first === undefined) return null;
    const { operator, documents } = first;
    if (documents === 'several' || otherSums.length > 0)
      return nothing('open documents come to exactly this in several ways');
    const others = (rivals.get(pence) ?? []).filter((each) => each !== asked);
    if (others.length > 0)
      return nothing(`${numbersOf(documents)} come to exactly this, and ${linesOf(others)} may pay them too`);
    const words = `${numbersOf(documents)} of ${nameOf(operator)} come to exactly this`;
    return paying(open, documents, pence, () => words);
  };
};

/** Those it may be of: whom it names, or, when it names nobody, everybody. */
function operatorsOf(open: OpenDocuments, { named }: Asked): readonly string[] {
  return named.length > 0 ? named : open.operators;
}

function onlyOne(named: readonly string[]): string | null {
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** As many as one receipt may have. */
const MATCHES_MAX = 1_000;

function paying(
  open: OpenDocuments,
  documents: readonly OpenDocument[],
  pence: number,
  because: (document: OpenDocument, i: number) => string,
): Suggestion {
  const suggestion = { matches: [] as ReceiptMatch[], because: [] as string[] };
  let left = pence;
  for (const [i, document] of documents.slice(0, MATCHES_MAX).entries()) {
    if (left === 0) break;
    const match = open.take(document, left);
    left -= match.pence;
    suggestion.matches.push(match);
    suggestion.because.push(because(document, i));
  }
  return suggestion;
}

function numbersOf(documents: readonly OpenDocument[]): string {
  return documents.map(({ number }) => number).join(' and ');
}

function linesOf(asked: readonly Asked[]): string {
  return asked.map(({ payment }) => `line ${payment.line}`).join(' and ');
}
