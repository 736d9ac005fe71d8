import { Button, TextInput } from '@mantine/core';
import { type ReactNode, type RefObject, useImperativeHandle, useState } from 'react';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { MoneyHead } from '../../money/money-head.tsx';
import { NotYet } from '../../money/table-parts.tsx';
import type { ScreenKeys } from '../../parts/keyboard.ts';
import { instantOfField } from '../ingest/devices-words.ts';
import { AccountSide } from './account-side.tsx';
import { BalanceTable } from './balance-table.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { EventDialog } from './event-dialog.tsx';
import './ledger.css';

const ASK_EVERY_MS = 3_000;

/** The book: balances as of now or of any moment before, and the sets of entries behind each. */
export function LedgerScreen({ keys, open, onOpen }: LedgerScreenProps) {
  const [asOf, setAsOf] = useState('');
  const asOfMs = instantOfField(asOf);
  const isPast = asOf.trim() !== '';
  useImperativeHandle(keys, () => ({
    act: (action) => {
      if (action === 'back') onOpen(null);
    },
  }));
  return (
    <div className="money">
      <MoneyHead title="Ledger" />
      <div className="money-body">
        {isPast && asOfMs === null ? (
          <div className="money-page">
            <section className="money-card">
              <LedgerBar asOf={asOf} onAsOf={setAsOf} isWrong />
            </section>
          </div>
        ) : (
          <Book asOfMs={asOfMs} open={open} onOpen={onOpen}>
            <LedgerBar asOf={asOf} onAsOf={setAsOf} isWrong={false} />
          </Book>
        )}
      </div>
    </div>
  );
}

interface LedgerScreenProps {
  readonly keys: RefObject<ScreenKeys | null>;
  /** An account such as "1100:north", or a code for all of it. */
  readonly open: string | null;
  readonly onOpen: (account: string | null) => void;
}

interface BookProps {
  readonly asOfMs: number | null;
  readonly open: string | null;
  readonly onOpen: (account: string | null) => void;
  readonly children: ReactNode;
}

function Book({ asOfMs, open, onOpen, children }: BookProps) {
  const { answer, problem } = useAsk('money.balances', { asOfMs }, ASK_EVERY_MS);
  const book = useLast(answer);
  return (
    <div className={open === null ? 'money-split' : 'money-split money-split--open'}>
      <div className="money-page">
        <section className="money-card" aria-label="Balances">
          {children}
          {book === undefined ? (
            <NotYet problem={problem} />
          ) : (
            <BalanceTable book={book} problem={problem} open={open} onOpen={onOpen} />
          )}
        </section>
      </div>
      {open !== null && (
        <AccountSide
          key={open}
          account={open}
          asOfMs={asOfMs}
          balances={book?.balances ?? []}
          onClose={() => onOpen(null)}
        />
      )}
    </div>
  );
}

interface LedgerBarProps {
  readonly asOf: string;
  readonly onAsOf: (asOf: string) => void;
  readonly isWrong: boolean;
}

function LedgerBar({ asOf, onAsOf, isWrong }: LedgerBarProps) {
  const [dialog, setDialog] = useState<'entry' | 'event' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <div className="money-bar">
      <h2>Balances</h2>
      <TextInput
        size="xs"
        className="ledger__as-of"
        aria-label="As of, UTC"
        placeholder="as of now; or 2026-03-31 23:59, UTC"
        value={asOf}
        error={isWrong ? 'Give a date and a time like 2026-03-31 23:59, in UTC' : undefined}
        onChange={(event) => onAsOf(event.currentTarget.value)}
      />
      {asOf.trim() !== '' && (
        <Button size="xs" variant="default" onClick={() => onAsOf('')}>
          Back to now
        </Button>
      )}
      <div className="money-bar__end">
        <Button size="xs" variant="default" onClick={() => setDialog('event')}>
          Record an event…
        </Button>
        <Button size="xs" variant="default" onClick={() => setDialog('entry')}>
          Post by hand…
        </Button>
      </div>
      {dialog === 'event' && <EventDialog onClose={close} />}
      {dialog === 'entry' && <EntryDialog onClose={close} />}
    </div>
  );
}
