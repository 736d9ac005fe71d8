import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { DocumentPage } from '../../money/document-page.tsx';
import { DocumentTable } from '../../money/document-table.tsx';
import { OperatorSelect } from '../../money/operator-select.tsx';
import { CountFoot, NotYet } from '../../money/table-parts.tsx';
import type { PeriodName } from './billing-place.ts';

const ASK_EVERY_MS = 3_000;
const ROWS_ASKED = 500;

/** Every document that was issued; one at a time opens as a page. */
export function DocumentsTab({ open, onOpen, onPeriod }: DocumentsTabProps) {
  const [operator, setOperator] = useState<string | null>(null);
  const [openOnly, setOpenOnly] = useState(false);
  if (open !== null)
    return <DocumentPage key={open} number={open} onBack={() => onOpen(null)} onPeriod={onPeriod} />;
  return (
    <div className="money-page">
      <section className="money-card" aria-label="Documents">
        <div className="money-bar">
          <h2>Documents</h2>
          <Switch
            size="sm"
            label="Not fully paid only"
            checked={openOnly}
            onChange={(event) => setOpenOnly(event.currentTarget.checked)}
          />
          <div className="money-bar__end">
            <OperatorSelect operator={operator} onOperator={setOperator} />
          </div>
        </div>
        <DocumentList operator={operator} openOnly={openOnly} onOpen={onOpen} />
      </section>
    </div>
  );
}

interface DocumentsTabProps {
  readonly open: string | null;
  readonly onOpen: (number: string | null) => void;
  readonly onPeriod: (period: PeriodName) => void;
}

interface DocumentListProps {
  readonly operator: string | null;
  readonly openOnly: boolean;
  readonly onOpen: (number: string) => void;
}

function DocumentList({ operator, openOnly, onOpen }: DocumentListProps) {
  const { answer, problem } = useAsk(
    'money.documents',
    { operator, openOnly, limit: ROWS_ASKED },
    ASK_EVERY_MS,
  );
  const list = useLast(answer);
  if (list === undefined) return <NotYet problem={problem} />;
  if (list.documents.length === 0)
    return (
      <p className="muted">
        {operator !== null || openOnly
          ? 'No document is like that. Take all operators, or also those that are paid.'
          : 'No document yet. One is issued when a period is closed, under Periods.'}
      </p>
    );
  return (
    <>
      <DocumentTable documents={list.documents} onOpen={onOpen} />
      <CountFoot shown={list.documents.length} matching={list.matching} noun="document" problem={problem} />
    </>
  );
}
