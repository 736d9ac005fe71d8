import { useNowMs } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { ageWords } from '../../parts/times.ts';
import { feedWords } from './feed-words.ts';

const ASK_EVERY_MS = 2_000;
const PACKETS_SHOWN = 50;

/** The last packets that no built-in feed takes, the newest first: one of them is tried by a press. */
export function MappablePackets({ chosen, onChoose }: MappablePacketsProps) {
  const nowMs = useNowMs();
  const { answer, problem } = useAsk('ingest.mappable', { limit: PACKETS_SHOWN }, ASK_EVERY_MS);
  if (answer === undefined)
    return <p className="muted small">{problem === null ? 'Asking…' : `Not known: ${problem}.`}</p>;
  if (answer.length === 0)
    return (
      <p className="muted small">
        None of the last 50,000 packets came on an unknown topic. The next one appears here; or paste one
        below.
      </p>
    );
  return (
    <ul className="mapping__packets" aria-label="Packets of no built-in feed">
      {answer.map((row) => (
        <li key={row.position}>
          <button
            type="button"
            className="mapping__packet"
            aria-pressed={row.position === chosen}
            onClick={() => onChoose(row.position)}
          >
            <span className="mono mapping__topic">{row.topic}</span>
            <span className="muted mapping__age">{ageWords(nowMs - row.receivedAtMs)} ago</span>
            <span className="mono muted mapping__preview">{row.preview}</span>
            <span className="muted mapping__feed">
              {row.feed === null ? 'unknown topic' : `read by ${feedWords(row.feed)}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface MappablePacketsProps {
  readonly chosen: number | null;
  readonly onChoose: (position: number) => void;
}
