import { must } from '../../base/assert.ts';
import type { World } from '../../fold/world.ts';
import type { Book } from '../../protocol/book.ts';
import type { CsvProblem } from '../csv-lines.ts';
import type { ContractRow } from './contract-columns.ts';
import { rowsBy } from './rows-by.ts';

export interface GatheredOperator {
  readonly line: number;
  readonly operator: Book['operators'][number];
}

/** The operators whose name the book does not have; a row may leave out a name that another row, or the book, says. */
export function gatherOperators(
  world: World,
  rows: readonly ContractRow[],
  problems: CsvProblem[],
): GatheredOperator[] {
  const byOperator = rowsBy(rows, ({ values }) => must(values.operator_id, 'a required column'));
  return [...byOperator].flatMap(([id, ofOperator]) => {
    const first = must(ofOperator[0], 'a group has a row');
    const [naming, ...others] = ofOperator.filter(({ values }) => values.operator_name !== null);
    const known = world.operatorNames.get(id) ?? null;
    const name = naming?.values.operator_name ?? known;
    for (const { line, values } of others)
      if (values.operator_name !== name)
        problems.push({
          line,
          field: 'operator_name',
          problem: `operator "${id}" is called "${name}" on line ${naming?.line}`,
        });
    if (name === null) {
      const problem = `it is empty, and "${id}" is a new operator`;
      problems.push({ line: first.line, field: 'operator_name', problem });
    }
    return name === null || name === known ? [] : [{ line: (naming ?? first).line, operator: { id, name } }];
  });
}
