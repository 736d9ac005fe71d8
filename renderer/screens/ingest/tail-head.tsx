import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { formatCount } from '../../parts/formats.ts';
import { utcTime } from '../../parts/times.ts';
import type { TailMode } from './use-tail-mode.ts';
import type { TailShown } from './use-tail.ts';

/** Which topic the tail follows, whether it runs, and how much of what came is not on screen. */
export function TailHead({ shown, under, mode, pauseButton, onToggle, onClear }: TailHeadProps) {
  const isPaused = mode === 'paused';
  return (
    <div className="tail-head">
      <Button
        ref={pauseButton}
        size="xs"
        variant="default"
        title={isPaused ? 'Go on (P)' : 'Pause (P)'}
        leftSection={isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        onClick={onToggle}
      >
        {isPaused ? 'Go on' : 'Pause'}
      </Button>
      <span
        className="tail-head__state"
        role="status"
        title={mode === 'held' ? 'Held while the pointer or the focus is in the list' : undefined}
      >
        {stateWords(mode, shown.tail.waiting)}
      </span>
      {under !== '' && (
        <button type="button" className="chip chip--words tail-head__filter" title={under} onClick={onClear}>
          <span>
            Only <b>{under}</b>
          </span>
          <IconX size={14} stroke={1.8} aria-label="Show all topics" />
        </button>
      )}
      <span className="muted small tail-head__missed">{missedWords(shown)}</span>
    </div>
  );
}

interface TailHeadProps {
  readonly shown: TailShown;
  readonly under: string;
  readonly mode: TailMode;
  readonly pauseButton: RefObject<HTMLButtonElement | null>;
  readonly onToggle: () => void;
  readonly onClear: () => void;
}

function stateWords(mode: TailMode, waiting: number): string {
  if (mode === 'running') return 'Live';
  return `${mode === 'paused' ? 'Paused' : 'Held'}, ${formatCount(waiting)} unseen`;
}

function missedWords({ tail, problem, sinceMs }: TailShown): string {
  if (problem !== null) return `Last known: ${problem}`;
  if (tail.isFilling) return '';
  if (tail.missed === 0) return `Every packet since ${utcTime(sinceMs)} UTC`;
  return `${formatCount(tail.missed)} passed over since ${utcTime(sinceMs)} UTC: at most 20 rows a second`;
}
