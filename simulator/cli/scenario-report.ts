import type { PlayedScenario } from '../scenarios/play-scenario.ts';
import type { Difference, Verification } from '../truth/verify-truth.ts';
import { coloured } from './terminal.ts';

const DIFFERENCES_SHOWN = 20;
const MARKS = {
  met: { word: 'met', colour: 'green' },
  missed: { word: 'MISSED', colour: 'red' },
  skipped: { word: 'skipped', colour: 'dim' },
} as const;

/** A played scenario as people read it: every expectation, then what does not reconcile. */
export function playedTable({ outcome, checked, verification }: PlayedScenario): string {
  const { packets, seconds } = outcome.report;
  const width = Math.max(0, ...checked.map(({ expectation }) => expectation.length));
  return [
    ...checked.map(({ expectation, outcome: became, words }) => {
      const { word, colour } = MARKS[became];
      return `${coloured(word.padEnd(8), colour, process.stdout)} ${expectation.padEnd(width)}  ${words}`;
    }),
    `${packets.sent} packets sent, ${packets.acknowledged} acknowledged, ${outcome.restarts} restarts, ${seconds.toFixed(1)} s`,
    differencesTable(verification),
  ].join('\n');
}

/** What does not reconcile, worst first, with its cause. */
export function differencesTable({ vehicles, days, differences }: Verification): string {
  const head = `${vehicles.length} vehicles, ${days} days billed: ${differences.length} differences`;
  const left = differences.length - DIFFERENCES_SHOWN;
  return [
    head,
    ...differences.slice(0, DIFFERENCES_SHOWN).map(differenceLine),
    ...(left > 0 ? [`and ${left} smaller ones`] : []),
  ].join('\n');
}

function differenceLine({ vehicle, day, of, billed, least, most, by, cause }: Difference): string {
  const expected = least === most ? String(least) : `${least} to ${most}`;
  return `${vehicle}  ${(day ?? 'whole run').padEnd(10)}  ${billed} ${of}, expected ${expected}, off by ${by}: ${cause}`;
}
