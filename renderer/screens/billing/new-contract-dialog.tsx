import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../link/use-ask.ts';
import { type Problems, useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { contractParts } from './contract-decision.ts';
import { type ContractDraft, newContractDraft } from './contract-draft.ts';
import { ContractFields } from './contract-fields.tsx';
import { ContractMoreFields, moreFields } from './contract-more-fields.tsx';
import { ofTheDraft } from './contract-problems.ts';
import { ContractVehicleList } from './contract-vehicles.tsx';
import { contractWords } from './new-contract-words.ts';
import { tierFields } from './terms-draft.ts';

/** A contract, and what it needs that the book does not have yet, in one decision. */
export function NewContractDialog({ today, onDone, onClose }: NewContractDialogProps) {
  const decide = useDecide();
  const [draft, setDraft] = useState(() => newContractDraft(today));
  const [isMore, setMore] = useState(false);
  const change = (part: Partial<ContractDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const parts = contractParts(draft);
  /** What is wrong is never hidden. */
  const shown = (problems: Problems): Problems => {
    if (moreFields.some((field) => field in problems)) setMore(true);
    return problems;
  };
  return (
    <DecisionDialog
      title="New contract"
      confirm="Add the contract"
      size="min(860px, 94vw)"
      fields={placedFields(draft)}
      check={() => shown(parts.ok ? {} : parts.error)}
      send={async (reason) =>
        parts.ok
          ? shown(ofTheDraft(draft, await decide({ decision: 'extend-book', reason, ...parts.value })))
          : {}
      }
      onDone={() => onDone(draft.id.trim())}
      onClose={onClose}
      consequence={<ContractConsequence draft={draft} />}
    >
      {(problemOf) => (
        <div className="money import-part">
          <ContractFields draft={draft} onChange={change} problemOf={problemOf} />
          <div>
            <Button size="xs" variant="default" aria-expanded={isMore} onClick={() => setMore(!isMore)}>
              {isMore ? 'Fewer terms' : 'More terms'}
            </Button>
          </div>
          {isMore && <ContractMoreFields draft={draft} onChange={change} problemOf={problemOf} />}
          <ContractVehicleList draft={draft} onChange={change} problemOf={problemOf} />
        </div>
      )}
    </DecisionDialog>
  );
}

interface NewContractDialogProps {
  readonly today: string;
  /** With the id of the contract that is in the book now. */
  readonly onDone: (contract: string) => void;
  readonly onClose: () => void;
}

function ContractConsequence({ draft }: { readonly draft: ContractDraft }) {
  const operators = useAsk('money.operators', {}, null).answer ?? [];
  const parts = contractParts(draft);
  if (!parts.ok) return <span className="muted">Fill in the fields to see what this adds to the book.</span>;
  const known = operators.find(({ operator }) => operator === draft.operator)?.name ?? '';
  return contractWords(parts.value, draft.isNewOperator ? draft.operatorName.trim() : known).map(
    (sentence) => <p key={sentence}>{sentence}</p>,
  );
}

/** The fields that show their own problem. */
function placedFields(draft: ContractDraft): readonly string[] {
  const operator = draft.isNewOperator ? ['operatorId', 'operatorName'] : ['operator'];
  const vehicles = draft.vehicles.flatMap(({ isNew }, i) =>
    (isNew ? NEW_VEHICLE_FIELDS : ['vehicle', 'joins']).map((field) => `vehicles.${i}.${field}`),
  );
  const own = ['id', 'start', 'milesPerMonth', 'vatPercent'];
  return [...operator, ...own, ...tierFields(draft.terms), ...moreFields, ...vehicles];
}

const NEW_VEHICLE_FIELDS = [
  'id',
  'registration',
  'make',
  'model',
  'openingValue',
  'openingAt',
  'provider',
  'externalId',
  'origin',
  'joins',
];
