import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDecide } from '../../link/use-decide.ts';
import { penceOr } from '../../money/typed-money.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatPence } from '../../parts/formats.ts';
import { MatchEditor } from './match-editor.tsx';
import { emptyReceipt, matchedPence, ofTheReceipt, type ReceiptDraft, receiptOf } from './receipt-draft.ts';

const FIELDS = ['receipt', 'valueDay', 'pence', 'payer', 'reference', 'matches'];

/** Records money that came in, by hand. */
export function ReceiptDialog({ today, onClose }: { readonly today: string; readonly onClose: () => void }) {
  const decide = useDecide();
  const [draft, setDraft] = useState(() => emptyReceipt(today));
  const change = (part: Partial<ReceiptDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const pence = penceOr(draft.pounds, 0);
  return (
    <DecisionDialog
      title="Record a receipt"
      confirm="Record the receipt"
      size="min(760px, 94vw)"
      fields={FIELDS}
      check={() => {
        const receipt = receiptOf(draft);
        return receipt.ok ? {} : receipt.error;
      }}
      send={async (reason) => {
        const receipt = receiptOf(draft);
        if (!receipt.ok) return receipt.error;
        return ofTheReceipt(await decide({ decision: 'record-receipts', reason, receipts: [receipt.value] }));
      }}
      onDone={onClose}
      onClose={onClose}
      consequence={
        <p>
          {formatPence(pence)} are in the bank; {formatPence(matchedPence(draft.amounts))} of it pay
          documents. A receipt is never changed; a mistake is corrected in the ledger.
        </p>
      }
    >
      {(problemOf) => (
        <>
          <ReceiptFields draft={draft} onChange={change} problemOf={problemOf} />
          <MatchEditor
            amounts={draft.amounts}
            availablePence={pence}
            onAmounts={(amounts) => change({ amounts })}
            problem={problemOf('matches')}
          />
        </>
      )}
    </DecisionDialog>
  );
}

interface ReceiptFieldsProps {
  readonly draft: ReceiptDraft;
  readonly onChange: (part: Partial<ReceiptDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function ReceiptFields({ draft, onChange, problemOf }: ReceiptFieldsProps) {
  return (
    <>
      <div className="decision__row">
        <TextInput
          label="Receipt"
          placeholder="The bank’s number"
          required
          data-autofocus
          maxLength={64}
          value={draft.receipt}
          error={problemOf('receipt')}
          onChange={(event) => onChange({ receipt: event.currentTarget.value })}
        />
        <TextInput
          label="Value day"
          required
          placeholder="2026-03-31"
          value={draft.valueDay}
          error={problemOf('valueDay')}
          onChange={(event) => onChange({ valueDay: event.currentTarget.value })}
        />
        <TextInput
          label="Amount"
          required
          placeholder="£1,234.56"
          inputMode="decimal"
          value={draft.pounds}
          error={problemOf('pence')}
          onChange={(event) => onChange({ pounds: event.currentTarget.value })}
        />
      </div>
      <div className="decision__row">
        <TextInput
          label="Payer"
          maxLength={200}
          value={draft.payer}
          error={problemOf('payer')}
          onChange={(event) => onChange({ payer: event.currentTarget.value })}
        />
        <TextInput
          label="Reference"
          maxLength={200}
          value={draft.reference}
          error={problemOf('reference')}
          onChange={(event) => onChange({ reference: event.currentTarget.value })}
        />
      </div>
    </>
  );
}
