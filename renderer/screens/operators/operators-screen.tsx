import { type RefObject, useImperativeHandle } from 'react';
import type { OperatorRow } from '../../../core/protocol/money-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { MoneyHead } from '../../money/money-head.tsx';
import { CountFoot, NotYet } from '../../money/table-parts.tsx';
import type { ScreenKeys } from '../../parts/keyboard.ts';
import { OperatorPage } from './operator-page.tsx';
import { OperatorTable } from './operator-table.tsx';
import './operators.css';

const ASK_EVERY_MS = 3_000;

/** Who pays: what each operator drives, owes and has paid. */
export function OperatorsScreen({ keys, open, onOpen }: OperatorsScreenProps) {
  useImperativeHandle(keys, () => ({
    act: (action) => {
      if (action === 'back') onOpen(null);
    },
  }));
  const { answer, problem } = useAsk('money.operators', {}, ASK_EVERY_MS);
  const operators = useLast(answer);
  const chosen = operators?.find(({ operator }) => operator === open);
  return (
    <div className="money">
      <MoneyHead title="Operators" hasSplit={chosen === undefined} />
      <div className="money-body">
        {chosen === undefined ? (
          <div className="money-page">
            <section className="money-card" aria-label="Operators">
              {operators === undefined ? (
                <NotYet problem={problem} />
              ) : (
                <OperatorList operators={operators} problem={problem} onOpen={onOpen} />
              )}
            </section>
          </div>
        ) : (
          <OperatorPage key={chosen.operator} row={chosen} onBack={() => onOpen(null)} />
        )}
      </div>
    </div>
  );
}

interface OperatorsScreenProps {
  readonly keys: RefObject<ScreenKeys | null>;
  readonly open: string | null;
  readonly onOpen: (operator: string | null) => void;
}

interface OperatorListProps {
  readonly operators: readonly OperatorRow[];
  readonly problem: string | null;
  readonly onOpen: (operator: string) => void;
}

function OperatorList({ operators, problem, onOpen }: OperatorListProps) {
  if (operators.length === 0)
    return (
      <p className="muted">
        No operator yet. They come with a book, or with contracts that are entered or imported under Billing.
      </p>
    );
  return (
    <>
      <OperatorTable operators={operators} onOpen={onOpen} />
      <CountFoot shown={operators.length} matching={operators.length} noun="operator" problem={problem} />
    </>
  );
}
