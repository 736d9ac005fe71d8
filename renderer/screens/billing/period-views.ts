import type { PeriodRow } from '../../../core/protocol/money-asks.ts';

export const periodViews = [
  ['all', 'All'],
  ['to-close', 'To close'],
  ['correction', 'Correction due'],
  ['open', 'Open'],
  ['final', 'Final'],
] as const;
export type PeriodView = (typeof periodViews)[number][0];

const stateOfView: Readonly<Record<Exclude<PeriodView, 'all'>, PeriodRow['state']>> = {
  'to-close': 'draft',
  correction: 'correction due',
  open: 'open',
  final: 'final',
};

/** The rows that a person asked for, in their order. */
export function periodsShown(
  periods: readonly PeriodRow[],
  view: PeriodView,
  search: string,
): readonly PeriodRow[] {
  const typed = search.trim().toLowerCase();
  return periods.filter(
    (row) =>
      (view === 'all' || row.state === stateOfView[view]) &&
      `${row.contract} ${row.operatorName}`.toLowerCase().includes(typed),
  );
}
