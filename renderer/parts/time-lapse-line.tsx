import { Button } from '@mantine/core';
import type { SimulatorView } from '../../core/protocol/simulator-panel.ts';
import { useSimulator } from '../link/simulator-link.ts';
import { formatCount } from './formats.ts';
import { fullDay } from './times.ts';

/** While a demo's days are passed: which day it is, how long it still takes, and the way out. */
export function TimeLapseLine() {
  const view = useSimulator();
  const lapse = view?.timeLapse ?? null;
  if (view === null || lapse === null) return null;
  return (
    <div className="core-banner core-banner--notice" role="status" aria-label="Time-lapse">
      <span>{lapseWords(view)}</span>
      {!lapse.isSkipping && (
        <Button
          size="xs"
          variant="default"
          onClick={() => window.milepost.simulatorDo({ do: 'skip-to-live' })}
        >
          Skip to live
        </Button>
      )}
    </div>
  );
}

/** "Time-lapse: 4 Sep 2026, day 12 of 90; live in about 40 s". */
export function lapseWords({
  timeLapse,
  clockMs,
  timeZone,
}: Pick<SimulatorView, 'timeLapse' | 'clockMs' | 'timeZone'>): string {
  if (timeLapse === null) return '';
  const { day, days, secondsLeft, isSkipping } = timeLapse;
  const left = secondsLeft === null ? '' : `; live in about ${durationWords(secondsLeft)}`;
  const skipping = isSkipping ? ', skipping to live' : '';
  return `Time-lapse: ${fullDay(localDay(clockMs, timeZone))}, day ${day} of ${formatCount(days)}${skipping}${left}`;
}

function durationWords(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function localDay(instantMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instantMs);
}
