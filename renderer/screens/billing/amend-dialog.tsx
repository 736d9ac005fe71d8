import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { MoneyContractRow } from '../../../core/protocol/money-asks.ts';
import { type Problems, useDecide } from '../../link/use-decide.ts';
import { DAY_PROBLEM, daysAfter, parseDay } from '../../money/day-fields.ts';
import { termsWords } from '../../money/terms-words.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { fullDay } from '../../parts/times.ts';
import { termsNow } from '../../money/contract-words.ts';
import { draftOfTerms, optionalTerms, type TermsDraft, termsOfDraft, tierFields } from './terms-draft.ts';
import { OtherTermsFields, TierFields } from './terms-fields.tsx';

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
          <OtherTermsFields draft={draft} unit={row.unit} onDraft={setDraft} problemOf={problemOf} />
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
