import type { Alarm } from '../../core/protocol/link.ts';

export type Priority = Alarm['priority'];
const priorities: readonly Priority[] = ['P1', 'P2', 'P3'];

/** The shape of each priority, drawn beside its word: a colour never stands alone. */
export const shapeOf: Readonly<Record<Priority, string>> = { P1: '▲', P2: '◆', P3: '■' };

/** Most urgent first; within a priority the newest. */
export function byUrgency(alarms: readonly Alarm[]): Alarm[] {
  const rank = (alarm: Alarm): number => priorities.indexOf(alarm.priority);
  return alarms.toSorted((a, b) => (rank(a) === rank(b) ? b.raisedAtMs - a.raisedAtMs : rank(a) - rank(b)));
}

/** How many of each priority that has any, most urgent first. */
export function countByPriority(alarms: readonly Alarm[]): [Priority, number][] {
  return priorities
    .map((priority): [Priority, number] => [
      priority,
      alarms.filter((alarm) => alarm.priority === priority).length,
    ])
    .filter(([, count]) => count > 0);
}
