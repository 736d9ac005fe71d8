import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ExceptionRow, PeriodRow } from '../../../core/protocol/money-asks.ts';
import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { utcMoment } from '../../parts/times.ts';
import { exceptionToDo, isOfQuarantine } from './billing-words.ts';
import { QuarantineDialog } from './quarantine-dialog.tsx';

type Opened = { readonly dialog: 'waive' | 'readings'; readonly exception: ExceptionRow } | null;

/** What speaks against closing a period, with what a person does about each. */
export function PeriodExceptions({ row, exceptions }: PeriodExceptionsProps) {
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <section aria-label="Exceptions">
      <h3>Exceptions before closing</h3>
      {exceptions.length === 0 && <p className="muted">Nothing speaks against closing this period.</p>}
      <ul className="exceptions">
        {exceptions.map((exception) => (
          <ExceptionItem key={exception.exception} exception={exception} onOpen={setOpened} />
        ))}
      </ul>
      {opened?.dialog === 'waive' && <WaiveDialog row={row} exception={opened.exception} onClose={close} />}
      {opened?.dialog === 'readings' && opened.exception.vehicle !== null && (
        <QuarantineDialog vehicle={opened.exception.vehicle} onClose={close} />
      )}
    </section>
  );
}

interface PeriodExceptionsProps {
  readonly row: PeriodRow;
  readonly exceptions: readonly ExceptionRow[];
}

interface ExceptionItemProps {
  readonly exception: ExceptionRow;
  readonly onOpen: (opened: Opened) => void;
}

function ExceptionItem({ exception, onOpen }: ExceptionItemProps) {
  const { kind, registration, words, waived, canBeWaived } = exception;
  const isQuiet = waived !== null || !canBeWaived;
  return (
    <li className={isQuiet ? 'is-quiet' : undefined}>
      <div>
        <p>
          <b>{registration === null ? capital(kind) : `${registration}: ${kind}`}</b> {words}.
        </p>
        {waived === null ? (
          <p className="muted small">{exceptionToDo(kind)}</p>
        ) : (
          <p className="muted small">
            Waived by {waived.by}, {utcMoment(waived.atMs)}: “{waived.reason}”
          </p>
        )}
      </div>
      {waived === null && (
        <div className="exceptions__acts">
          {isOfQuarantine(exception) && (
            <Button
              size="xs"
              variant="default"
              aria-label={`Judge the readings of ${registration ?? kind}`}
              onClick={() => onOpen({ dialog: 'readings', exception })}
            >
              Judge the readings…
            </Button>
          )}
          {canBeWaived && (
            <Button
              size="xs"
              variant="default"
              aria-label={`Waive: ${exception.exception}`}
              onClick={() => onOpen({ dialog: 'waive', exception })}
            >
              Waive…
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

interface WaiveDialogProps {
  readonly row: PeriodRow;
  readonly exception: ExceptionRow;
  readonly onClose: () => void;
}

function WaiveDialog({ row, exception, onClose }: WaiveDialogProps) {
  const decide = useDecide();
  const { contract, period } = row;
  const subject = exception.registration ?? contract;
  return (
    <DecisionDialog
      title={`Waive “${exception.kind}” of ${subject}`}
      confirm="Waive"
      send={(reason) =>
        decide({ decision: 'waive-exception', reason, contract, period, exception: exception.exception })
      }
      onDone={onClose}
      onClose={onClose}
      consequence={
        <>
          <p>{capital(exception.words)}.</p>
          <p>
            The period may be closed in spite of it. No figure changes; what is found out later is issued as a
            correction.
          </p>
        </>
      }
    >
      {() => null}
    </DecisionDialog>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
