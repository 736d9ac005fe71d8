import { Checkbox, FileInput } from '@mantine/core';
import { useState } from 'react';
import type { AskAnswer } from '../../../core/protocol/link.ts';
import { useCore } from '../../link/core-context.tsx';
import { useDecide } from '../../link/use-decide.ts';
import { LineProblems } from '../../parts/line-problems.tsx';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatCounted, formatPence } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';
import { importSentence, noMatchWords, type ReadReceipt, receiptsToRecord } from './bank-import-words.ts';
import { type ChosenFile, useCsvFile } from './use-csv-file.ts';

type BankFile = AskAnswer<'money.read-bank-csv'>;

/** A bank statement as CSV: every error by its line before anything is taken, then its receipts and their matches. */
export function BankImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { link } = useCore();
  const decide = useDecide();
  const [unmatched, setUnmatched] = useState<ReadonlySet<string>>(new Set());
  const { chosen, choose } = useCsvFile((csv) => link.ask('money.read-bank-csv', { csv }));
  const file = chosen?.outcome?.ok === true ? chosen.outcome.value : null;
  const receipts = file === null ? [] : receiptsToRecord(file.receipts, unmatched);
  const check = (): Readonly<Record<string, string>> => {
    if (file === null) return { csv: 'choose a bank statement first' };
    if (file.problems.length > 0)
      return { csv: 'put the lines below right first; nothing is taken till then' };
    return receipts.length === 0 ? { csv: 'there is nothing new in it to record' } : {};
  };
  return (
    <DecisionDialog
      title="Import a bank statement"
      confirm={
        receipts.length === 0 ? 'Record the receipts' : `Record ${formatCounted(receipts.length, 'receipt')}`
      }
      size="min(980px, 94vw)"
      fields={['csv']}
      check={check}
      send={(reason) => decide({ decision: 'record-receipts', reason, receipts })}
      onDone={onClose}
      onClose={onClose}
      consequence={
        <p>
          {(file?.problems.length ?? 0) > 0
            ? 'Nothing can be recorded yet.'
            : importSentence(file?.receipts ?? [], receipts)}
        </p>
      }
    >
      {(problemOf) => (
        <div className="money import-part">
          <BankHelp />
          <FileInput
            label="Bank statement, CSV"
            placeholder="Choose a file"
            accept=".csv,text/csv"
            clearable
            data-autofocus
            error={problemOf('csv')}
            onChange={choose}
          />
          <BankPreview chosen={chosen} unmatched={unmatched} onUnmatched={setUnmatched} />
        </div>
      )}
    </DecisionDialog>
  );
}

function BankHelp() {
  return (
    <p className="muted small">
      One payment a line, with a header: date, amount, payer, reference, transaction id. Money that went out
      and lines that are recorded already are left out. Nothing is taken while any line has a problem.
    </p>
  );
}

interface BankPreviewProps {
  readonly chosen: ChosenFile<BankFile> | null;
  readonly unmatched: ReadonlySet<string>;
  readonly onUnmatched: (unmatched: ReadonlySet<string>) => void;
}

function BankPreview({ chosen, unmatched, onUnmatched }: BankPreviewProps) {
  if (chosen === null) return null;
  const { outcome } = chosen;
  if (outcome === null)
    return (
      <p className="muted" role="status">
        Looking at every line…
      </p>
    );
  if (!outcome.ok)
    return (
      <p className="decision__problem" role="alert">
        The file cannot be read: {outcome.error}.
      </p>
    );
  const { problems, receipts } = outcome.value;
  if (problems.length > 0) return <LineProblems problems={problems} />;
  if (receipts.length === 0) return <p className="muted">The file has no money that came in.</p>;
  const toggle = (receipt: string, isMatched: boolean): void => {
    const next = new Set(unmatched);
    if (isMatched) next.delete(receipt);
    else next.add(receipt);
    onUnmatched(next);
  };
  return (
    <div className="money-scroll">
      <table className="data-table" aria-label="Receipts of the file">
        <thead>
          <tr>
            <th scope="col">Receipt</th>
            <th scope="col">Payer and reference</th>
            <th scope="col" className="number">
              Amount
            </th>
            <th scope="col">Pays</th>
          </tr>
        </thead>
        <tbody>
          {receipts.map((receipt) => (
            <ReadReceiptLine
              key={receipt.receipt}
              receipt={receipt}
              isMatched={!unmatched.has(receipt.receipt)}
              onMatched={(isMatched) => toggle(receipt.receipt, isMatched)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ReadReceiptLineProps {
  readonly receipt: ReadReceipt;
  readonly isMatched: boolean;
  readonly onMatched: (isMatched: boolean) => void;
}

function ReadReceiptLine({ receipt, isMatched, onMatched }: ReadReceiptLineProps) {
  return (
    <tr>
      <td className="money-any">
        {receipt.receipt}
        <span className="money-more">{fullDay(receipt.valueDay)}</span>
      </td>
      <td className="money-any">
        {receipt.payer}
        <span className="money-more">{receipt.reference}</span>
      </td>
      <td className="number">{formatPence(receipt.pence)}</td>
      <td>
        {receipt.isKnown && <span className="muted">recorded already, left out</span>}
        {!receipt.isKnown && receipt.matches.length === 0 && (
          <span className="muted">{noMatchWords(receipt)}</span>
        )}
        {!receipt.isKnown && receipt.matches.length > 0 && (
          <>
            <Checkbox
              size="sm"
              label={receipt.matches
                .map(({ document, pence }) => `${document} ${formatPence(pence)}`)
                .join(', ')}
              checked={isMatched}
              onChange={(event) => onMatched(event.currentTarget.checked)}
            />
            <span className="money-more">{receipt.because.join('; ')}</span>
          </>
        )}
      </td>
    </tr>
  );
}
