import { Button } from '@mantine/core';
import { useState } from 'react';
import { documentKindWords } from '../../money/money-words.ts';
import { formatPence } from '../../parts/formats.ts';
import {
  changesBetween,
  isBeyondLimit,
  obstacleTo,
  type Preview,
  type PreviewChange,
} from './billing-words.ts';
import { IssueDialog } from './issue-dialog.tsx';

/** Closing a period, or correcting one that is final: only what the person has seen is issued. */
export function PeriodIssue({ preview, seen, onSeen, onDocument }: PeriodIssueProps) {
  const [isAsking, setAsking] = useState(false);
  const { row, document } = preview;
  if (row.state === 'final')
    return <p className="muted">Final: what was issued is what the period comes to.</p>;
  const isCorrection = row.state === 'correction due';
  const changes = row.state === 'open' ? [] : changesBetween(seen, preview);
  const obstacle = obstacleTo(preview, changes.length > 0);
  return (
    <section aria-label="Issue">
      {changes.length > 0 && <Changes changes={changes} onNoted={() => onSeen(preview)} />}
      <div className="money-bar">
        <Button disabled={obstacle !== null} onClick={() => setAsking(true)}>
          {isCorrection ? 'Issue the correction…' : 'Close the period…'}
        </Button>
        {obstacle !== null && <span className="muted small period-obstacle">{obstacle}</span>}
        {obstacle === null && document !== null && (
          <span className="small">
            {documentKindWords[document.kind]} of {formatPence(document.grossPence)}, VAT included
          </span>
        )}
      </div>
      {isBeyondLimit(preview) && (
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          The operator caused it: issue it all the same…
        </Button>
      )}
      {isAsking && <IssueDialog preview={preview} onDocument={onDocument} onClose={() => setAsking(false)} />}
    </section>
  );
}

interface PeriodIssueProps {
  readonly preview: Preview;
  /** As it was when the person began to look, or last took note. */
  readonly seen: Preview;
  readonly onSeen: (preview: Preview) => void;
  readonly onDocument: (number: string) => void;
}

function Changes({ changes, onNoted }: ChangesProps) {
  return (
    <div className="money-note money-note--act" role="status">
      <p>
        <b>This changed while you looked at it.</b>
      </p>
      <table className="data-table" aria-label="Changes since you looked">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" className="number">
              As you saw it
            </th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ what, before, now, difference }) => (
            <tr key={what}>
              <td>{what}</td>
              <td className="number">{before}</td>
              <td className="number">{now}</td>
              <td className="number">{difference}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="xs" variant="default" onClick={onNoted}>
        I have seen it
      </Button>
    </div>
  );
}

interface ChangesProps {
  readonly changes: readonly PreviewChange[];
  readonly onNoted: () => void;
}
