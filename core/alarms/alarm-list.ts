import type { Alarm } from '../protocol/link.ts';

/**
 * The alarms that stand: one a cause, however often it recurs. An alarm needs a person's answer, so each says what to do
 * (ISA-18.2); everything else is an event.
 */
export type AlarmList = Map<string, Alarm>;

/** Raises an alarm, or counts it once more when its cause stands already. */
export function raiseAlarm(list: AlarmList, alarm: Omit<Alarm, 'count'>): void {
  const standing = list.get(alarm.id);
  list.set(
    alarm.id,
    standing === undefined ? { ...alarm, count: 1 } : { ...standing, count: standing.count + 1 },
  );
}

/** The book broke one of its rules: nothing more is posted, while packets are still taken and metered. */
export function bookFaultAlarm(fault: string, raisedAtMs: number): Omit<Alarm, 'count'> {
  return {
    id: 'book-fault',
    priority: 'P1',
    words: `The book does not balance: ${fault}`,
    response:
      'Nothing is posted and no document is issued until the cause is found. Keep the data folder as it is, and run milepost verify on a copy.',
    raisedAtMs,
  };
}

/** The journal cannot take any more: nothing is acknowledged and no packet is taken until a person has made room. */
export function intakeStoppedAlarm(message: string, raisedAtMs: number): Omit<Alarm, 'count'> {
  return {
    id: 'intake-stopped',
    priority: 'P1',
    words: `Intake stopped: ${message}`,
    response:
      'Nothing unacknowledged is lost: trackers send it again. Free or repair the disk, then start Milepost again.',
    raisedAtMs,
  };
}
