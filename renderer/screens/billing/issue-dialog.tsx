import { useRef, useState } from 'react';
import { useCore } from '../../link/core-context.tsx';
import { problemsOf } from '../../link/use-decide.ts';
import { documentKindWords } from '../../money/money-words.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatPence } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';
import type { Preview } from './billing-words.ts';

/** Makes a document final. What stood here when it was opened is what the person agreed to. */
export function IssueDialog({ preview, onDocument, onClose }: IssueDialogProps) {
  const { link } = useCore();
  const [{ row, document }] = useState(preview);
  const issued = useRef<string | null>(null);
  const { contract, period } = row;
  // Beyond the limit the core writes no preview; what would be issued is what is missing.
  const previewNetPence = document?.netPence ?? row.netPence - row.issuedNetPence;
  const kind = documentKindWords[document?.kind ?? 'supplementary'];
  return (
    <DecisionDialog
      title={document?.kind === 'invoice' ? `Close the period of ${contract}` : `Correct ${contract}`}
      confirm={`Issue the ${kind.toLowerCase()}`}
      send={async (reason) => {
        const fault = document === null ? { isOperatorFault: true } : {};
        const answer = await link.ask('money.issue', {
          contract,
          period,
          previewNetPence,
          reason,
          ...fault,
        });
        if (!answer.ok) return { '': answer.error };
        if (!answer.value.ok) return problemsOf(answer.value);
        issued.current = answer.value.number;
        return {};
      }}
      onDone={() => {
        onClose();
        if (issued.current !== null) onDocument(issued.current);
      }}
      onClose={onClose}
      consequence={
        <>
          <p>
            {kind} for {row.operatorName}: {formatPence(previewNetPence)} net
            {document === null ? (
              ', charged although it is more than twelve months ago, because the operator caused it.'
            ) : (
              <>
                , {formatPence(document.vatPence)} VAT, <b>{formatPence(document.grossPence)} gross</b>, due{' '}
                {fullDay(document.dueDay)}.
              </>
            )}
          </p>
          <p>
            It is numbered, kept in the journal and never changed again. What is found later is issued as a
            correction.
          </p>
        </>
      }
    >
      {() => null}
    </DecisionDialog>
  );
}

interface IssueDialogProps {
  readonly preview: Preview;
  readonly onDocument: (number: string) => void;
  readonly onClose: () => void;
}
