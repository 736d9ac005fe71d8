import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import type { DocumentRow } from '../../../core/protocol/money-asks.ts';
import { documentLooks } from '../../money/money-words.ts';
import { CountFoot, NotYet, RowButton, StateMark } from '../../money/table-parts.tsx';
import { formatCounted, formatPence } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';
import { byStep } from './dunning-groups.ts';

const ASK_EVERY_MS = 5_000;
/** A document's schedule is asked for by itself; it changes with the day. */
const SCHEDULE_EVERY_MS = 30_000;
const ROWS_ASKED = 200;

/** What is past due, by the step that has come, the furthest first. */
export function DunningTab({ onDocument }: { readonly onDocument: (number: string) => void }) {
  const { answer, problem } = useAsk(
    'money.documents',
    { operator: null, openOnly: true, limit: ROWS_ASKED },
    ASK_EVERY_MS,
  );
  const list = useLast(answer);
  if (list === undefined)
    return (
      <div className="money-page">
        <NotYet problem={problem} />
      </div>
    );
  const groups = byStep(list.documents);
  return (
    <div className="money-page">
      {groups.length === 0 && (
        <section className="money-card">
          <p className="muted">
            {list.matching === 0
              ? 'No document is open, so there is nothing to remind of.'
              : `Nothing is past due; ${formatCounted(list.matching, 'document is', 'documents are')} open.`}
          </p>
        </section>
      )}
      {groups.map(({ step, documents, openPence }) => (
        <section key={step} className="money-card" aria-label={step}>
          <div className="money-bar">
            <h2>{step}</h2>
            <span className="muted small">
              {formatPence(openPence)} invoiced and not paid, {formatCounted(documents.length, 'document')}
            </span>
          </div>
          <DunningTable documents={documents} onDocument={onDocument} />
        </section>
      ))}
      {list.documents.length < list.matching && (
        <CountFoot
          shown={list.documents.length}
          matching={list.matching}
          noun="open document"
          problem={problem}
        />
      )}
    </div>
  );
}

interface DunningTableProps {
  readonly documents: readonly DocumentRow[];
  readonly onDocument: (number: string) => void;
}

function DunningTable({ documents, onDocument }: DunningTableProps) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">Document</th>
          <th scope="col">Operator</th>
          <th scope="col">Due</th>
          <th scope="col" className="number">
            Days past due
          </th>
          <th scope="col">Status</th>
          <th scope="col">Next step</th>
          <th scope="col" className="number">
            Not paid yet
          </th>
        </tr>
      </thead>
      <tbody>
        {documents.map((row) => (
          <tr key={row.number}>
            <td>
              <RowButton onOpen={() => onDocument(row.number)}>{row.number}</RowButton>
            </td>
            <td>{row.operatorName}</td>
            <td>{fullDay(row.dueDay)}</td>
            <td className="number">{row.daysPastDue}</td>
            <td>
              <StateMark look={documentLooks[row.status]} />
            </td>
            <td>
              <NextStep number={row.number} />
            </td>
            <td className="number">{formatPence(row.openPence)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The step to come and its day, as the core has the document's schedule. */
function NextStep({ number }: { readonly number: string }) {
  const { answer } = useAsk('money.document', { number }, SCHEDULE_EVERY_MS);
  if (answer === undefined) return <span className="muted">…</span>;
  if (answer === null || answer.dunning.length === 0)
    return <span className="muted">none while it is disputed</span>;
  const next = answer.dunning.find(({ isDone }) => !isDone);
  if (next === undefined) return <span className="muted">none; every step has come</span>;
  return (
    <>
      {next.step}
      <span className="money-more">on {fullDay(next.day)}</span>
    </>
  );
}
