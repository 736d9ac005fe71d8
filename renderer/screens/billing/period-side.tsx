import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useAsk } from '../../link/use-ask.ts';
import { periodLooks } from '../../money/money-words.ts';
import { DifferenceTable, PrintedLines } from '../../money/printed-lines.tsx';
import { NotYet, StateMark } from '../../money/table-parts.tsx';
import { VehicleDistances } from '../../money/vehicle-distances.tsx';
import { formatPence, formatTenths } from '../../parts/formats.ts';
import { periodDays, utcMoment } from '../../parts/times.ts';
import type { PeriodName } from './billing-place.ts';
import { type Preview, sureness } from './billing-words.ts';
import { PeriodExceptions } from './period-exceptions.tsx';
import { PeriodIssue } from './period-issue.tsx';

const ASK_EVERY_MS = 2_000;

/** A period as it would be printed now: its lines, what they come from, and what speaks against issuing it. */
export function PeriodSide({ name, onClose, onDocument }: PeriodSideProps) {
  const { answer, problem } = useAsk('money.preview', name, ASK_EVERY_MS);
  return (
    <aside className="money-side" aria-label="Period">
      <div className="money-side__head">
        <h2>
          {name.contract}
          {answer !== undefined && answer !== null && (
            <>, {periodDays(answer.row.startDay, answer.row.endDay)}</>
          )}
        </h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label="Close the panel"
          title="Close the panel (Esc)"
          onClick={onClose}
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </div>
      {answer === undefined && <NotYet problem={problem} />}
      {answer === null && <p>There is no such period: {name.contract} has none by this number.</p>}
      {answer !== undefined && answer !== null && (
        <PeriodWork preview={answer} problem={problem} onDocument={onDocument} />
      )}
    </aside>
  );
}

interface PeriodSideProps {
  readonly name: PeriodName;
  readonly onClose: () => void;
  readonly onDocument: (number: string) => void;
}

interface PeriodWorkProps {
  readonly preview: Preview;
  readonly problem: string | null;
  readonly onDocument: (number: string) => void;
}

function PeriodWork({ preview, problem, onDocument }: PeriodWorkProps) {
  const [seen, setSeen] = useState(preview);
  const { row, rated, exceptions, document } = preview;
  return (
    <>
      <PeriodFigures preview={preview} problem={problem} onDocument={onDocument} />
      <PeriodIssue preview={preview} seen={seen} onSeen={setSeen} onDocument={onDocument} />
      {row.state !== 'final' && row.state !== 'correction due' && (
        <PeriodExceptions row={row} exceptions={exceptions} />
      )}
      {row.state === 'correction due' && document !== null && (
        <section aria-label="Correction">
          <h3>What was issued, what it comes to now, and the difference</h3>
          <DifferenceTable document={document} />
        </section>
      )}
      <section aria-label="Lines as they would be printed">
        <h3>{row.state === 'final' ? 'Lines' : 'Lines as they would be printed now'}</h3>
        <PrintedLines rated={rated} unit={row.unit} vatRate={document?.vatRate ?? null} />
      </section>
      <section aria-label="Vehicles">
        <h3>Distance by vehicle</h3>
        <VehicleDistances rated={rated} unit={row.unit} asked="as of now" />
      </section>
    </>
  );
}

function PeriodFigures({ preview, problem, onDocument }: PeriodWorkProps) {
  const { row, rated, document } = preview;
  return (
    <dl className="money-facts">
      <div>
        <dt>State</dt>
        <dd>
          <StateMark look={periodLooks[row.state]} />
          {problem !== null && <span className="muted"> Last known: {problem}.</span>}
        </dd>
      </div>
      <div>
        <dt>Operator</dt>
        <dd>{row.operatorName}</dd>
      </div>
      <div>
        <dt>Distance</dt>
        <dd>
          {formatTenths(rated.tenths, row.unit)}, {rated.activeDays} of {rated.periodDays} days
        </dd>
      </div>
      <div>
        <dt>Net</dt>
        <dd>
          {formatPence(rated.netPence)} <span className="muted">{sureness(row)}</span>
        </dd>
      </div>
      <div>
        <dt>Invoiced, net</dt>
        <dd>
          {formatPence(row.issuedNetPence)}
          {row.documents.map((number) => (
            <button
              key={number}
              type="button"
              className="row-button period-document"
              onClick={() => onDocument(number)}
            >
              {number}
            </button>
          ))}
        </dd>
      </div>
      {document !== null && (
        <div>
          <dt>As of</dt>
          <dd>
            {utcMoment(document.asOf.receivedAtMs)}, journal position {document.asOf.position}
          </dd>
        </div>
      )}
    </dl>
  );
}
