import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { BalanceRow, SetRow } from '../../../core/protocol/money-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { CountFoot, NotYet } from '../../money/table-parts.tsx';
import { utcMoment } from '../../parts/times.ts';
import { accountWords } from './balance-groups.ts';
import { SetTable } from './set-table.tsx';

const ASK_EVERY_MS = 3_000;
const SETS_SHOWN = 200;

/** The sets that moved an account, newest first. */
export function AccountSide({ account, asOfMs, balances, onClose }: AccountSideProps) {
  const [subject, setSubject] = useState<string | null>(null);
  const { answer, problem } = useAsk(
    'money.sets',
    { asOfMs, account: subject === null ? account : null, subject, limit: SETS_SHOWN },
    ASK_EVERY_MS,
  );
  const name = accountWords(balances, account);
  return (
    <aside className="money-side" aria-label="Sets of the account">
      <div className="money-side__head">
        <h2>{subject === null ? name : `Everything about ${subject}`}</h2>
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
      <p className="muted small">
        Sets posted {asOfMs === null ? 'until now' : `until ${utcMoment(asOfMs)}`}, newest first.{' '}
        {subject !== null && (
          <button type="button" className="row-button" onClick={() => setSubject(null)}>
            Back to {name}
          </button>
        )}
      </p>
      {answer === undefined ? (
        <NotYet problem={problem} />
      ) : (
        <Sets
          sets={answer.sets}
          matching={answer.matching}
          problem={problem}
          balances={balances}
          account={subject === null ? account : null}
          onSubject={setSubject}
        />
      )}
    </aside>
  );
}

interface AccountSideProps {
  readonly account: string;
  readonly asOfMs: number | null;
  readonly balances: readonly BalanceRow[];
  readonly onClose: () => void;
}

interface SetsProps {
  readonly sets: readonly SetRow[];
  readonly matching: number;
  readonly problem: string | null;
  readonly balances: readonly BalanceRow[];
  readonly account: string | null;
  readonly onSubject: (subject: string) => void;
}

function Sets({ sets, matching, problem, balances, account, onSubject }: SetsProps) {
  if (sets.length === 0) return <p className="muted">No set moved this account until then.</p>;
  return (
    <>
      <SetTable sets={sets} balances={balances} account={account} onSubject={onSubject} />
      <CountFoot shown={sets.length} matching={matching} noun="set" problem={problem} />
    </>
  );
}
