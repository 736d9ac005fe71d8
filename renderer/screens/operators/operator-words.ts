import { fail, ok, type Result } from '../../../core/base/result.ts';
import type { Ageing } from '../../../core/protocol/statement.ts';
import { parseDay } from '../../money/day-fields.ts';

export type AgeingPart = readonly [label: string, pence: number, mustAct: boolean];

/** What is unpaid by how late it is. */
export function ageingParts(ageing: Ageing): readonly AgeingPart[] {
  return [
    ['Not due yet', ageing.currentPence, false],
    ['1 to 29 days', ageing.days1To29Pence, true],
    ['30 to 59 days', ageing.days30To59Pence, true],
    ['60 to 89 days', ageing.days60To89Pence, true],
    ['90 days and more', ageing.days90AndMorePence, true],
  ];
}

/** Shares of the largest part, 0 to 100, for a bar; credits have none. */
export function barPercents(parts: readonly AgeingPart[]): readonly number[] {
  const largest = Math.max(0, ...parts.map(([, pence]) => pence));
  return parts.map(([, pence]) => (largest === 0 ? 0 : (Math.max(0, pence) * 100) / largest));
}

/** The range a statement begins with: three months back from the first of this month, to today. */
export function statementStart(today: string): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const months = year * 12 + month - 1 - 3;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}

/** Two local days, both included; as typed, or as they are. */
export interface DayRange {
  readonly fromDay: string;
  readonly toDay: string;
}

/** The days of a statement as they were typed, or what to do about them in a sentence. */
export function dayRange(typed: DayRange): Result<DayRange, string> {
  const fromDay = parseDay(typed.fromDay);
  const toDay = parseDay(typed.toDay);
  if (fromDay === null || toDay === null) return fail('Give two days to see the statement between them.');
  if (fromDay > toDay) return fail('The first day lies after the last: turn them round.');
  return ok({ fromDay, toDay });
}
