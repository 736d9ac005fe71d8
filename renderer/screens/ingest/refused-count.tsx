import { Popover } from '@mantine/core';
import { sumOf } from '../../../core/protocol/report.ts';
import { formatCount, wordsOf } from '../../parts/formats.ts';
import { packetMeaning, reasonsByCount } from './reason-words.ts';

/** How many packets of a feed were refused; pressed, it says why. */
export function RefusedCount({ feed, countByReason }: RefusedCountProps) {
  const refused = sumOf(countByReason);
  if (refused === 0) return <span className="muted">0</span>;
  return (
    <Popover position="bottom-end" withinPortal shadow="md" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className="link-button"
          aria-label={`${formatCount(refused)} refused, show why`}
        >
          {formatCount(refused)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Refused packets, ${feed}`}>
        <table className="data-table reason-table" aria-label={`Refused packets, ${feed}`}>
          <thead>
            <tr>
              <th scope="col">Refused for</th>
              <th scope="col" className="number">
                Packets
              </th>
            </tr>
          </thead>
          <tbody>
            {reasonsByCount(countByReason).map(([reason, count]) => (
              <tr key={reason}>
                <td>
                  {wordsOf(reason)}
                  <span className="muted small reason-table__meaning">{packetMeaning(reason)}</span>
                </td>
                <td className="number">{formatCount(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Popover.Dropdown>
    </Popover>
  );
}

interface RefusedCountProps {
  /** In words. */
  readonly feed: string;
  readonly countByReason: Readonly<Record<string, number>>;
}
