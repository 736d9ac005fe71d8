import type { MoneyContractRow } from '../../core/protocol/money-asks.ts';
import { formatCounted, formatTenths } from '../parts/formats.ts';
import { fullDay, utcMoment } from '../parts/times.ts';
import { versionsOf } from './contract-words.ts';
import { vatWords } from './money-words.ts';
import { termsWords } from './terms-words.ts';

/** Every version of a contract's terms, the newest first, each as sentences. */
export function TermsVersions({ row, today }: TermsVersionsProps) {
  return (
    <>
      {versionsOf(row, today).map(({ from, terms, standing }, index) => (
        <div key={index} className="version">
          <p>
            <b>From {fullDay(from)}</b> <span className="muted">{standing}</span>
          </p>
          {termsWords(terms, row.unit).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ))}
    </>
  );
}

interface TermsVersionsProps {
  readonly row: MoneyContractRow;
  readonly today: string;
}

/** What is agreed besides the terms. */
export function ContractFacts({ row }: { readonly row: MoneyContractRow }) {
  const facts = [
    ['Operator', row.operatorName],
    ['Runs', `${fullDay(row.start)} – ${row.end === null ? 'without an end' : fullDay(row.end)}`],
    ['Periods', `monthly from ${fullDay(row.anchor)}, ${row.timezone}`],
    [
      'Tiers, minimum and cap',
      row.scope === 'contract' ? 'on all vehicles together' : 'on each vehicle by itself',
    ],
    [
      'Tax and payment',
      `${vatWords(row.vatRate)}, due ${formatCounted(row.paymentTermsDays, 'day')} after issue`,
    ],
    ['Distance so far', formatTenths(row.tenths, row.unit)],
    [
      'Target',
      row.targetMiles === null ? 'none' : `${row.targetMiles} ${row.unit}; usage is not charged beyond it`,
    ],
  ] as const;
  return (
    <dl className="money-facts">
      {facts.map(([label, words]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Who drives under it, and since when. */
export function ContractVehicles({ row }: { readonly row: MoneyContractRow }) {
  if (row.vehicles.length === 0) return <p className="muted small">No vehicle is under this contract.</p>;
  return (
    <table className="data-table" aria-label="Vehicles of the contract">
      <thead>
        <tr>
          <th scope="col">Registration</th>
          <th scope="col">From</th>
          <th scope="col">Until</th>
        </tr>
      </thead>
      <tbody>
        {row.vehicles.map(({ vehicle, registration, fromMs, toMs }) => (
          <tr key={`${vehicle} ${fromMs}`}>
            <td>{registration}</td>
            <td>{utcMoment(fromMs)}</td>
            <td>{toMs === null ? <span className="muted">still</span> : utcMoment(toMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
