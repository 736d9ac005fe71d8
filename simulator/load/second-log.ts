import { closeSync, openSync, writeSync } from 'node:fs';
import { figure } from './plot-text.ts';
import type { SecondRow } from './phase-outcome.ts';

/** Where each second goes as it ends: a line for a person on standard error, and one of JSON in a file when asked for. */
export interface SecondLog {
  readonly write: (row: SecondRow) => void;
  readonly close: () => void;
}

export function openSecondLog(path: string | undefined): SecondLog {
  const file = path === undefined ? null : openSync(path, 'w');
  return {
    write: (row) => {
      process.stderr.write(`${secondLine(row)}\n`);
      if (file !== null) writeSync(file, `${JSON.stringify(row)}\n`);
    },
    close: () => {
      if (file !== null) closeSync(file);
    },
  };
}

function secondLine({
  second,
  intended,
  sent,
  acknowledged,
  outstanding,
  response,
  service,
}: SecondRow): string {
  const p99 = (ms: number | null): string => (ms === null ? '-' : figure(ms));
  const counts = `${intended} due  ${sent} sent  ${acknowledged} acknowledged  ${outstanding} outstanding`;
  return `${String(second + 1).padStart(4)} s  ${counts}  p99 ${p99(response.p99Ms)} ms (service ${p99(service.p99Ms)})`;
}
