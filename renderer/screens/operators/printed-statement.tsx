import type { Statement } from '../../../core/protocol/statement.ts';
import { footOfStatement, statementTitle } from '../../money/print-words.ts';
import { PrintedPaper } from '../../money/printed-paper.tsx';
import { formatPence } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';
import { AgeingTable, StatementTable } from './statement-tables.tsx';

/** A statement of account on paper. */
export function PrintedStatement({ statement }: { readonly statement: Statement }) {
  const { facility, lastDay, closingPence, ageing, isSimulated, timezone } = statement;
  return (
    <PrintedPaper
      title={statementTitle(statement)}
      isSimulated={isSimulated}
      figure={[`Owed on ${fullDay(lastDay)}, VAT included`, formatPence(closingPence)]}
      foot={footOfStatement(statement)}
    >
      <p>
        From {facility.name}. Days are those of {timezone}.
      </p>
      <h2>What was invoiced and paid</h2>
      <StatementTable statement={statement} />
      <h2>What is unpaid</h2>
      <AgeingTable ageing={ageing} lastDay={lastDay} />
    </PrintedPaper>
  );
}
