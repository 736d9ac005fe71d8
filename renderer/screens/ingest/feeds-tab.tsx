import type { Status } from '../../../core/protocol/link.ts';
import { useStatus } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { FirstPacket } from '../map/first-packet.tsx';
import { DoorTable } from './door-table.tsx';
import { FeedTable } from './feed-table.tsx';
import './feeds-tab.css';

const ASK_EVERY_MS = 1_000;

/** How each feed does, and which connections were turned away at the door. */
export function FeedsTab() {
  const status = useStatus();
  const { answer, problem } = useAsk('ingest.feeds', {}, ASK_EVERY_MS);
  return (
    <div className="ingest-page">
      {answer === undefined ? (
        <p className="muted">{problem === null ? 'Counting…' : `Waiting: ${problem}.`}</p>
      ) : answer.length === 0 ? (
        <NoFeed status={status} />
      ) : (
        <section className="ingest-card">
          <div className="ingest-card__head">
            <h2>What comes in</h2>
            <span className="muted small">
              {problem === null
                ? 'Counts since the journal began; rate of the last second, latency of the last minutes'
                : `Last known: ${problem}`}
            </span>
          </div>
          <FeedTable feeds={answer} />
        </section>
      )}
      <section className="ingest-card">
        <div className="ingest-card__head">
          <h2>Turned away at the door</h2>
          <span className="muted small">
            What clients were refused, or cut for, since the core process started
          </span>
        </div>
        <DoorTable countByReason={status?.connectionsRefused ?? {}} />
      </section>
    </div>
  );
}

/** Not read yet, nothing listens, or nobody has spoken: three different kinds of nothing. */
function NoFeed({ status }: { readonly status: Status | null }) {
  if (status === null || status.intake === 'replaying') return <p className="muted">Reading the journal…</p>;
  if (status.mqttPort > 0) return <FirstPacket mqttPort={status.mqttPort} />;
  return <p className="muted">The broker listens on no port, so nothing can come in.</p>;
}
