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
        <NoFeed mqttPort={status?.mqttPort ?? 0} />
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
            Connections refused or cut since the core process started; none of their packets was taken
          </span>
        </div>
        <DoorTable countByReason={status?.connectionsRefused ?? {}} />
      </section>
    </div>
  );
}

/** Nothing listens, or nobody has spoken yet: two different troubles. */
function NoFeed({ mqttPort }: { readonly mqttPort: number }) {
  if (mqttPort > 0) return <FirstPacket mqttPort={mqttPort} />;
  return <p className="muted">The broker listens on no port, so nothing can come in.</p>;
}
