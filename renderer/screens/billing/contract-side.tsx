import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { MoneyContractRow } from '../../../core/protocol/money-asks.ts';
import { vatWords } from '../../money/money-words.ts';
import { termsWords } from '../../money/terms-words.ts';
import { formatTenths } from '../../parts/formats.ts';
import { fullDay, utcMoment } from '../../parts/times.ts';
import { AmendDialog } from './amend-dialog.tsx';
import { versionsOf } from './contract-words.ts';

/** A contract: its terms, version by version, and who drives under it. */
export function ContractSide({ row, today, onClose }: ContractSideProps) {
  const [isAmending, setAmending] = useState(false);
  return (
    <aside className="money-side" aria-label="Contract">
      <div className="money-side__head">
        <h2>{row.contract}</h2>
        <Button size="xs" variant="default" onClick={() => setAmending(true)}>
          Amend…
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label="Close the panel"
          title="Close the panel (Esc)"
          onClick={onClose}
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </div>
      <ContractFacts row={row} />
      <section aria-label="Terms">
        <h3>Terms, newest first</h3>
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
      </section>
      <section aria-label="Vehicles">
        <h3>Vehicles</h3>
        <ContractVehicles row={row} />
      </section>
      {isAmending && <AmendDialog row={row} today={today} onClose={() => setAmending(false)} />}
    </aside>
  );
}

interface ContractSideProps {
  readonly row: MoneyContractRow;
  readonly today: string;
  readonly onClose: () => void;
}

function ContractFacts({ row }: { readonly row: MoneyContractRow }) {
  const facts = [
    ['Operator', row.operatorName],
    ['Runs', `${fullDay(row.start)} – ${row.end === null ? 'without an end' : fullDay(row.end)}`],
    ['Periods', `monthly from ${fullDay(row.anchor)}, ${row.timezone}`],
    [
      'Tiers, minimum and cap',
      row.scope === 'contract' ? 'on all vehicles together' : 'on each vehicle by itself',
    ],
    ['Tax and payment', `${vatWords(row.vatRate)}, due ${row.paymentTermsDays} days after issue`],
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
