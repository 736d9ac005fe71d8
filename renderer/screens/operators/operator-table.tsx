import type { OperatorRow } from '../../../core/protocol/money-asks.ts';
import { splitParts } from '../../money/money-words.ts';
import { RowButton } from '../../money/table-parts.tsx';
import { formatCounted, formatPence, formatTenths } from '../../parts/formats.ts';

/** One row an operator, those with the most overdue days first. */
export function OperatorTable({ operators, onOpen }: OperatorTableProps) {
  const sorted = operators.toSorted((a, b) => b.daysPastDue - a.daysPastDue);
  return (
    <table className="data-table" aria-label="Operators">
      <thead>
        <tr>
          <th scope="col">Operator</th>
          <th scope="col" className="number">
            Distance, this month
          </th>
          <th scope="col" className="number">
            Balance
          </th>
          <th scope="col" className="number">
            Overdue
          </th>
          {['Collected', 'Invoiced', 'Accrued', 'Estimated'].map((label) => (
            <th key={label} scope="col" className="number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <OperatorLine key={row.operator} row={row} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface OperatorTableProps {
  readonly operators: readonly OperatorRow[];
  readonly onOpen: (operator: string) => void;
}

function OperatorLine({ row, onOpen }: OperatorLineProps) {
  const isLate = row.overduePence > 0;
  return (
    <tr>
      <td>
        <RowButton onOpen={() => onOpen(row.operator)}>{row.name}</RowButton>
        <span className="money-more">
          {formatCounted(row.vehicles, 'vehicle')}, {formatCounted(row.contracts, 'contract')}
        </span>
      </td>
      <td className="number live">{formatTenths(row.monthTenths, row.unit)}</td>
      <td className="number">{formatPence(row.balancePence)}</td>
      <td className={isLate ? 'number is-due' : 'number muted'}>
        {formatPence(row.overduePence)}
        {isLate && <span className="money-more">◆ {formatCounted(row.daysPastDue, 'day')} past due</span>}
      </td>
      {splitParts(row.money).map(([label, pence]) => (
        <td key={label} className="number live">
          {formatPence(pence)}
        </td>
      ))}
    </tr>
  );
}

interface OperatorLineProps {
  readonly row: OperatorRow;
  readonly onOpen: (operator: string) => void;
}
