import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import type { ReceiptRow } from '../../../core/protocol/money-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { CountFoot, NotYet } from '../../money/table-parts.tsx';
import { formatPence } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';
import { BankImportDialog } from './bank-import-dialog.tsx';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { ReceiptMatchDialog } from './receipt-match-dialog.tsx';

const ASK_EVERY_MS = 3_000;
const ROWS_ASKED = 500;

type Opened = 'record' | 'import' | ReceiptRow | null;

/** Money that came in, and which documents it pays. */
export function ReceiptsTab({ onDocument }: { readonly onDocument: (number: string) => void }) {
  const [unmatchedOnly, setUnmatchedOnly] = useState(false);
  const [opened, setOpened] = useState<Opened>(null);
  const now = useAsk('money.now', {}, null).answer;
  const close = (): void => setOpened(null);
  return (
    <div className="money-page">
      <section className="money-card" aria-label="Receipts">
        <div className="money-bar">
          <h2>Receipts</h2>
          <Switch
            size="sm"
            label="Not fully matched only"
            checked={unmatchedOnly}
            onChange={(event) => setUnmatchedOnly(event.currentTarget.checked)}
          />
          <div className="money-bar__end">
            <Button size="xs" variant="default" onClick={() => setOpened('import')}>
              Import a bank statement…
            </Button>
            <Button size="xs" variant="default" onClick={() => setOpened('record')}>
              Record a receipt…
            </Button>
          </div>
        </div>
        <ReceiptList unmatchedOnly={unmatchedOnly} onMatch={setOpened} onDocument={onDocument} />
      </section>
      {opened === 'record' && <ReceiptDialog today={now?.today ?? ''} onClose={close} />}
      {opened === 'import' && <BankImportDialog onClose={close} />}
      {opened !== null && typeof opened === 'object' && <ReceiptMatchDialog row={opened} onClose={close} />}
    </div>
  );
}

interface ReceiptListProps {
  readonly unmatchedOnly: boolean;
  readonly onMatch: (row: ReceiptRow) => void;
  readonly onDocument: (number: string) => void;
}

function ReceiptList({ unmatchedOnly, onMatch, onDocument }: ReceiptListProps) {
  const { answer, problem } = useAsk('money.receipts', { unmatchedOnly, limit: ROWS_ASKED }, ASK_EVERY_MS);
  const list = useLast(answer);
  if (list === undefined) return <NotYet problem={problem} />;
  if (list.receipts.length === 0)
    return (
      <p className="muted">
        {unmatchedOnly
          ? 'Every receipt is matched. Switch the filter off to see them.'
          : 'No money came in yet. Record a receipt, or import a bank statement.'}
      </p>
    );
  const receipts = list.receipts.toSorted(
    (a, b) => Number(b.unmatchedPence > 0) - Number(a.unmatchedPence > 0),
  );
  return (
    <>
      <table className="data-table" aria-label="Receipts">
        <thead>
          <tr>
            <th scope="col">Receipt</th>
            <th scope="col">Value day</th>
            <th scope="col">Payer and reference</th>
            <th scope="col">Pays</th>
            <th scope="col" className="number">
              Amount
            </th>
            <th scope="col" className="number">
              Unallocated
            </th>
            <th scope="col" aria-label="Match" />
          </tr>
        </thead>
        <tbody>
          {receipts.map((row) => (
            <ReceiptLine key={row.receipt} row={row} onMatch={onMatch} onDocument={onDocument} />
          ))}
        </tbody>
      </table>
      <CountFoot shown={list.receipts.length} matching={list.matching} noun="receipt" problem={problem} />
    </>
  );
}

interface ReceiptLineProps {
  readonly row: ReceiptRow;
  readonly onMatch: (row: ReceiptRow) => void;
  readonly onDocument: (number: string) => void;
}

function ReceiptLine({ row, onMatch, onDocument }: ReceiptLineProps) {
  const waits = row.unmatchedPence > 0;
  return (
    <tr>
      <td className="money-any">{row.receipt}</td>
      <td>{fullDay(row.valueDay)}</td>
      <td className="money-any">
        {row.payer}
        <span className="money-more">{row.reference}</span>
      </td>
      <td>
        {row.matches.map(({ document, pence }, index) => (
          <div key={index}>
            <button type="button" className="row-button" onClick={() => onDocument(document)}>
              {document}
            </button>{' '}
            {formatPence(pence)}
          </div>
        ))}
      </td>
      <td className="number">{formatPence(row.pence)}</td>
      <td className={waits ? 'number is-due' : 'number muted'}>{formatPence(row.unmatchedPence)}</td>
      <td className="number">
        {waits && (
          <Button
            size="xs"
            variant="default"
            aria-label={`Match receipt ${row.receipt}`}
            onClick={() => onMatch(row)}
          >
            Match…
          </Button>
        )}
      </td>
    </tr>
  );
}
