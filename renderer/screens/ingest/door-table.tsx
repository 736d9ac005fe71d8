import { formatCount, wordsOf } from '../../parts/formats.ts';
import { connectionMeaning, reasonsByCount } from './reason-words.ts';

/** What clients were refused or cut for, with what helps. */
export function DoorTable({ countByReason }: { readonly countByReason: Readonly<Record<string, number>> }) {
  const reasons = reasonsByCount(countByReason);
  if (reasons.length === 0) return <p className="muted">Nobody was turned away.</p>;
  return (
    <table className="data-table door-table" aria-label="Turned away at the door">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">What happened, and what helps</th>
          <th scope="col" className="number">
            Times
          </th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(([reason, count]) => (
          <tr key={reason}>
            <td>{wordsOf(reason)}</td>
            <td className="muted">{connectionMeaning(reason)}</td>
            <td className="number live">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
