import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Ageing, Statement } from '../../../core/protocol/statement.ts';
import { useCore } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { DAY_PROBLEM, parseDay } from '../../money/day-fields.ts';
import { SaveButtons } from '../../money/save-buttons.tsx';
import { saveStatement } from '../../money/save-paper.ts';
import { NotYet } from '../../money/table-parts.tsx';
import { formatPence } from '../../parts/formats.ts';
import { fullDay, utcMoment } from '../../parts/times.ts';
import { ageingParts, barPercents, statementStart } from './operator-words.ts';

const ASK_EVERY_MS = 5_000;

/** The statement of account for a range of days, and what is unpaid by its age. */
export function OperatorAccount({ operator, name, today }: OperatorAccountProps) {
  const { link } = useCore();
  const [typedFrom, setTypedFrom] = useState(() => statementStart(today));
  const [typedTo, setTypedTo] = useState(today);
  const fromDay = parseDay(typedFrom);
  const toDay = parseDay(typedTo);
  const isRange = fromDay !== null && toDay !== null && fromDay <= toDay;
  return (
    <section className="money-card" aria-label="Statement of account">
      <div className="money-bar">
        <DayField label="From" value={typedFrom} onValue={setTypedFrom} isWrong={fromDay === null} />
        <DayField label="To, included" value={typedTo} onValue={setTypedTo} isWrong={toDay === null} />
        <div className="money-bar__end">
          {isRange && (
            <SaveButtons
              what={`the statement of ${name}`}
              save={(format) => saveStatement(link, { operator, fromDay, toDay }, format)}
            />
          )}
        </div>
      </div>
      {isRange ? (
        <StatementOf operator={operator} fromDay={fromDay} toDay={toDay} />
      ) : (
        <p className="muted">
          {fromDay !== null && toDay !== null
            ? 'The first day lies after the last: turn them round.'
            : 'Give two days to see the statement between them.'}
        </p>
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
  readonly isWrong: boolean;
}

function DayField({ label, value, onValue, isWrong }: DayFieldProps) {
  return (
    <TextInput
      size="xs"
      className="operator__day"
      label={label}
      placeholder="2026-03-31"
      value={value}
      error={isWrong ? `Please ${DAY_PROBLEM}` : undefined}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}

interface StatementOfProps {
  readonly operator: string;
  readonly fromDay: string;
  readonly toDay: string;
}

function StatementOf(range: StatementOfProps) {
  const { answer, problem } = useAsk('money.statement', { ...range }, ASK_EVERY_MS);
  if (answer === undefined) return <NotYet problem={problem} />;
  if (answer === null) return <p className="muted">There is no account: the operator has no contract.</p>;
  return (
    <div className="operator__account">
      <StatementTable statement={answer} />
      <AgeingTable ageing={answer.ageing} lastDay={answer.lastDay} />
      <p className="muted small">
        As of {utcMoment(answer.asOf.receivedAtMs)}, journal position {answer.asOf.position}.
        {problem !== null && ` Last known: ${problem}.`}
      </p>
    </div>
  );
}

function StatementTable({ statement }: { readonly statement: Statement }) {
  const { firstDay, lastDay, openingPence, closingPence, lines } = statement;
  return (
    <table className="data-table" aria-label="Statement">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">What</th>
          <th scope="col">Number</th>
          <th scope="col" className="number">
            Amount
          </th>
          <th scope="col" className="number">
            Owed
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{fullDay(firstDay)}</td>
          <td colSpan={3}>Owed at the beginning</td>
          <td className="number">{formatPence(openingPence)}</td>
        </tr>
        {lines.map((line, index) => (
          <tr key={`${line.number} ${index}`}>
            <td>{fullDay(line.day)}</td>
            <td>{line.words}</td>
            <td className="money-any">{line.number}</td>
            <td className="number">{formatPence(line.pence)}</td>
            <td className="number">{formatPence(line.balancePence)}</td>
          </tr>
        ))}
        {lines.length === 0 && (
          <tr>
            <td colSpan={5} className="muted">
              Nothing was invoiced or paid in these days.
            </td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <td>{fullDay(lastDay)}</td>
          <td colSpan={3}>Owed at the end, VAT included</td>
          <td className="number">{formatPence(closingPence)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function AgeingTable({ ageing, lastDay }: { readonly ageing: Ageing; readonly lastDay: string }) {
  const parts = ageingParts(ageing);
  const percents = barPercents(parts);
  const sum = parts.reduce((total, [, pence]) => total + pence, 0);
  return (
    <table className="data-table ageing" aria-label="Ageing">
      <thead>
        <tr>
          <th scope="col">Unpaid on {fullDay(lastDay)}, past due</th>
          <th scope="col" aria-label="Bar" />
          <th scope="col" className="number">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(([label, pence, mustAct], index) => (
          <tr key={label}>
            <td>{label}</td>
            <td className="ageing__cell" aria-hidden="true">
              <div
                className={mustAct ? 'ageing__bar ageing__bar--late' : 'ageing__bar'}
                style={{ width: `${percents[index] ?? 0}%` }}
              />
            </td>
            <td className="number">{formatPence(pence)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>Together, invoiced and not paid</td>
          <td className="number">{formatPence(sum)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
