import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ExceptionRow, PeriodRow } from '../../../core/protocol/money-asks.ts';
import { utcMoment } from '../../parts/times.ts';
import { byKind, type ExceptionGroup, exceptionToDo, isOfQuarantine } from './billing-words.ts';
import { QuarantineDialog } from './quarantine-dialog.tsx';
import { WaiveDialog } from './waive-dialog.tsx';

/** Of so many a person sees each at once; more are shown when asked for. */
const SHOWN_AT_ONCE = 3;

type Opened =
  | { readonly dialog: 'waive'; readonly exceptions: readonly ExceptionRow[] }
  | { readonly dialog: 'readings'; readonly vehicle: string }
  | null;

/** What speaks against closing a period, by kind, with what a person does about each. */
export function PeriodExceptions({ row, exceptions }: PeriodExceptionsProps) {
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <section aria-label="Exceptions">
      <h3>Exceptions before closing</h3>
      {exceptions.length === 0 && <p className="muted">Nothing speaks against closing this period.</p>}
      {byKind(exceptions).map((group) => (
        <GroupOfKind key={group.kind} group={group} onOpen={setOpened} />
      ))}
      {opened?.dialog === 'waive' && <WaiveDialog row={row} exceptions={opened.exceptions} onClose={close} />}
      {opened?.dialog === 'readings' && <QuarantineDialog vehicle={opened.vehicle} onClose={close} />}
    </section>
  );
}

interface PeriodExceptionsProps {
  readonly row: PeriodRow;
  readonly exceptions: readonly ExceptionRow[];
}

interface GroupOfKindProps {
  readonly group: ExceptionGroup;
  readonly onOpen: (opened: Opened) => void;
}

function GroupOfKind({ group, onOpen }: GroupOfKindProps) {
  const { kind, exceptions, canBeWaived } = group;
  const isLong = exceptions.length > SHOWN_AT_ONCE;
  const [isOpen, setOpen] = useState(!isLong);
  return (
    <div className={canBeWaived.length === 0 ? 'exceptions is-quiet' : 'exceptions'}>
      <div className="money-bar">
        <b>
          {capital(kind)}
          {exceptions.length > 1 && `, ${exceptions.length} vehicles`}
        </b>
        {isLong && (
          <button
            type="button"
            className="row-button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide them' : 'Show each'}
          </button>
        )}
        {canBeWaived.length > 1 && isOpen && (
          <div className="money-bar__end">
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Waive all of ${kind}`}
              onClick={() => onOpen({ dialog: 'waive', exceptions: canBeWaived })}
            >
              Waive all {canBeWaived.length}…
            </Button>
          </div>
        )}
      </div>
      {isOpen && (
        <ul>
          {exceptions.map((exception) => (
            <ExceptionItem key={exception.exception} exception={exception} onOpen={onOpen} />
          ))}
        </ul>
      )}
      <p className="muted small">{exceptionToDo(kind)}</p>
    </div>
  );
}

interface ExceptionItemProps {
  readonly exception: ExceptionRow;
  readonly onOpen: (opened: Opened) => void;
}

function ExceptionItem({ exception, onOpen }: ExceptionItemProps) {
  const { vehicle, registration, words, waived, canBeWaived } = exception;
  const isJudged = isOfQuarantine(exception) && vehicle !== null;
  return (
    <li>
      <p>
        {registration === null ? capital(words) : `${registration}: ${words}`}.
        {waived !== null && (
          <span className="money-more">
            Waived by {waived.by}, {utcMoment(waived.atMs)}: “{waived.reason}”
          </span>
        )}
      </p>
      {waived === null && (
        <span className="exceptions__acts">
          {isJudged && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Judge the readings of ${registration ?? vehicle}`}
              onClick={() => onOpen({ dialog: 'readings', vehicle })}
            >
              Judge the readings…
            </Button>
          )}
          {canBeWaived && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Waive: ${exception.exception}`}
              onClick={() => onOpen({ dialog: 'waive', exceptions: [exception] })}
            >
              Waive…
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
