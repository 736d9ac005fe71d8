import type { ReactNode } from 'react';
import type { FinalDocument, PrintedLine, RatedPeriod } from '../../core/protocol/document.ts';
import { formatPence, formatTenths } from '../parts/formats.ts';
import { documentKindWords, lineWords, vatWords } from './money-words.ts';

/** The lines of a priced period as they are printed, with net, VAT and gross under them. */
export function PrintedLines({ rated, unit, vatRate, act }: PrintedLinesProps) {
  const hasVehicles = rated.lines.some(({ vehicle }) => vehicle !== null);
  const registrations = new Map(rated.vehicles.map(({ vehicle, registration }) => [vehicle, registration]));
  const columns = hasVehicles ? 4 : 3;
  return (
    <table className="data-table" aria-label="Lines">
      <thead>
        <tr>
          <th scope="col">Charge</th>
          {hasVehicles && <th scope="col">Vehicle</th>}
          <th scope="col" className="number">
            Distance
          </th>
          <th scope="col" className="number">
            Rate, pence a {unit === 'mi' ? 'mile' : 'kilometre'}
          </th>
          <th scope="col" className="number">
            Amount
          </th>
          {act !== undefined && <th scope="col" aria-label="Dispute" />}
        </tr>
      </thead>
      <tbody>
        {rated.lines.map((line, index) => (
          <tr key={index}>
            <td>{lineWords(line, rated)}</td>
            {hasVehicles && (
              <td className="nowrap">
                {line.vehicle === null ? 'All' : (registrations.get(line.vehicle) ?? line.vehicle)}
              </td>
            )}
            <td className="number">{line.tenths === null ? '' : formatTenths(line.tenths, unit)}</td>
            <td className="number">{line.ratePence ?? ''}</td>
            <td className="number">{formatPence(line.pence)}</td>
            {act !== undefined && <td className="number">{act(line, index)}</td>}
          </tr>
        ))}
        {rated.lines.length === 0 && (
          <tr>
            <td colSpan={columns + 1} className="muted">
              No line yet: nothing was driven, and no standing charge is due.
            </td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <TotalRow label="Net" columns={columns} hasActs={act !== undefined} pence={rated.netPence} />
        <TotalRow
          label={vatRate === null ? 'VAT' : vatWords(vatRate)}
          columns={columns}
          hasActs={act !== undefined}
          pence={rated.vatPence}
        />
        <TotalRow label="Gross" columns={columns} hasActs={act !== undefined} pence={rated.grossPence} />
      </tfoot>
    </table>
  );
}

interface PrintedLinesProps {
  readonly rated: RatedPeriod;
  readonly unit: 'mi' | 'km';
  /** Null while no document says it. */
  readonly vatRate: string | null;
  /** What may be done about a line, at its end. */
  readonly act?: (line: PrintedLine, index: number) => ReactNode;
}

function TotalRow({ label, columns, hasActs, pence }: TotalRowProps) {
  return (
    <tr>
      <td colSpan={columns}>{label}</td>
      <td className="number">{formatPence(pence)}</td>
      {hasActs && <td aria-label="Nothing to dispute" />}
    </tr>
  );
}

interface TotalRowProps {
  readonly label: string;
  readonly columns: number;
  readonly hasActs: boolean;
  readonly pence: number;
}

/** Of a correction: the period as priced now, what was issued before, and the difference that this document is. */
export function DifferenceTable({ document }: { readonly document: FinalDocument }) {
  const { rated, earlier, vatRate } = document;
  const rows = [
    ['The period as it is priced now', rated.netPence, rated.vatPence] as const,
    ...earlier.map(
      ({ number, netPence, vatPence }) => [`Less ${number}, issued before`, -netPence, -vatPence] as const,
    ),
  ];
  return (
    <table className="data-table" aria-label="What was issued, and the difference">
      <thead>
        <tr>
          <th scope="col">Difference</th>
          <th scope="col" className="number">
            Net
          </th>
          <th scope="col" className="number">
            {vatWords(vatRate)}
          </th>
          <th scope="col" className="number">
            Gross
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, netPence, vatPence]) => (
          <AmountsRow key={label} label={label} netPence={netPence} vatPence={vatPence} />
        ))}
      </tbody>
      <tfoot>
        <AmountsRow
          label={documentKindWords[document.kind]}
          netPence={document.netPence}
          vatPence={document.vatPence}
        />
      </tfoot>
    </table>
  );
}

function AmountsRow({ label, netPence, vatPence }: AmountsRowProps) {
  return (
    <tr>
      <td>{label}</td>
      {[netPence, vatPence, netPence + vatPence].map((pence, column) => (
        <td key={column} className="number">
          {formatPence(pence === 0 ? 0 : pence)}
        </td>
      ))}
    </tr>
  );
}

interface AmountsRowProps {
  readonly label: string;
  readonly netPence: number;
  readonly vatPence: number;
}
