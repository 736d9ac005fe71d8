import { useState } from 'react';
import type { ReceiptRow } from '../../../core/protocol/money-asks.ts';
import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatPence } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';
import { MatchEditor } from './match-editor.tsx';
import { type MatchAmounts, matchedPence, matchesOf } from './receipt-draft.ts';

/** Money that waited as unallocated pays documents. */
export function ReceiptMatchDialog({ row, onClose }: ReceiptMatchDialogProps) {
  const decide = useDecide();
  const [amounts, setAmounts] = useState<MatchAmounts>({});
  const matches = matchesOf(amounts, row.unmatchedPence);
  const check = (): Readonly<Record<string, string>> => {
    if (!matches.ok) return { matches: matches.error };
    return matches.value.length === 0 ? { matches: 'say which documents it pays' } : {};
  };
  return (
    <DecisionDialog
      title={`Match receipt ${row.receipt}`}
      confirm="Match"
      size="min(760px, 94vw)"
      fields={['matches']}
      check={check}
      send={(reason) =>
        decide({
          decision: 'match-receipt',
          reason,
          receipt: row.receipt,
          matches: matches.ok ? matches.value : [],
        })
      }
      onDone={onClose}
      onClose={onClose}
      consequence={
        <p>
          {formatPence(matchedPence(amounts))} of {formatPence(row.pence)}, received {fullDay(row.valueDay)}{' '}
          from {row.payer === '' ? 'an unnamed payer' : row.payer}, pay documents.
        </p>
      }
    >
      {(problemOf) => (
        <MatchEditor
          amounts={amounts}
          availablePence={row.unmatchedPence}
          onAmounts={setAmounts}
          problem={problemOf('matches')}
        />
      )}
    </DecisionDialog>
  );
}

interface ReceiptMatchDialogProps {
  readonly row: ReceiptRow;
  readonly onClose: () => void;
}
