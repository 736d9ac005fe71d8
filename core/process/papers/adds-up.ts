import { assert } from '../../base/assert.ts';
import type { FinalDocument } from '../../protocol/document.ts';
import type { Statement } from '../../protocol/statement.ts';

/** A paper that a reader with a pencil could prove wrong is our own mistake, and is not printed. */
export function assertDocumentAddsUp(document: FinalDocument): void {
  const { number, rated, earlier } = document;
  const sums: readonly (readonly [string, number, number])[] = [
    ['the lines and the net amount', sumOf(rated.lines, (line) => line.pence), rated.netPence],
    ['net, VAT and gross of the period', rated.netPence + rated.vatPence, rated.grossPence],
    ['the distances of the vehicles', sumOf(rated.vehicles, (usage) => usage.tenths), rated.tenths],
    ['net and what was issued', rated.netPence - sumOf(earlier, (one) => one.netPence), document.netPence],
    ['VAT and what was issued', rated.vatPence - sumOf(earlier, (one) => one.vatPence), document.vatPence],
    ['net, VAT and gross', document.netPence + document.vatPence, document.grossPence],
  ];
  for (const [what, sum, printed] of sums)
    assert(sum === printed, `${number}: ${what} do not add up: ${sum}, printed ${printed}`);
}

export function assertStatementAddsUp(statement: Statement): void {
  const { operator, openingPence, lines, closingPence, ageing } = statement;
  let balancePence = openingPence;
  for (const line of lines) {
    balancePence += line.pence;
    assert(
      balancePence === line.balancePence,
      `statement of ${operator.id}: the balance at ${line.words}, ${line.day}, is ${balancePence}, not ${line.balancePence}`,
    );
  }
  const aged = sumOf(Object.values(ageing), (pence) => pence);
  assert(
    balancePence === closingPence && aged === closingPence,
    `statement of ${operator.id}: closes at ${closingPence}, its lines at ${balancePence}, its ageing at ${aged}`,
  );
}

function sumOf<T>(values: readonly T[], amountOf: (value: T) => number): number {
  return values.reduce((sum, value) => sum + amountOf(value), 0);
}
