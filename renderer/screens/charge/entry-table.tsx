import type { ChargeExplanation } from '../../../core/protocol/link.ts';
import { formatPence } from '../../parts/formats.ts';
import { dayWords, utcInstant } from '../../parts/times.ts';

/** Names of the accounts a day's accrual touches. */
const accountWords: Readonly<Record<string, string | undefined>> = {
  '1110': 'accrued income',
  '4000': 'mileage income',
};

/** "1110 accrued income"; an account we have no word for keeps its number. */
export function wordsOfAccount(account: string): string {
  const [number = account] = account.split(':');
  const words = accountWords[number];
  return words === undefined ? account : `${account} ${words}`;
}

/** The entries of the contract's day: both sides, as posted. */
export function EntryTable({ entries }: { readonly entries: ChargeExplanation['entries'] }) {
  if (entries.length === 0) {
    return (
      <p className="muted small">
        Nothing is posted yet: a day’s accrual is posted for the whole contract when the day closes.
      </p>
    );
  }
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">Value day</th>
          <th scope="col">Account</th>
          <th scope="col">Set</th>
          <th scope="col">Posted</th>
          <th scope="col" className="number">
            Debit, − credit
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.set} ${entry.account}`}>
            <td>{dayWords(entry.valueDay)}</td>
            <td>{wordsOfAccount(entry.account)}</td>
            <td className="mono">{entry.set}</td>
            <td>{utcInstant(entry.postedAtMs)}</td>
            <td className="number">{formatPence(entry.pence)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
