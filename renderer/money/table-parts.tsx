import type { KeyboardEvent, ReactNode } from 'react';
import { formatCount, formatCounted } from '../parts/formats.ts';
import type { StateLook } from './money-words.ts';

/** A state in shape and word. */
export function StateMark({ look }: { readonly look: StateLook }) {
  return (
    <span className={look.mustAct ? 'state-mark state-mark--act' : 'state-mark'}>
      <span aria-hidden="true">{look.shape}</span> {look.words}
    </span>
  );
}

/** Opens a row. Arrows and J, K go to the button of the next and of the previous row. */
export function RowButton({ isOpen, onOpen, children, label }: RowButtonProps) {
  return (
    <button
      type="button"
      className="row-button"
      aria-expanded={isOpen}
      aria-label={label}
      onClick={onOpen}
      onKeyDown={moveToRow}
    >
      {children}
    </button>
  );
}

interface RowButtonProps {
  readonly isOpen?: boolean;
  readonly onOpen: () => void;
  readonly children: ReactNode;
  readonly label?: string;
}

function moveToRow(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isNext = ['ArrowDown', 'j', 'J'].includes(event.key);
  if (!isNext && !['ArrowUp', 'k', 'K'].includes(event.key)) return;
  event.preventDefault();
  const rows = [
    ...(event.currentTarget.closest('tbody')?.querySelectorAll<HTMLElement>('.row-button') ?? []),
  ];
  rows[rows.indexOf(event.currentTarget) + (isNext ? 1 : -1)]?.focus();
}

/** While there is no answer: it is on its way, or the core says why it is not. */
export function NotYet({ problem }: { readonly problem: string | null }) {
  return (
    <p className="muted" role="status">
      {problem === null ? 'Reading the book…' : `The core does not say: ${problem}. It is asked again.`}
    </p>
  );
}

/** How many rows are shown of how many there are, and whether the last answer failed. */
export function CountFoot({ shown, matching, noun, problem }: CountFootProps) {
  return (
    <p className="muted small">
      {shown < matching
        ? `The first ${formatCount(shown)} of ${formatCounted(matching, noun)} are shown; narrow the list to see the others.`
        : `${formatCounted(matching, noun)}.`}
      {problem !== null && ` Last known: ${problem}.`}
    </p>
  );
}

interface CountFootProps {
  readonly shown: number;
  readonly matching: number;
  readonly noun: string;
  readonly problem: string | null;
}
