import type { FeedRow } from '../../../core/protocol/ingest-asks.ts';
import { useNowMs } from '../../link/core-context.tsx';
import { Age } from '../../parts/age.tsx';
import { formatCount, formatPerSecond } from '../../parts/formats.ts';
import { feedsByName, feedTotals, feedWords, latencyWords } from './feed-words.ts';
import { RefusedCount } from './refused-count.tsx';
import { SkewCell } from './skew-cell.tsx';

/** A feed not heard from for this long is shown as old: the same time in which its devices count as heard. */
const STALE_AFTER_MS = 5 * 60_000;

/** One row a feed. */
export function FeedTable({ feeds }: { readonly feeds: readonly FeedRow[] }) {
  return (
    <table className="data-table feed-table" aria-label="Feeds">
      <thead>
        <tr>
          <th scope="col">Feed</th>
          <th scope="col" className="number">
            Devices heard
            <span>in 5 min, of known</span>
          </th>
          <th scope="col" className="number">
            Packet rate
          </th>
          <th scope="col" className="number">
            Received
          </th>
          <th scope="col" className="number">
            Decoded
          </th>
          <th scope="col" className="number">
            Duplicates
          </th>
          <th scope="col" className="number">
            Refused
          </th>
          <th scope="col" className="feed-table__skew">
            Clock skew
            <span>from ahead to late</span>
          </th>
          <th scope="col" className="number">
            Latency, ms
            <span>p50 · p99</span>
          </th>
          <th scope="col" className="feed-table__last">
            Last packet
          </th>
        </tr>
      </thead>
      <tbody>
        {feedsByName(feeds).map((feed) => (
          <FeedLine key={feed.feed} feed={feed} />
        ))}
      </tbody>
      {feeds.length > 1 && <TotalsLine feeds={feeds} />}
    </table>
  );
}

function FeedLine({ feed }: { readonly feed: FeedRow }) {
  const nowMs = useNowMs();
  const words = feedWords(feed.feed);
  return (
    <tr>
      <th scope="row">{words}</th>
      <td className="number live">
        {feed.feed === 'unknown' ? (
          <span className="muted">–</span>
        ) : (
          <>
            {formatCount(feed.devicesHeard)}{' '}
            <span className="muted">of {formatCount(feed.devicesKnown)}</span>
          </>
        )}
      </td>
      <td className="number live">{formatPerSecond(feed.packetsPerSecond)}</td>
      <td className="number live">{formatCount(feed.received)}</td>
      <td className="number live">{formatCount(feed.decoded)}</td>
      <td className="number live">{formatCount(feed.duplicate)}</td>
      <td className="number live">
        <RefusedCount feed={words} countByReason={feed.refused} />
      </td>
      <td className="feed-table__skew">
        <SkewCell feed={words} boundsMs={feed.skewBoundsMs} counts={feed.skew} />
      </td>
      <td className="number live">{latencyWords(feed)}</td>
      <td className="feed-table__last">
        <Age atMs={feed.lastReceivedAtMs} nowMs={nowMs} staleAfterMs={STALE_AFTER_MS} />
      </td>
    </tr>
  );
}

function DevicesHeard({ heard, known }: { readonly heard: number; readonly known: number }) {
  return (
    <>
      {formatCount(heard)} <span className="muted">of {formatCount(known)}</span>
    </>
  );
}

function TotalsLine({ feeds }: { readonly feeds: readonly FeedRow[] }) {
  const totals = feedTotals(feeds);
  return (
    <tfoot>
      <tr>
        <th scope="row">All feeds</th>
        <td className="number live">
          <DevicesHeard heard={totals.devicesHeard} known={totals.devicesKnown} />
        </td>
        <td className="number live">{formatPerSecond(totals.packetsPerSecond)}</td>
        <td className="number live">{formatCount(totals.received)}</td>
        <td className="number live">{formatCount(totals.decoded)}</td>
        <td className="number live">{formatCount(totals.duplicate)}</td>
        <td className="number live">{formatCount(totals.refused)}</td>
        <td colSpan={3} aria-label="Not added up" />
      </tr>
    </tfoot>
  );
}
