import { must } from '../../base/assert.ts';
import { openPence } from '../../billing/document-book.ts';
import type { World } from '../../fold/world.ts';
import type { ReceiptMatch } from '../../protocol/money-decision.ts';

export interface OpenDocument {
  readonly number: string;
  readonly operator: string;
  openPence: number;
}

/**
 * Sums are looked for among so many of an operator's oldest open documents: every one more doubles the sums, and the more
 * there are, the more come to an amount by chance.
 */
const SUMMED_MAX = 12;

/** What is open of every document, less what suggestions have taken. */
export class OpenDocuments {
  readonly #byNumber = new Map<string, OpenDocument>();
  /** Oldest first. */
  readonly #byOperator = new Map<string, OpenDocument[]>();
  readonly #sums = new Map<string, ReadonlyMap<number, readonly OpenDocument[] | 'several'>>();

  constructor({ money }: World) {
    for (const state of money.documents.values()) {
      const { number, operator } = state.document;
      const open = { number, operator: operator.id, openPence: Math.max(0, openPence(state)) };
      this.#byNumber.set(number, open);
      const ofOperator = this.#byOperator.get(operator.id);
      if (ofOperator === undefined) this.#byOperator.set(operator.id, [open]);
      else ofOperator.push(open);
    }
  }

  named(number: string): OpenDocument | null {
    return this.#byNumber.get(number) ?? null;
  }

  get operators(): readonly string[] {
    return [...this.#byOperator.keys()];
  }

  /** With something left to pay, oldest first. */
  of(operator: string): readonly OpenDocument[] {
    return (this.#byOperator.get(operator) ?? []).filter((document) => document.openPence > 0);
  }

  /** Takes what is open of the document, or what there is. */
  take(document: OpenDocument, pence: number): ReceiptMatch {
    const taken = Math.min(document.openPence, pence);
    document.openPence -= taken;
    this.#sums.delete(document.operator);
    return { document: document.number, pence: taken };
  }

  /** Two or more of an operator's documents whose open amounts come to this, `several` when there are several such. */
  summing(operator: string, pence: number): readonly OpenDocument[] | 'several' | null {
    if (!this.#sums.has(operator)) this.#sums.set(operator, sumsOf(this.of(operator).slice(0, SUMMED_MAX)));
    return must(this.#sums.get(operator), 'it was just set').get(pence) ?? null;
  }
}

function sumsOf(documents: readonly OpenDocument[]): Map<number, readonly OpenDocument[] | 'several'> {
  let subsets: (readonly OpenDocument[])[] = [[]];
  for (const document of documents) subsets = [...subsets, ...subsets.map((subset) => [...subset, document])];
  const sums = new Map<number, readonly OpenDocument[] | 'several'>();
  for (const subset of subsets) {
    if (subset.length < 2) continue;
    const sum = subset.reduce((total, document) => total + document.openPence, 0);
    sums.set(sum, sums.has(sum) ? 'several' : subset);
  }
  return sums;
}
