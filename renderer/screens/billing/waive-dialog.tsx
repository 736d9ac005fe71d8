import type { ExceptionRow, PeriodRow } from '../../../core/protocol/money-asks.ts';
import { type Problems, useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';

/** Somebody looked at what speaks against closing, and says why the period may be closed in spite of it. */
export function WaiveDialog({ row, exceptions, onClose }: WaiveDialogProps) {
  const decide = useDecide();
  const { contract, period } = row;
  const [first] = exceptions;
  const waiveEach = async (reason: string): Promise<Problems> => {
    for (const { exception } of exceptions) {
      const problems = await decide({ decision: 'waive-exception', reason, contract, period, exception });
      if (Object.keys(problems).length > 0) return problems;
    }
    return {};
  };
  const subject =
    exceptions.length === 1 ? (first?.registration ?? contract) : `${exceptions.length} vehicles`;
  return (
    <DecisionDialog
      title={`Waive “${first?.kind ?? 'exception'}” of ${subject}`}
      confirm={exceptions.length === 1 ? 'Waive' : `Waive all ${exceptions.length}`}
      send={waiveEach}
      onDone={onClose}
      onClose={onClose}
      consequence={
        <p>
          The period may be closed in spite of it. No figure changes; what is found out later is issued as a
          correction.
        </p>
      }
    >
      {() => (
        <ul className="waived money-scroll">
          {exceptions.map(({ exception, registration, words }) => (
            <li key={exception}>{registration === null ? words : `${registration}: ${words}`}</li>
          ))}
        </ul>
      )}
    </DecisionDialog>
  );
}

interface WaiveDialogProps {
  readonly row: PeriodRow;
  /** Of one kind. */
  readonly exceptions: readonly ExceptionRow[];
  readonly onClose: () => void;
}
