import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Statement } from '../../../core/protocol/statement.ts';
import { useCore } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { DAY_PROBLEM, parseDay } from '../../money/day-fields.ts';
import { PrintButton } from '../../money/printed-paper.tsx';
import { SaveButtons } from '../../money/save-buttons.tsx';
import { saveStatement } from '../../money/save-paper.ts';
import { NotYet } from '../../money/table-parts.tsx';
import { utcMoment } from '../../parts/times.ts';
import { type DayRange, dayRange, statementStart } from './operator-words.ts';
import { PrintedStatement } from './printed-statement.tsx';
import { AgeingTable, StatementTable } from './statement-tables.tsx';

const ASK_EVERY_MS = 5_000;

/** The statement of account for a range of days, and what is unpaid by its age. */
export function OperatorAccount({ operator, name, today }: OperatorAccountProps) {
  const [typed, setTyped] = useState<DayRange>(() => ({ fromDay: statementStart(today), toDay: today }));
  // While a day is being typed the question stays the one before.
  const [asked, setAsked] = useState(typed);
  const range = dayRange(typed);
  const { answer, problem } = useAsk('money.statement', { operator, ...asked }, ASK_EVERY_MS);
  const statement = range.ok ? answer : undefined;
  const change = (part: Partial<DayRange>): void => {
    const next = { ...typed, ...part };
    setTyped(next);
    const nextRange = dayRange(next);
    if (nextRange.ok) setAsked(nextRange.value);
  };
  return (
    <section className="money-card" aria-label="Statement of account">
      <div className="money-bar">
        <DayField label="From" value={typed.fromDay} onValue={(fromDay) => change({ fromDay })} />
        <DayField label="To, included" value={typed.toDay} onValue={(toDay) => change({ toDay })} />
        <div className="money-bar__end">
          {range.ok && (
            <StatementPapers of={{ operator, ...range.value }} name={name} statement={statement} />
          )}
        </div>
      </div>
      {range.ok ? (
        <StatementOf statement={statement} problem={problem} />
      ) : (
        <p className="muted">{range.error}</p>
      )}
    </section>
  );
}

interface OperatorAccountProps {
  readonly operator: string;
  readonly name: string;
  readonly today: string;
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function DayField({ label, value, onValue }: DayFieldProps) {
  return (
    <TextInput
      size="xs"
      className="operator__day"
      label={label}
      placeholder="2026-03-31"
      value={value}
      error={parseDay(value) === null ? `Please ${DAY_PROBLEM}` : undefined}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}

interface StatementPapersProps {
  readonly of: DayRange & { readonly operator: string };
  readonly name: string;
  readonly statement: Statement | null | undefined;
}

function StatementPapers({ of, name, statement }: StatementPapersProps) {
  const { link } = useCore();
  const what = `the statement of ${name}`;
  return (
    <>
      <SaveButtons what={what} save={(format) => saveStatement(link, of, format)} />
      {statement !== undefined && statement !== null && (
        <>
          <PrintButton what={what} />
          <PrintedStatement statement={statement} />
        </>
      )}
    </>
  );
}

interface StatementOfProps {
  readonly statement: Statement | null | undefined;
  readonly problem: string | null;
}

function StatementOf({ statement, problem }: StatementOfProps) {
  if (statement === undefined) return <NotYet problem={problem} />;
  if (statement === null) return <p className="muted">There is no account: the operator has no contract.</p>;
  return (
    <div className="operator__account">
      <StatementTable statement={statement} />
      <AgeingTable ageing={statement.ageing} lastDay={statement.lastDay} />
      <p className="muted small">
        As of {utcMoment(statement.asOf.receivedAtMs)}, journal position {statement.asOf.position}.
        {problem !== null && ` Last known: ${problem}.`}
      </p>
    </div>
  );
}
