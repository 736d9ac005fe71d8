import { IconAlertTriangle } from '@tabler/icons-react';
import type { AskAnswer } from '../../core/protocol/link.ts';
import { useAsk } from '../link/use-ask.ts';
import { fullDay, utcMoment } from '../parts/times.ts';
import { SplitBand } from './split-band.tsx';
import './money.css';

const ASK_EVERY_MS = 2_000;

export type MoneyNow = AskAnswer<'money.now'>;

/**
 * The head of a screen about money: whose book it is, as of when, and what the money is made of. A book that breaks a
 * rule it must keep says so above everything else.
 */
export function MoneyHead({ title, hasSplit = true }: MoneyHeadProps) {
  const { answer, problem } = useAsk('money.now', {}, ASK_EVERY_MS);
  return (
    <header className="money-head">
      {answer !== undefined && answer.fault !== null && <Fault fault={answer.fault} />}
      <div className="money-head__line">
        <h1>{title}</h1>
        {answer === undefined ? (
          <span className="muted small">{problem === null ? 'Adding up…' : `Waiting: ${problem}.`}</span>
        ) : (
          <span className="muted small">{headWords(answer, problem)}</span>
        )}
      </div>
      {hasSplit && answer !== undefined && answer.facility !== null && (
        <SplitBand money={answer.money} asOfMs={answer.asOfMs} />
      )}
    </header>
  );
}

interface MoneyHeadProps {
  readonly title: string;
  /** False where a split of something smaller takes its place. */
  readonly hasSplit?: boolean;
}

function headWords({ facility, asOfMs, today, closedBefore }: MoneyNow, problem: string | null): string {
  const closed = closedBefore === null ? 'no period closed yet' : `closed before ${fullDay(closedBefore)}`;
  const words = `as of ${utcMoment(asOfMs)}, local day ${fullDay(today)}, ${closed}`;
  const known = problem === null ? words : `${words}. Last known: ${problem}`;
  return facility === null ? `No facility yet; ${words}` : `${facility}, ${known}`;
}

function Fault({ fault }: { readonly fault: string }) {
  return (
    <div className="money-fault" role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
      <span>
        <b>The book breaks a rule it must keep: {fault}.</b> Issue and pay nothing before the cause is found;
        run “milepost verify” on this data folder.
      </span>
    </div>
  );
}
