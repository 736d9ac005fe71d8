import type { DocumentRow } from '../../../core/protocol/money-asks.ts';

export interface DunningGroup {
  /** The step that has come, a capital first. */
  readonly step: string;
  readonly documents: readonly DocumentRow[];
  readonly openPence: number;
}

/** What is past due, by the last step that has come; the group of the oldest first, and in it the oldest first. */
export function byStep(documents: readonly DocumentRow[]): readonly DunningGroup[] {
  const late = documents
    .filter(({ daysPastDue, openPence }) => daysPastDue > 0 && openPence > 0)
    .toSorted((a, b) => b.daysPastDue - a.daysPastDue);
  const groups = new Map<string, DocumentRow[]>();
  for (const row of late) {
    const step = row.dunning ?? (row.status === 'disputed' ? 'disputed, no reminders' : 'no step yet');
    groups.set(step, [...(groups.get(step) ?? []), row]);
  }
  return [...groups].map(([step, rows]) => ({
    step: step.charAt(0).toUpperCase() + step.slice(1),
    documents: rows,
    openPence: rows.reduce((sum, { openPence }) => sum + openPence, 0),
  }));
}
