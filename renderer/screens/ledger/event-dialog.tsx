import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { must } from '../../../core/base/assert.ts';
import { useAsk } from '../../link/use-ask.ts';
import { useDecide } from '../../link/use-decide.ts';
import { penceOr } from '../../money/typed-money.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatPence } from '../../parts/formats.ts';
import { type EventDraft, type EventKind, eventKinds, eventOf, ofTheEvent } from './event-draft.ts';

const FIELDS = ['valueDay', 'reference', 'party', 'amount'];

/** Tells the book of something that no packet and no document says. */
export function EventDialog({ onClose }: { readonly onClose: () => void }) {
  const decide = useDecide();
  const today = useAsk('money.now', {}, null).answer?.today ?? '';
  const [kind, setKind] = useState<EventKind>(must(eventKinds[0], 'there are events'));
  const [typed, setTyped] = useState<Partial<EventDraft>>({});
  const draft: EventDraft = { valueDay: today, reference: '', party: '', pounds: '', ...typed };
  const change = (part: Partial<EventDraft>): void => setTyped((before) => ({ ...before, ...part }));
  return (
    <DecisionDialog
      title="Record an event"
      confirm="Record the event"
      fields={FIELDS}
      check={() => {
        const event = eventOf(kind, draft);
        return event.ok ? {} : event.error;
      }}
      send={async (reason) => {
        const event = eventOf(kind, draft);
        if (!event.ok) return event.error;
        return ofTheEvent(kind, await decide({ decision: 'post-event', reason, event: event.value }));
      }}
      onDone={onClose}
      onClose={onClose}
      consequence={
        <p>
          {kind.words}: {formatPence(penceOr(draft.pounds, 0))}. {kind.moves}
        </p>
      }
    >
      {(problemOf) => (
        <>
          <Select
            label="What happened"
            data-autofocus
            allowDeselect={false}
            data={eventKinds.map(({ event, words }) => ({ value: event, label: words }))}
            value={kind.event}
            onChange={(event) => {
              setKind(eventKinds.find((each) => each.event === event) ?? kind);
              change({ party: '' });
            }}
          />
          <Party key={kind.event} kind={kind} draft={draft} onChange={change} problem={problemOf('party')} />
          <EventFields kind={kind} draft={draft} onChange={change} problemOf={problemOf} />
        </>
      )}
    </DecisionDialog>
  );
}

interface EventFieldsProps {
  readonly kind: EventKind;
  readonly draft: EventDraft;
  readonly onChange: (part: Partial<EventDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function EventFields({ kind, draft, onChange, problemOf }: EventFieldsProps) {
  return (
    <div className="decision__row">
      <TextInput
        label={kind.amountWords}
        placeholder="£1,234.56"
        inputMode="decimal"
        required
        value={draft.pounds}
        error={problemOf('amount')}
        onChange={(event) => onChange({ pounds: event.currentTarget.value })}
      />
      <TextInput
        label="Value day"
        placeholder="2026-03-31"
        required
        value={draft.valueDay}
        error={problemOf('valueDay')}
        onChange={(event) => onChange({ valueDay: event.currentTarget.value })}
      />
      <TextInput
        label="Reference"
        placeholder="The paper it stands on"
        required
        maxLength={200}
        value={draft.reference}
        error={problemOf('reference')}
        onChange={(event) => onChange({ reference: event.currentTarget.value })}
      />
    </div>
  );
}

interface PartyProps {
  readonly kind: EventKind;
  readonly draft: EventDraft;
  readonly onChange: (part: Partial<EventDraft>) => void;
  readonly problem: string | undefined;
}

/** Whom it is about: chosen where the book knows them all, typed for an investor. */
function Party({ kind, draft, onChange, problem }: PartyProps) {
  const operators = useAsk('money.operators', {}, null).answer ?? [];
  const vehicles = useAsk('fleet.roster', {}, null).answer ?? [];
  if (kind.party === null) return null;
  if (kind.party === 'investor')
    return (
      <TextInput
        label="Investor"
        required
        maxLength={64}
        value={draft.party}
        error={problem}
        onChange={(event) => onChange({ party: event.currentTarget.value })}
      />
    );
  const data =
    kind.party === 'operator'
      ? operators.map(({ operator: value, name }) => ({ value, label: name }))
      : vehicles
          .filter(({ isClaimed }) => isClaimed)
          .map(({ vehicle: value, registration }) => ({ value, label: registration }));
  return (
    <Select
      label={kind.party === 'operator' ? 'Operator' : 'Vehicle'}
      required
      searchable
      limit={100}
      data={data}
      value={draft.party === '' ? null : draft.party}
      error={problem}
      onChange={(party) => onChange({ party: party ?? '' })}
    />
  );
}
