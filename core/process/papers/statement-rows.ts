import type { Statement, StatementLine } from '../../protocol/statement.ts';
import { dataSha256Hex } from './data-hash.ts';
import type { FileColumn, FileTable } from './file-table.ts';

/** The opening balance, every movement, the closing balance. */
interface StatementRow extends StatementLine {
  readonly statement: Statement;
  readonly dataSha256Hex: string;
  readonly place: number;
  readonly kind: 'opening' | 'movement' | 'closing';
}

export function statementTable(statement: Statement): FileTable<StatementRow> {
  const { firstDay, lastDay, openingPence, closingPence, lines } = statement;
  const edge = { number: null, pence: 0 };
  const rows = [
    {
      ...edge,
      kind: 'opening',
      day: firstDay,
      words: 'Opening balance',
      balancePence: openingPence,
    } as const,
    ...lines.map((line) => ({ ...line, kind: 'movement' }) as const),
    { ...edge, kind: 'closing', day: lastDay, words: 'Closing balance', balancePence: closingPence } as const,
  ];
  const hash = dataSha256Hex(statement);
  return {
    columns: statementColumns,
    rows: rows.map((row, i) => ({ ...row, statement, dataSha256Hex: hash, place: i + 1 })),
  };
}

const statementColumns: readonly FileColumn<StatementRow>[] = [
  { name: 'facility_id', type: 'text', value: ({ statement }) => statement.facility.id },
  { name: 'facility_name', type: 'text', value: ({ statement }) => statement.facility.name },
  { name: 'operator_id', type: 'text', value: ({ statement }) => statement.operator.id },
  { name: 'operator_name', type: 'text', value: ({ statement }) => statement.operator.name },
  { name: 'line', type: 'whole', value: ({ place }) => place },
  { name: 'line_kind', type: 'text', value: ({ kind }) => kind },
  { name: 'day', type: 'day', value: ({ day }) => day },
  { name: 'words', type: 'text', value: ({ words }) => words },
  { name: 'number', type: 'text', value: ({ number }) => number },
  { name: 'amount_pence', type: 'whole', value: ({ pence }) => pence },
  { name: 'balance_pence', type: 'whole', value: ({ balancePence }) => balancePence },
  { name: 'currency', type: 'text', value: ({ statement }) => statement.currency },
  { name: 'is_simulated', type: 'flag', value: ({ statement }) => statement.isSimulated },
  { name: 'as_of', type: 'moment', value: ({ statement }) => statement.asOf.receivedAtMs },
  { name: 'journal_position', type: 'whole', value: ({ statement }) => statement.asOf.position },
  { name: 'data_sha256', type: 'text', value: (row) => row.dataSha256Hex },
];
