import { SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useCore } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { formatCount } from '../../parts/formats.ts';
import { MappablePackets } from './mapping-packets.tsx';
import { payloadOf } from './mapping-words.ts';
import { Outcome } from './outcome-view.tsx';

const REST_MS = 250;
/** What the core takes; a hexadecimal byte is two characters. */
const CHARACTERS_MAX = { utf8: 65_536, hex: 131_072 } as const;

/** The packet that is tried, as its fields hold it. */
export interface Tried {
  readonly topic: string;
  readonly encoding: 'utf8' | 'hex';
  readonly text: string;
  /** The journal position of a packet that came; null for one that was typed. */
  readonly position: number | null;
  /** The packet is longer than what is shown of it. */
  readonly isCut: boolean;
}

export const NOTHING_TRIED: Tried = { topic: '', encoding: 'utf8', text: '', position: null, isCut: false };

/** What the text makes of one packet: one that came, or one that is pasted. Nothing of it is kept. */
export function MappingTry({ yaml, problems, tried, onTry }: MappingTryProps) {
  const { link } = useCore();
  const [failure, setFailure] = useState<string | null>(null);
  const type = (typed: Partial<Tried>): void => onTry({ ...tried, ...typed, position: null, isCut: false });
  const take = async (position: number): Promise<void> => {
    const answer = await link.ask('ingest.packet', { position });
    const packet = answer.ok ? answer.value : null;
    setFailure(packet === null ? (answer.ok ? 'it is not in the journal any more' : answer.error) : null);
    if (packet === null) return;
    const { topic, payloadUtf8, payloadHex, isTruncated: isCut } = packet;
    const encoding = payloadUtf8 === null ? 'hex' : 'utf8';
    onTry({ topic, encoding, text: payloadUtf8 ?? payloadHex, position, isCut });
  };
  return (
    <section className="ingest-card mapping__try" aria-label="Try on a packet">
      <div className="ingest-card__head">
        <h2>Try on a packet</h2>
        <span className="muted small">Nothing is kept of it.</span>
      </div>
      <MappablePackets chosen={tried.position} onChoose={(position) => void take(position)} />
      {failure !== null && <p className="small">The packet cannot be shown: {failure}.</p>}
      <TryFields tried={tried} onType={type} />
      {tried.isCut && (
        <p className="small">Only the first 8 kB are here; tried like this it is not the whole packet.</p>
      )}
      <div className="mapping__outcome" role="region" aria-label="What it comes to">
        <TryOutcome yaml={yaml} problems={problems} tried={tried} />
      </div>
    </section>
  );
}

interface MappingTryProps {
  readonly yaml: string;
  /** How many there are in the text: nothing can be tried before they are gone. */
  readonly problems: number;
  /** Kept by who shows this: the same packet is tried on the next file, too. */
  readonly tried: Tried;
  readonly onTry: (tried: Tried) => void;
}

interface TryFieldsProps {
  readonly tried: Tried;
  readonly onType: (typed: Partial<Tried>) => void;
}

function TryFields({ tried, onType }: TryFieldsProps) {
  return (
    <>
      <TextInput
        size="xs"
        label="Topic"
        classNames={{ input: 'mono' }}
        placeholder="acme/fleet-7/860000000000017/up"
        value={tried.topic}
        onChange={(event) => onType({ topic: event.currentTarget.value })}
      />
      <div className="mapping__payload">
        <SegmentedControl
          size="xs"
          aria-label="Payload as"
          data={[
            { value: 'utf8', label: 'Text' },
            { value: 'hex', label: 'Hex' },
          ]}
          value={tried.encoding}
          onChange={(encoding) => onType({ encoding })}
        />
        <Textarea
          size="xs"
          label="Payload"
          classNames={{ input: 'mono' }}
          autosize
          minRows={3}
          maxRows={8}
          value={tried.text}
          onChange={(event) => onType({ text: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

type TryOutcomeProps = Omit<MappingTryProps, 'onTry'>;

function TryOutcome({ yaml, problems, tried }: TryOutcomeProps): ReactNode {
  const [{ topic, encoding, text }] = useDebouncedValue(tried, REST_MS);
  if (topic === '')
    return <p className="muted small">Choose a packet above, or paste a topic and a payload.</p>;
  if (problems > 0)
    return (
      <p className="muted small">
        The text has {problems === 1 ? 'a problem' : `${formatCount(problems)} problems`}; without{' '}
        {problems === 1 ? 'it' : 'them'} the packet is tried at once.
      </p>
    );
  const payload = payloadOf(encoding, text);
  if (payload.text.length > CHARACTERS_MAX[encoding])
    return <p className="small">The payload is longer than 64 kB, more than any packet that is taken.</p>;
  return <Answer yaml={yaml} topic={topic} payload={payload} />;
}

interface AnswerProps {
  readonly yaml: string;
  readonly topic: string;
  readonly payload: ReturnType<typeof payloadOf>;
}

function Answer({ yaml, topic, payload }: AnswerProps) {
  const { answer, problem } = useAsk('mapping.try', { yaml, topic, payload }, null);
  const last = useLast(answer);
  if (last === undefined || last.outcome === null)
    return (
      <p className="muted small">{problem === null ? 'Trying…' : `It could not be tried: ${problem}.`}</p>
    );
  return <Outcome outcome={last.outcome} />;
}
