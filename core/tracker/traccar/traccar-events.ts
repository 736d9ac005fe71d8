import { type Findings, isNoValue, shown } from '../vendor-fields.ts';

/** The gravest first: a reading carries one event. */
const EVENT_BY_ALARM: ReadonlyMap<string, string> = new Map([
  ['accident', 'crash'],
  ['tow', 'tow'],
  ['jamming', 'jamming'],
  ['powerCut', 'unplugged'],
  ['sos', 'sos'],
  ['hardBraking', 'harsh-braking'],
  ['hardAcceleration', 'harsh-acceleration'],
  ['hardCornering', 'harsh-cornering'],
]);

/** The server's list of alarms grows; what it adds is passed on under its own name, if that is one plain word. */
const ALARM_NAME = /^[A-Za-z]{1,40}$/;

/** The gravest event in a list of alarms, parted by commas; undefined when there is none. */
export function traccarEvent(findings: Findings, value: unknown): string | undefined {
  if (isNoValue(value)) return undefined;
  if (typeof value !== 'string') {
    findings.refuse('unexpected-shape', `alarm is ${shown(value)}, not text`);
    return undefined;
  }
  const alarms = value.split(',').map((alarm) => alarm.trim());
  for (const [alarm, event] of EVENT_BY_ALARM) if (alarms.includes(alarm)) return event;
  const other = alarms.find((alarm) => ALARM_NAME.test(alarm));
  return other?.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
