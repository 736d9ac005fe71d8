import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { wordsOf } from '../../parts/formats.ts';
import { utcTime } from '../../parts/times.ts';
import { type OutcomeField, outcomeShown } from './outcome-fields.ts';
import { packetMeaning } from './reason-words.ts';
import type { PacketAsked } from './use-packet.ts';

/** What the decoders make of a packet now, and a button that has them do it again. */
export function OutcomeView({ outcome, rerun, onRunAgain }: OutcomeViewProps) {
  return (
    <section className="packet__half" aria-label="As decoded">
      <div className="packet__half-head">
        <h3 className="section-title">As decoded</h3>
        <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRunAgain}>
          Run through the decoder again
        </Button>
      </div>
      <p className="small" role="status">
        {rerun !== null && rerunWords(rerun)}
      </p>
      <Outcome outcome={outcome} />
    </section>
  );
}

interface OutcomeViewProps {
  readonly outcome: unknown;
  readonly rerun: PacketAsked['rerun'];
  readonly onRunAgain: () => void;
}

function rerunWords({ atMs, isChanged }: NonNullable<PacketAsked['rerun']>): string {
  const at = `Run again at ${utcTime(atMs)} UTC`;
  return isChanged ? `${at}: another result than before, shown here.` : `${at}: the same result.`;
}

/** What became of a packet: its readings field by field, or why it was refused. */
export function Outcome({ outcome }: { readonly outcome: unknown }) {
  const shown = outcomeShown(outcome);
  if (shown.kind === 'other') return <pre className="mono packet__text">{shown.text}</pre>;
  if (shown.kind === 'refused') {
    return (
      <div className="outcome-refused">
        <p>
          <b>Refused: {wordsOf(shown.reason)}</b>
        </p>
        <p className="muted small">{packetMeaning(shown.reason)}</p>
        <p className="outcome-refused__detail">{shown.detail}</p>
      </div>
    );
  }
  return (
    <>
      <Fields fields={shown.packet} />
      {shown.readings.length === 0 && <p className="muted small">It carries no reading.</p>}
      {shown.readings.map((reading, i) => (
        <div key={i} className="outcome-reading">
          <h4>
            Reading {i + 1} of {shown.readings.length}
          </h4>
          <Fields fields={reading} />
        </div>
      ))}
    </>
  );
}

function Fields({ fields }: { readonly fields: readonly OutcomeField[] }) {
  return (
    <dl className="packet__facts">
      {fields.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
