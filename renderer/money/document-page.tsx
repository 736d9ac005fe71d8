import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { PrintedLine } from '../../core/protocol/document.ts';
import type { DocumentDetail } from '../../core/protocol/money-asks.ts';
import { useCore } from '../link/core-context.tsx';
import { useAsk } from '../link/use-ask.ts';
import { formatPence } from '../parts/formats.ts';
import { DisputeDialog } from './dispute-dialog.tsx';
import { DocumentAside } from './document-aside.tsx';
import { DocumentFacts } from './document-facts.tsx';
import { EvidenceButton } from './evidence-button.tsx';
import { documentKindWords, documentLooks, lineWords } from './money-words.ts';
import { PrintedDocument } from './printed-document.tsx';
import { DifferenceTable, PrintedLines } from './printed-lines.tsx';
import { PrintButton } from './printed-paper.tsx';
import { SaveButtons } from './save-buttons.tsx';
import { saveDocument } from './save-paper.ts';
import { NotYet, StateMark } from './table-parts.tsx';
import { VehicleDistances } from './vehicle-distances.tsx';
import { WriteOffDialog } from './write-off-dialog.tsx';
import './document-page.css';

const ASK_EVERY_MS = 3_000;

/** A document as it was issued, and beside it what became of it. */
export function DocumentPage({ number, onBack, onPeriod }: DocumentPageProps) {
  const { answer, problem } = useAsk('money.document', { number }, ASK_EVERY_MS);
  return (
    <div className="money-page">
      <div className="money-bar">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowLeft size={14} />}
          title="Back (Esc)"
          onClick={onBack}
        >
          Back to the list
        </Button>
        {problem !== null && <span className="muted small">Last known: {problem}.</span>}
      </div>
      {answer === undefined && <NotYet problem={problem} />}
      {answer === null && <p>There is no document {number}.</p>}
      {answer !== undefined && answer !== null && <Detail detail={answer} onPeriod={onPeriod} />}
    </div>
  );
}

interface DocumentPageProps {
  readonly number: string;
  readonly onBack: () => void;
  /** Opens the period it is for; left out where there is no such list. */
  readonly onPeriod?: (period: { readonly contract: string; readonly period: number }) => void;
}

type Disputed = { readonly line: number | null; readonly words: string };

function Detail({ detail, onPeriod }: DetailProps) {
  const [disputed, setDisputed] = useState<Disputed | null>(null);
  const [isWritingOff, setWritingOff] = useState(false);
  const { document } = detail;
  return (
    <>
      <DocumentHead
        detail={detail}
        onDispute={() => setDisputed({ line: null, words: 'the whole document' })}
        onWriteOff={() => setWritingOff(true)}
      />
      <div className="document">
        <DocumentPaper detail={detail} onDispute={setDisputed} onPeriod={onPeriod} />
        <DocumentAside detail={detail} />
      </div>
      <PrintedDocument document={document} />
      {disputed !== null && (
        <DisputeDialog
          detail={detail}
          line={disputed.line}
          words={disputed.words}
          onClose={() => setDisputed(null)}
        />
      )}
      {isWritingOff && (
        <WriteOffDialog
          number={document.number}
          openPence={detail.row.openPence}
          onClose={() => setWritingOff(false)}
        />
      )}
    </>
  );
}

interface DetailProps {
  readonly detail: DocumentDetail;
  readonly onPeriod: DocumentPageProps['onPeriod'];
}

interface DocumentHeadProps {
  readonly detail: DocumentDetail;
  readonly onDispute: () => void;
  readonly onWriteOff: () => void;
}

function DocumentHead({ detail, onDispute, onWriteOff }: DocumentHeadProps) {
  const { link } = useCore();
  const { document, row } = detail;
  return (
    <div className="money-bar">
      <h2 className="document__title">
        {documentKindWords[document.kind]} {document.number}
      </h2>
      <StateMark look={documentLooks[row.status]} />
      <span>
        {formatPence(document.grossPence)} gross, {formatPence(row.openPence)} not paid yet
      </span>
      <div className="money-bar__end">
        <SaveButtons what={document.number} save={(format) => saveDocument(link, document.number, format)} />
        <PrintButton what={document.number} />
        <EvidenceButton number={document.number} />
        <Button size="xs" variant="default" onClick={onDispute}>
          {isOpenDispute(detail, null) ? 'Settle the dispute…' : 'Dispute…'}
        </Button>
        <Button size="xs" variant="default" disabled={row.openPence <= 0} onClick={onWriteOff}>
          Write off…
        </Button>
      </div>
    </div>
  );
}

interface DocumentPaperProps extends DetailProps {
  readonly onDispute: (disputed: Disputed) => void;
}

function DocumentPaper({ detail, onDispute, onPeriod }: DocumentPaperProps) {
  const { document } = detail;
  const { rated, unit, vatRate, kind } = document;
  const disputeOf = (line: PrintedLine, index: number) => (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`${isOpenDispute(detail, index) ? 'Settle the dispute of' : 'Dispute'} line ${index + 1}`}
      onClick={() => onDispute({ line: index, words: `line ${index + 1}, ${lineWords(line, rated)}` })}
    >
      {isOpenDispute(detail, index) ? '▲ Disputed…' : 'Dispute…'}
    </Button>
  );
  return (
    <section className="money-card document__paper" aria-label="The document">
      <DocumentFacts detail={detail} onPeriod={onPeriod} />
      {kind !== 'invoice' && <DifferenceTable document={document} />}
      <div className="money-part">
        <h3>{kind === 'invoice' ? 'Lines' : 'The period as it was priced for this document'}</h3>
        <PrintedLines rated={rated} unit={unit} vatRate={vatRate} act={disputeOf} />
      </div>
      <div className="money-part">
        <h3>Distance by vehicle, as of the document</h3>
        <VehicleDistances rated={rated} unit={unit} asked={null} />
      </div>
    </section>
  );
}

function isOpenDispute({ disputes }: DocumentDetail, line: number | null): boolean {
  return disputes.some((dispute) => dispute.settledAtMs === null && dispute.line === line);
}
