import { Modal } from '@mantine/core';
import type { InvestorEntries } from '../../../core/protocol/link.ts';
import { useAsk } from '../../link/use-ask.ts';
import { formatCount, formatPence, formatTenths } from '../../parts/formats.ts';
import { dayWords, utcInstant } from '../../parts/times.ts';
import { wordsOfAccount } from '../charge/entry-table.tsx';

/** The entries behind one point of a chart: the ledger's sets, what is still accruing, and each vehicle's part. */
export function DayDialog({ day, onClose }: { readonly day: string; readonly onClose: () => void }) {
  const { answer, problem } = useAsk('investor.entries', { day }, null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Entries behind ${dayWords(day)}`}
      size="min(980px, 94vw)"
      classNames={{ title: 'charge__title', body: 'charge' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {problem !== null && <p>The entries cannot be shown: {problem}.</p>}
      {answer === undefined ? <p className="muted">Reading the ledger…</p> : <Entries entries={answer} />}
    </Modal>
  );
}

function Entries({ entries }: { readonly entries: InvestorEntries }) {
  return (
    <>
      <section className="charge__step charge__step--first">
        <h3>Ledger entries</h3>
        <LedgerTable entries={entries.entries} />
      </section>
      <section className="charge__step">
        <h3>Vehicles</h3>
        <VehicleTable vehicles={entries.vehicles} />
      </section>
    </>
  );
}

function LedgerTable({ entries }: { readonly entries: InvestorEntries['entries'] }) {
  if (entries.length === 0) return <p className="muted small">No entry for this day.</p>;
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">Set</th>
          <th scope="col">Contract</th>
          <th scope="col">Operator</th>
          <th scope="col">Account</th>
          <th scope="col">Posted</th>
          <th scope="col" className="number">
            Debit, − credit
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.set} ${entry.contract} ${entry.account}`}>
            <td className="mono">{entry.set}</td>
            <td>{entry.contract}</td>
            <td>{entry.operator}</td>
            <td>{wordsOfAccount(entry.account)}</td>
            <td>{entry.postedAtMs === null ? 'not yet' : utcInstant(entry.postedAtMs)}</td>
            <td className="number">{formatPence(entry.pence)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function VehicleTable({ vehicles }: { readonly vehicles: InvestorEntries['vehicles'] }) {
  const sum = (pick: (one: InvestorEntries['vehicles'][number]) => number): number =>
    vehicles.reduce((all, one) => all + pick(one), 0);
  const driven = vehicles.filter((one) => one.tenths !== 0).toSorted((a, b) => b.pence - a.pence);
  return (
    <>
      <p className="muted small">
        {formatCount(driven.length)} of {formatCount(vehicles.length)} vehicles drove. A contract’s entry is
        priced on its sum, so the vehicles’ pence, each rounded by itself, may differ from it by a few.
      </p>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Registration</th>
            <th scope="col" className="number">
              Distance
            </th>
            <th scope="col" className="number">
              Price
            </th>
          </tr>
        </thead>
        <tbody>
          {driven.map((one) => (
            <tr key={one.vehicle}>
              <td>{one.registration}</td>
              <td className="number">{formatTenths(one.tenths, 'mi')}</td>
              <td className="number">{formatPence(one.pence)}</td>
            </tr>
          ))}
          <tr className="is-total">
            <td>All</td>
            <td className="number">
              {formatTenths(
                sum((one) => one.tenths),
                'mi',
              )}
            </td>
            <td className="number">{formatPence(sum((one) => one.pence))}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
