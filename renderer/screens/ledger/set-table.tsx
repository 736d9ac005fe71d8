import { useState } from 'react';
import type { BalanceRow, SetRow } from '../../../core/protocol/money-asks.ts';
import { RowButton } from '../../money/table-parts.tsx';
import { formatPence } from '../../parts/formats.ts';
import { fullDay, utcMoment } from '../../parts/times.ts';
import { accountWords } from './balance-groups.ts';
import { eventWords, movedPence } from './set-words.ts';

/** Sets of entries; one opens to its entries and to who posted it. */
export function SetTable({ sets, balances, account, onSubject }: SetTableProps) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <table className="data-table" aria-label="Sets">
      <thead>
        <tr>
          <th scope="col">Value day</th>
          <th scope="col">What happened</th>
          <th scope="col" className="number">
            {account === null ? 'Moved' : 'Debit, − credit'}
          </th>
        </tr>
      </thead>
      {sets.map((set) => (
        <tbody key={set.id}>
          <tr className={open === set.id ? 'is-selected' : undefined}>
            <td className="nowrap">{fullDay(set.valueDay)}</td>
            <td className="money-any">
              <RowButton isOpen={open === set.id} onOpen={() => setOpen(open === set.id ? null : set.id)}>
                {eventWords(set.event)}
              </RowButton>
              <span className="money-more">{set.subject}</span>
            </td>
            <td className="number">{formatPence(movedPence(set, account))}</td>
          </tr>
          {open === set.id && (
            <tr>
              <td colSpan={3}>
                <SetDetail set={set} balances={balances} onSubject={onSubject} />
              </td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}

interface SetTableProps {
  readonly sets: readonly SetRow[];
  readonly balances: readonly BalanceRow[];
  /** Null where the sets are of several accounts. */
  readonly account: string | null;
  readonly onSubject: (subject: string) => void;
}

interface SetDetailProps {
  readonly set: SetRow;
  readonly balances: readonly BalanceRow[];
  readonly onSubject: (subject: string) => void;
}

function SetDetail({ set, balances, onSubject }: SetDetailProps) {
  return (
    <div className="money-part">
      <table className="data-table" aria-label={`Entries of ${set.id}`}>
        <tbody>
          {set.entries.map(({ account, pence }, index) => (
            <tr key={`${account} ${index}`}>
              <td>{accountWords(balances, account)}</td>
              <td className="number">{pence > 0 ? formatPence(pence) : ''}</td>
              <td className="number">{pence < 0 ? formatPence(-pence) : ''}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>Debits less credits</td>
            <td colSpan={2} className="number">
              {formatPence(set.entries.reduce((sum, { pence }) => sum + pence, 0))}
            </td>
          </tr>
        </tfoot>
      </table>
      <SetFacts set={set} onSubject={onSubject} />
    </div>
  );
}

function SetFacts({ set, onSubject }: Pick<SetDetailProps, 'set' | 'onSubject'>) {
  const facts = [
    ['Set', set.id],
    ['Contract', set.contract ?? 'none'],
    ['Posted', `${utcMoment(set.postedAtMs)} by ${set.actor}`],
    ['Approved by', set.approver ?? 'nobody; it needs one person'],
    ['Corrects', set.corrects ?? 'no other set'],
    ['Hash', set.hash],
  ] as const;
  return (
    <dl className="money-facts">
      {facts.map(([label, words]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={label === 'Hash' || label === 'Set' ? 'mono' : undefined}>{words}</dd>
        </div>
      ))}
      <div>
        <dt>About</dt>
        <dd>
          <button type="button" className="row-button" onClick={() => onSubject(set.subject)}>
            {set.subject}, show all its sets
          </button>
        </dd>
      </div>
    </dl>
  );
}
