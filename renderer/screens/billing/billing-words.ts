import type { AskAnswer } from '../../../core/protocol/link.ts';
import type { ExceptionRow, PeriodRow } from '../../../core/protocol/money-asks.ts';
import { formatCounted, formatPence, formatTenths } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';

export type Preview = NonNullable<AskAnswer<'money.preview'>>;

const toDo: Readonly<Record<string, string | undefined>> = {
  'period not over': 'Wait until the period is over.',
  'waiting for late readings': 'Wait, or waive it and correct later if more comes in.',
  'no opening reading': 'Get the signed handover reading, or waive it if the first reading opens rightly.',
  provisional: 'Wait for the next reading, or waive it: what is missing is charged by a correction.',
  gap: 'Ask why the tracker was silent. The miles of the silence are charged by the odometer.',
  rollback: 'Look at the readings: was the odometer replaced, or is one of them wrong?',
  jump: 'Look at the readings: accept what is true, reject what is not.',
  conflict: 'Look at the readings: two of one instant disagree. Reject the wrong one.',
  unit: 'Look at the readings: their unit is not what the feed promises.',
  clock: 'Have the tracker’s clock set. Accept a reading only if its time is right.',
  'unit doubt': 'Compare with the dashboard: kilometres may be reported as miles.',
  'two trackers': 'Release the tracker that is no longer fitted, under Ingest, Devices.',
  'unauthenticated transport': 'See that the sender is the tracker; give it a credential under Ingest.',
};

/** What a person does about an exception; one that this window does not know yet is looked at. */
export function exceptionToDo(kind: string): string {
  return toDo[kind] ?? 'Look into it, or waive it with a reason.';
}

const OF_QUARANTINE: ReadonlySet<string> = new Set(['rollback', 'jump', 'conflict', 'unit', 'clock']);

/** Its vehicle has readings in quarantine that a person judges. */
export function isOfQuarantine({ kind, vehicle }: Pick<ExceptionRow, 'kind' | 'vehicle'>): boolean {
  return vehicle !== null && OF_QUARANTINE.has(kind);
}

export function standing(exceptions: readonly ExceptionRow[]): readonly ExceptionRow[] {
  return exceptions.filter(({ waived }) => waived === null);
}

/** Exceptions of one kind, those of the whole contract first. */
export interface ExceptionGroup {
  readonly kind: string;
  readonly exceptions: readonly ExceptionRow[];
  /** Nobody waived them, and somebody may. */
  readonly canBeWaived: readonly ExceptionRow[];
}

/** A contract of many vehicles has many exceptions of a few kinds; the kinds stand in the order they came. */
export function byKind(exceptions: readonly ExceptionRow[]): readonly ExceptionGroup[] {
  const groups = new Map<string, ExceptionRow[]>();
  for (const each of exceptions) groups.set(each.kind, [...(groups.get(each.kind) ?? []), each]);
  return [...groups].map(([kind, found]) => ({
    kind,
    exceptions: found,
    canBeWaived: standing(found).filter(({ canBeWaived }) => canBeWaived),
  }));
}

/** What a period's net is at this moment, in words that say how sure it is. */
export function sureness({ state, isProvisional }: Pick<PeriodRow, 'state' | 'isProvisional'>): string {
  const provisional = isProvisional ? ', provisional' : '';
  if (state === 'open') return `estimated so far${provisional}`;
  if (state === 'draft') return `not invoiced yet${provisional}`;
  return state === 'final' ? 'invoiced' : 'as it is priced now';
}

/** Why the period cannot be closed, or corrected, at this moment; null when it can. */
export function obstacleTo({ row, exceptions, document }: Preview, hasChanged: boolean): string | null {
  if (row.state === 'open')
    return `The period goes on until the end of its last day; it can be closed from ${fullDay(row.endDay)} on.`;
  const count = standing(exceptions).length;
  if (row.state === 'draft' && count > 0)
    return `${formatCounted(count, 'exception stands', 'exceptions stand')}: settle each, or waive it with a reason.`;
  if (document === null)
    return isBeyondLimit({ row, document })
      ? 'More may be charged only for twelve months after a period, unless the operator caused it.'
      : 'Nothing is due for this period.';
  return hasChanged ? 'Something changed while you looked: take note of it first.' : null;
}

/** Rule B13: the period comes to more than was issued, and is too long ago to charge it without the operator's fault. */
export function isBeyondLimit({ row, document }: Pick<Preview, 'row' | 'document'>): boolean {
  return row.state === 'correction due' && document === null && row.netPence > row.issuedNetPence;
}

/** One figure that is not what it was when the preview was opened. */
export interface PreviewChange {
  readonly what: string;
  readonly before: string;
  readonly now: string;
  readonly difference: string;
}

/** How a preview differs in money and miles from the one that a person looked at. Exceptions stand for themselves. */
export function changesBetween(before: Preview, now: Preview): readonly PreviewChange[] {
  const { unit } = now.row;
  const pence = (what: string, a: number, b: number) => change(what, a, b, formatPence);
  return [
    ...change('Distance', before.rated.tenths, now.rated.tenths, (tenths) => formatTenths(tenths, unit)),
    ...pence('Net', before.rated.netPence, now.rated.netPence),
    ...pence('Gross', before.rated.grossPence, now.rated.grossPence),
    ...pence('To be issued, net', before.document?.netPence ?? 0, now.document?.netPence ?? 0),
  ];
}

function change(
  what: string,
  before: number,
  now: number,
  words: (value: number) => string,
): readonly PreviewChange[] {
  if (before === now) return [];
  const difference = now - before;
  const sign = difference > 0 ? '+' : '\u2212';
  return [
    { what, before: words(before), now: words(now), difference: `${sign}${words(Math.abs(difference))}` },
  ];
}
