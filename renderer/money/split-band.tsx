import type { MoneySplit } from '../../core/protocol/money-asks.ts';
import { formatPence } from '../parts/formats.ts';
import { utcMoment } from '../parts/times.ts';
import { splitParts, splitSum } from './money-words.ts';

/** The four parts of a total, from the surest to the least sure, and their sum. */
export function SplitBand({ money, asOfMs }: SplitBandProps) {
  return (
    <dl className="split-band" aria-label="Collected, invoiced, accrued and estimated">
      {splitParts(money).map(([label, pence, definition]) => (
        <div key={label}>
          <dt>
            {label} <span className="muted">{definition}</span>
          </dt>
          <dd className="live">{formatPence(pence)}</dd>
        </div>
      ))}
      <div>
        <dt>
          Together <span className="muted">as of {utcMoment(asOfMs).slice(-12)}</span>
        </dt>
        <dd className="live">{formatPence(splitSum(money))}</dd>
      </div>
    </dl>
  );
}

interface SplitBandProps {
  readonly money: MoneySplit;
  readonly asOfMs: number;
}
