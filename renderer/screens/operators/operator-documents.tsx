import { useAsk } from '../../link/use-ask.ts';
import { DocumentTable } from '../../money/document-table.tsx';
import { CountFoot, NotYet } from '../../money/table-parts.tsx';

const ASK_EVERY_MS = 5_000;
const ROWS_ASKED = 500;

/** The documents of one operator. */
export function OperatorDocuments({ operator, onDocument }: OperatorDocumentsProps) {
  const { answer, problem } = useAsk(
    'money.documents',
    { operator, openOnly: false, limit: ROWS_ASKED },
    ASK_EVERY_MS,
  );
  return (
    <section className="money-card" aria-label="Documents">
      {answer === undefined && <NotYet problem={problem} />}
      {answer?.documents.length === 0 && <p className="muted">No document was issued to it yet.</p>}
      {answer !== undefined && answer.documents.length > 0 && (
        <>
          <DocumentTable documents={answer.documents} onOpen={onDocument} />
          <CountFoot
            shown={answer.documents.length}
            matching={answer.matching}
            noun="document"
            problem={problem}
          />
        </>
      )}
    </section>
  );
}

interface OperatorDocumentsProps {
  readonly operator: string;
  readonly onDocument: (number: string) => void;
}
