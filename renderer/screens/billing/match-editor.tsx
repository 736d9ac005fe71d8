import { Button, TextInput } from '@mantine/core';
import { useAsk } from '../../link/use-ask.ts';
import { dueWords } from '../../money/money-words.ts';
import { NotYet } from '../../money/table-parts.tsx';
import { formatPence } from '../../parts/formats.ts';
import { filled, matchedPence, type MatchAmounts } from './receipt-draft.ts';

const DOCUMENTS_LISTED = 500;

/** Which open documents a payment pays, and how much of each. */
export function MatchEditor({ amounts, availablePence, onAmounts, problem }: MatchEditorProps) {
  const open = useAsk('money.documents', { operator: null, openOnly: true, limit: DOCUMENTS_LISTED }, null);
  const leftPence = availablePence - matchedPence(amounts);
  const documents = open.answer?.documents.filter(({ openPence }) => openPence > 0);
  return (
    <section className="money import-part" aria-label="What it pays">
      <p className="small">
        {formatPence(availablePence)} to match, <b>{formatPence(leftPence)} left</b>. What is left waits as
        unallocated.
      </p>
      {problem !== undefined && (
        <p className="decision__problem" role="alert">
          {problem}.
        </p>
      )}
      {documents === undefined && <NotYet problem={open.problem} />}
      {documents?.length === 0 && <p className="muted">No document is open, so there is nothing to match.</p>}
      {documents !== undefined && documents.length > 0 && (
        <div className="match-editor">
          <table className="data-table" aria-label="Open documents">
            <thead>
              <tr>
                <th scope="col">Document</th>
                <th scope="col" className="number">
                  Not paid yet
                </th>
                <th scope="col" className="number">
                  Pays
                </th>
                <th scope="col" aria-label="Fill" />
              </tr>
            </thead>
            <tbody>
              {documents.map((row) => (
                <tr key={row.number}>
                  <td>
                    {row.number}, {row.operatorName}
                    <span className="money-more">{dueWords(row)}</span>
                  </td>
                  <td className="number">{formatPence(row.openPence)}</td>
                  <td className="number">
                    <TextInput
                      className="match-editor__amount"
                      size="xs"
                      aria-label={`Pays of ${row.number}, pounds`}
                      placeholder="£0.00"
                      inputMode="decimal"
                      value={amounts[row.number] ?? ''}
                      onChange={(event) => onAmounts({ ...amounts, [row.number]: event.currentTarget.value })}
                    />
                  </td>
                  <td className="number">
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Pay ${row.number} as far as it goes`}
                      onClick={() => onAmounts(filled(amounts, row, availablePence))}
                    >
                      All
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface MatchEditorProps {
  readonly amounts: MatchAmounts;
  readonly availablePence: number;
  readonly onAmounts: (amounts: MatchAmounts) => void;
  readonly problem: string | undefined;
}
