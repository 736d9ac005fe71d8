import type { Ageing, Statement } from '../../../core/protocol/statement.ts';
import { formatPence } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';
import { ageingParts, barPercents } from './operator-words.ts';

/** What was owed, added and paid, line by line, with what is owed after each. */
export function StatementTable({ statement }: { readonly statement: Statement }) {
  const { firstDay, lastDay, openingPence, closingPence, lines } = statement;
  return (
    <table className="data-table" aria-label="Statement">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">What</th>
          <th scope="col">Number</th>
          <th scope="col" className="number">
            Amount
          </th>
          <th scope="col" className="number">
            Owed
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{fullDay(firstDay)}</td>
          <td colSpan={3}>Owed at the beginning</td>
          <td className="number">{formatPence(openingPence)}</td>
        </tr>
        {lines.map((line, index) => (
          <tr key={`${line.number} ${index}`}>
            <td>{fullDay(line.day)}</td>
            <td>{line.words}</td>
            <td className="money-any">{line.number}</td>
            <td className="number">{formatPence(line.pence)}</td>
            <td className="number">{formatPence(line.balancePence)}</td>
          </tr>
        ))}
        {lines.length === 0 && (
          <tr>
            <td colSpan={5} className="muted">
              Nothing was invoiced or paid in these days.
            </td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <td>{fullDay(lastDay)}</td>
          <td colSpan={3}>Owed at the end, VAT included</td>
          <td className="number">{formatPence(closingPence)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** What is unpaid at the end by how late it is. */
export function AgeingTable({ ageing, lastDay }: { readonly ageing: Ageing; readonly lastDay: string }) {
  const parts = ageingParts(ageing);
  const percents = barPercents(parts);
  const sum = parts.reduce((total, [, pence]) => total + pence, 0);
  return (
    <table className="data-table ageing" aria-label="Ageing">
      <thead>
        <tr>
          <th scope="col">Unpaid on {fullDay(lastDay)}, past due</th>
          <th scope="col" aria-label="Bar" />
          <th scope="col" className="number">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(([label, pence, mustAct], index) => (
          <tr key={label}>
            <td>{label}</td>
            <td className="ageing__cell" aria-hidden="true">
              <div
                className={mustAct ? 'ageing__bar ageing__bar--late' : 'ageing__bar'}
                style={{ width: `${percents[index] ?? 0}%` }}
              />
            </td>
            <td className="number">{formatPence(pence)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>Together, invoiced and not paid</td>
          <td className="number">{formatPence(sum)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
