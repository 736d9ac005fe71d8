/** Words in small letters between single spaces, with a space at both ends, so that a phrase is found as whole words. */
export function wordsOf(text: string): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${words} `;
}

/** How banks and people shorten a company's name. */
const LEGAL_FORM = / (ltd|limited|plc|llp|cic) $/;
/** Shorter phrases, and numbers alone, stand in a reference by chance. */
const PHRASE_CHARACTERS_MIN = 3;

export interface OperatorPhrases {
  readonly operator: string;
  readonly phrases: readonly string[];
}

/** What a payment may call each operator: its name without its legal form, and its id. */
export function operatorPhrases(operatorNames: ReadonlyMap<string, string>): OperatorPhrases[] {
  return [...operatorNames].map(([operator, name]) => ({
    operator,
    phrases: [wordsOf(name).replace(LEGAL_FORM, ' '), wordsOf(operator)].filter(
      (phrase) => phrase.trim().length >= PHRASE_CHARACTERS_MIN && /\p{L}/u.test(phrase),
    ),
  }));
}

/** The operators that a text names; one whose name is part of a longer one that is named is not meant. */
export function namedOperators(text: string, operators: readonly OperatorPhrases[]): string[] {
  const words = wordsOf(text);
  const found = operators.flatMap(({ operator, phrases }) =>
    phrases.filter((phrase) => words.includes(phrase)).map((phrase) => ({ operator, phrase })),
  );
  const meant = found.filter(
    ({ phrase }) => !found.some((other) => other.phrase !== phrase && other.phrase.includes(phrase)),
  );
  return [...new Set(meant.map(({ operator }) => operator))];
}
