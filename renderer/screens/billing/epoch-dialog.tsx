import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCore } from '../../link/core-context.tsx';
import { type Problems, useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { instantOfField, UTC_FIELD_PROBLEM, utcField } from '../ingest/devices-words.ts';
import type { Quarantine } from './quarantine-dialog.tsx';

const DECIMAL = /^\d+(\.\d+)?$/;

/** The instrument was replaced or set back: the old one's last value, the new one's first, and when. */
export function EpochDialog({ vehicle, quarantine, onClose }: EpochDialogProps) {
  const { link } = useCore();
  const decide = useDecide();
  const [draft, setDraft] = useState<EpochDraft>(() => ({
    at: utcField(link.nowMs()),
    closing: '',
    opening: '0',
    unit: quarantine.lastAccepted?.unit ?? 'mi',
  }));
  const change = (part: Partial<EpochDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const { closing, opening, unit } = draft;
  return (
    <DecisionDialog
      title={`Odometer of ${quarantine.registration} was replaced`}
      confirm="Begin the new odometer"
      fields={['at', 'closing', 'opening', 'unit']}
      check={() => epochProblems(draft)}
      send={(reason) =>
        decide({
          decision: 'open-epoch',
          reason,
          vehicle,
          at: new Date(instantOfField(draft.at) ?? 0).toISOString(),
          closing: closing.trim(),
          opening: opening.trim(),
          unit,
        })
      }
      onDone={onClose}
      onClose={onClose}
      consequence={
        <>
          <p>
            Distance goes on from the old odometer’s last value; what the new one shows is counted from its
            first. Readings after the replacement are judged by it, those before stay as they are.
          </p>
          <p className="muted">A second person has to approve it before it does anything.</p>
        </>
      }
    >
      {(problemOf) => <EpochFields draft={draft} onChange={change} problemOf={problemOf} />}
    </DecisionDialog>
  );
}

interface EpochDialogProps {
  readonly vehicle: string;
  readonly quarantine: Quarantine;
  readonly onClose: () => void;
}

interface EpochDraft {
  readonly at: string;
  readonly closing: string;
  readonly opening: string;
  readonly unit: 'mi' | 'km';
}

function epochProblems({ at, closing, opening }: EpochDraft): Problems {
  return {
    ...(instantOfField(at) === null ? { at: UTC_FIELD_PROBLEM } : {}),
    ...(DECIMAL.test(closing.trim()) ? {} : { closing: 'give what the old odometer showed, like 12345.6' }),
    ...(DECIMAL.test(opening.trim()) ? {} : { opening: 'give what the new odometer showed, like 0.0' }),
  };
}

interface EpochFieldsProps {
  readonly draft: EpochDraft;
  readonly onChange: (part: Partial<EpochDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function EpochFields({ draft, onChange, problemOf }: EpochFieldsProps) {
  return (
    <>
      <TextInput
        label="When (UTC)"
        data-autofocus
        value={draft.at}
        error={problemOf('at')}
        onChange={(event) => onChange({ at: event.currentTarget.value })}
      />
      <div className="decision__row">
        <TextInput
          label="Old odometer, last value"
          inputMode="decimal"
          value={draft.closing}
          error={problemOf('closing')}
          onChange={(event) => onChange({ closing: event.currentTarget.value })}
        />
        <TextInput
          label="New odometer, first value"
          inputMode="decimal"
          value={draft.opening}
          error={problemOf('opening')}
          onChange={(event) => onChange({ opening: event.currentTarget.value })}
        />
      </div>
      <SegmentedControl
        aria-label="Unit of both values"
        data={[
          { value: 'mi', label: 'Miles' },
          { value: 'km', label: 'Kilometres' },
        ]}
        value={draft.unit}
        onChange={(unit) => onChange({ unit })}
      />
    </>
  );
}
