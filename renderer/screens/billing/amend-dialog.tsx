import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { MoneyContractRow } from '../../../core/protocol/money-asks.ts';
import { type Problems, useDecide } from '../../link/use-decide.ts';
import { DAY_PROBLEM, daysAfter, parseDay } from '../../money/day-fields.ts';
import { termsWords } from '../../money/terms-words.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { fullDay } from '../../parts/times.ts';
import { termsNow } from '../../money/contract-words.ts';
import { draftOfTerms, optionalTerms, type TermsDraft, termsOfDraft } from './terms-draft.ts';

/** New terms from a day on; what was before keeps the terms it had. */
export function AmendDialog({ row, today, onClose }: AmendDialogProps) {
  const decide = useDecide();
  const [from, setFrom] = useState(() => (today === '' ? '' : daysAfter(today, 1)));
  const [draft, setDraft] = useState(() => draftOfTerms(termsNow(row, today)));
  const terms = termsOfDraft(draft);
  const day = parseDay(from);
  return (
    <DecisionDialog
      title={`Amend ${row.contract}`}
      confirm="Amend the contract"
      size="min(760px, 94vw)"
      fields={['from', ...optionalTerms, ...tierFields(draft)]}
      check={() => ({
        ...(day === null ? { from: DAY_PROBLEM } : {}),
        ...(terms.ok ? {} : terms.error),
      })}
      send={async (reason) => {
        if (!terms.ok || day === null) return {};
        const amendment = { from: day, terms: terms.value };
        return ofTheAmendment(
          await decide({ decision: 'amend-contract', reason, contract: row.contract, amendment }),
        );
      }}
      onDone={onClose}
      onClose={onClose}
      consequence={<AmendConsequence row={row} day={day} draft={draft} />}
    >
      {(problemOf) => (
        <>
          <TextInput
            label={`From which day on, ${row.timezone}`}
            data-autofocus
            value={from}
            error={problemOf('from')}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TierFields draft={draft} unit={row.unit} onDraft={setDraft} problemOf={problemOf} />
          <OtherFields draft={draft} unit={row.unit} onDraft={setDraft} problemOf={problemOf} />
        </>
      )}
    </DecisionDialog>
  );
}

interface AmendDialogProps {
  readonly row: MoneyContractRow;
  readonly today: string;
  readonly onClose: () => void;
}

function tierFields({ tiers }: TermsDraft): readonly string[] {
  return tiers.flatMap((_, i) => [`tiers.${i}.upTo`, `tiers.${i}.rate`]);
}

/** The core names fields as they stand in the decision. */
function ofTheAmendment(problems: Problems): Problems {
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [
      field.replace(/^amendment\.(terms\.)?/, ''),
      problem,
    ]),
  );
}

interface AmendConsequenceProps {
  readonly row: MoneyContractRow;
  readonly day: string | null;
  readonly draft: TermsDraft;
}

function AmendConsequence({ row, day, draft }: AmendConsequenceProps): ReactNode {
  const terms = termsOfDraft(draft);
  if (!terms.ok || day === null)
    return <span className="muted">Fill in the fields to see the new terms.</span>;
  return (
    <>
      <p>
        <b>From {fullDay(day)}:</b> {termsWords(terms.value, row.unit).join(' ')}
      </p>
      <p>
        A flat rate changes on that day, also inside a period; anything else changes with the next period.
        Earlier days keep their terms.
      </p>
      <p className="muted">A second person has to approve it before it does anything.</p>
    </>
  );
}

interface TermsFieldsProps {
  readonly draft: TermsDraft;
  readonly unit: 'mi' | 'km';
  readonly onDraft: (draft: TermsDraft) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function TierFields({ draft, unit, onDraft, problemOf }: TermsFieldsProps) {
  const { tiers } = draft;
  const change = (index: number, part: Partial<TermsDraft['tiers'][number]>): void =>
    onDraft({ ...draft, tiers: tiers.map((tier, i) => (i === index ? { ...tier, ...part } : tier)) });
  return (
    <div className="import-part">
      {tiers.map(({ upTo, rate }, i) => (
        <div key={i} className="tier-row">
          <TextInput
            label={`Tier ${i + 1}, up to, ${unit}`}
            disabled={i === tiers.length - 1}
            placeholder="without an end"
            value={i === tiers.length - 1 ? '' : upTo}
            error={problemOf(`tiers.${i}.upTo`)}
            onChange={(event) => change(i, { upTo: event.currentTarget.value })}
          />
          <TextInput
            label={`Rate, pence a ${unit === 'mi' ? 'mile' : 'kilometre'}`}
            value={rate}
            error={problemOf(`tiers.${i}.rate`)}
            onChange={(event) => change(i, { rate: event.currentTarget.value })}
          />
          <Button
            variant="default"
            disabled={tiers.length === 1}
            aria-label={`Remove tier ${i + 1}`}
            onClick={() => onDraft({ ...draft, tiers: tiers.filter((_, at) => at !== i) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          onClick={() => onDraft({ ...draft, tiers: [...tiers, { upTo: '', rate: '' }] })}
        >
          Add a tier
        </Button>
      </div>
    </div>
  );
}

function OtherFields({ draft, unit, onDraft, problemOf }: TermsFieldsProps) {
  const labels: Readonly<Record<(typeof optionalTerms)[number], string>> = {
    standing: 'Standing charge a period, pounds',
    minMiles: `Minimum distance a period, ${unit}`,
    minRate: 'Rate of the minimum, pence',
    minCharge: 'Minimum usage charge, pounds',
    capMiles: `Charged at most, ${unit} a period`,
    capCharge: 'Maximum usage charge, pounds',
  };
  return (
    <div className="decision__row">
      {optionalTerms.map((field) => (
        <TextInput
          key={field}
          label={labels[field]}
          placeholder="none"
          inputMode="decimal"
          value={draft[field]}
          error={problemOf(field)}
          onChange={(event) => onDraft({ ...draft, [field]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
