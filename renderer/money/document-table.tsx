import type { DocumentRow } from '../../core/protocol/money-asks.ts';
import { formatPence } from '../parts/formats.ts';
import { fullDay, periodDays } from '../parts/times.ts';
import { documentKindWords, documentLooks, dueWords } from './money-words.ts';
import { RowButton, StateMark } from './table-parts.tsx';

/** Documents as a list, each opening its page. */
export function DocumentTable({ documents, onOpen }: DocumentTableProps) {
  return (
    <table className="data-table" aria-label="Documents">
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Operator</th>
          <th scope="col">Period</th>
          <th scope="col">Issued</th>
          <th scope="col">Status</th>
          <th scope="col" className="number">
            Net
          </th>
          <th scope="col" className="number">
            Gross
          </th>
          <th scope="col" className="number">
            Not paid yet
          </th>
        </tr>
      </thead>
      <tbody>
        {documents.map((row) => (
          <DocumentLine key={row.number} row={row} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface DocumentTableProps {
  readonly documents: readonly DocumentRow[];
  readonly onOpen: (number: string) => void;
}

interface DocumentLineProps {
  readonly row: DocumentRow;
  readonly onOpen: (number: string) => void;
}

function DocumentLine({ row, onOpen }: DocumentLineProps) {
  return (
    <tr>
      <td>
        <RowButton onOpen={() => onOpen(row.number)}>{row.number}</RowButton>
        <span className="money-more">
          {documentKindWords[row.kind]}
          {row.isProvisional && ', provisional'}
        </span>
      </td>
      <td>
        {row.operatorName}
        <span className="money-more">{row.contract}</span>
      </td>
      <td>{periodDays(row.startDay, row.endDay)}</td>
      <td>
        {fullDay(row.issuedDay)}
        {row.openPence !== 0 && <span className="money-more">{dueWords(row)}</span>}
      </td>
      <td>
        <StateMark look={documentLooks[row.status]} />
        {row.dunning !== null && row.openPence > 0 && <span className="money-more">{row.dunning}</span>}
      </td>
      <td className="number">{formatPence(row.netPence)}</td>
      <td className="number">{formatPence(row.grossPence)}</td>
      <td className="number">{formatPence(row.openPence)}</td>
    </tr>
  );
}
