import type { AskAnswer } from '../../../core/protocol/link.ts';
import { RowButton } from '../../money/table-parts.tsx';
import { formatCounted, formatPence } from '../../parts/formats.ts';
import { utcMoment } from '../../parts/times.ts';
import { type BalanceGroup, groupBalances, ownerWords, sumOf } from './balance-groups.ts';

type Book = AskAnswer<'money.balances'>;

/** Every account that is not at zero, by code; under them the sum, which has to be zero. */
export function BalanceTable({ book, problem, open, onOpen }: BalanceTableProps) {
  const { balances, asOfMs, sets, lastHash } = book;
  const sum = sumOf(balances);
  return (
    <>
      <p className="muted small">
        As of {utcMoment(asOfMs)}, {formatCounted(sets, 'set')} posted.
        {problem !== null && ` Last known: ${problem}.`}
      </p>
      {balances.length === 0 ? (
        <p className="muted">
          {sets === 0 ? 'Nothing was posted yet at that moment.' : 'Every account is at £0.00.'}
        </p>
      ) : (
        <table className="data-table balances" aria-label="Balances by account">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Account</th>
              <th scope="col" className="number">
                Debit
              </th>
              <th scope="col" className="number">
                Credit
              </th>
            </tr>
          </thead>
          {groupBalances(balances).map((group) => (
            <GroupRows key={group.code} group={group} open={open} onOpen={onOpen} />
          ))}
          <tfoot>
            <tr>
              <td colSpan={2}>Sum of all accounts, debits less credits</td>
              <td colSpan={2} className={sum === 0 ? 'number' : 'number is-due'}>
                {formatPence(sum)}
              </td>
            </tr>
          </tfoot>
        </table>
      )}
      <p className="muted small money-any">
        Hash of the last set: <span className="mono">{lastHash}</span>
      </p>
    </>
  );
}

interface BalanceTableProps {
  readonly book: Book;
  readonly problem: string | null;
  readonly open: string | null;
  readonly onOpen: (account: string) => void;
}

interface GroupRowsProps {
  readonly group: BalanceGroup;
  readonly open: string | null;
  readonly onOpen: (account: string) => void;
}

function GroupRows({ group, open, onOpen }: GroupRowsProps) {
  const { code, name, pence, accounts } = group;
  return (
    <tbody>
      <tr className={open === code ? 'is-selected balances__code' : 'balances__code'}>
        <td>
          <RowButton
            isOpen={open === code}
            label={`${code} ${name}, show its sets`}
            onOpen={() => onOpen(code)}
          >
            {code}
          </RowButton>
        </td>
        <td>{name}</td>
        <Sides pence={pence} />
      </tr>
      {accounts.map((row) => (
        <tr key={row.account} className={open === row.account ? 'is-selected' : undefined}>
          <td className="muted small">{row.account}</td>
          <td>
            <RowButton
              isOpen={open === row.account}
              label={`${row.account} ${row.name}, show its sets`}
              onOpen={() => onOpen(row.account)}
            >
              {ownerWords(row)}
            </RowButton>
          </td>
          <Sides pence={row.pence} />
        </tr>
      ))}
    </tbody>
  );
}

/** An amount on its side. */
function Sides({ pence }: { readonly pence: number }) {
  return (
    <>
      <td className="number">{pence > 0 ? formatPence(pence) : ''}</td>
      <td className="number">{pence < 0 ? formatPence(-pence) : ''}</td>
    </>
  );
}
