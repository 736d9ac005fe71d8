import { fail, ok, type Result } from '../../base/result.ts';
import { isImei } from '../device-id.ts';
import { isCoordinate, isHex, isTimeText, timeFromDigits } from './queclink-text.ts';
import type { Refusal } from '../refusal.ts';
import { shown } from '../vendor-fields.ts';

/** One message taken apart at its commas: `+RESP:GTFRI,<protocol>,<device>,<device name>,…,<send time>,<count>$`. */
export interface QueclinkMessage {
  /** RESP is live, BUFF the same replayed from memory, ACK an answer to a command or a heartbeat. */
  readonly frame: QueclinkFrame;
  /** `GTFRI` */
  readonly report: string;
  /** Empty in the few old reports that leave it out. */
  readonly protocol: string;
  readonly device: string;
  readonly fields: readonly string[];
  /** Where the device name stands; what the report says follows it. */
  readonly nameAt: number;
  /** Where the send time stands; what the report says ends before it. */
  readonly sendTimeAt: number;
  readonly sendTimeMs: number;
  /** Four hexadecimal digits, as received. */
  readonly count: string;
}

export type QueclinkFrame = 'RESP' | 'BUFF' | 'ACK';

/**
 * Takes one message apart. A message ends at `$`. Without one it was cut, but the last message of a datagram sometimes
 * comes whole and only lacks it: so it is taken exactly when its last two fields are a send time and a whole count,
 * which nothing else in a message looks like except the time of a fix and the network code behind it.
 */
export function readQueclinkMessage(text: string): Result<QueclinkMessage, Refusal> {
  const frame = frameOf(text);
  if (frame === null)
    return notThisProtocol(`${shown(text)} does not begin with +RESP:GT, +BUFF:GT or +ACK:GT`);
  const fields = (text.endsWith('$') ? text.slice(0, -1) : text).split(',');
  const [header = ''] = fields;
  const report = header.slice(frame.length + 2);
  if (!REPORT.test(report)) return notThisProtocol(`${shown(report)} is no message type`);
  const deviceAt = deviceIndex(fields);
  if (deviceAt === null) return noDevice(fields);
  return withEnd({ frame, report, deviceAt, fields });
}

const REPORT = /^GT[A-Z0-9]{3}$/;

function frameOf(text: string): QueclinkFrame | null {
  if (text.startsWith('+RESP:GT')) return 'RESP';
  if (text.startsWith('+BUFF:GT')) return 'BUFF';
  return text.startsWith('+ACK:GT') ? 'ACK' : null;
}

/** The device follows the protocol version; a few old reports have no version. Null when neither is there. */
function deviceIndex(fields: readonly string[]): number | null {
  const [, first = '', second = ''] = fields;
  if (isQueclinkDevice(first)) return 1;
  return isProtocolVersion(first) && isQueclinkDevice(second) ? 2 : null;
}

/** True for an IMEI of 15 digits or a MEID of 14 hexadecimal digits. */
export function isQueclinkDevice(text: string): boolean {
  return isImei(text) || isHex(text, 14);
}

/** Six characters; newer models have eight or ten. */
function isProtocolVersion(text: string): boolean {
  return isHex(text, 6) || isHex(text, 8) || isHex(text, 10);
}

function noDevice(fields: readonly string[]): Result<never, Refusal> {
  const [, version = '', device = ''] = fields;
  if (!isProtocolVersion(version))
    return notThisProtocol(`${shown(version)} is no protocol version and no device`);
  return fail({
    reason: 'bad-device-id',
    detail: `a device is 15 digits, or a MEID of 14 hexadecimal digits; the message has ${shown(device)}`,
  });
}

interface MessageStart {
  readonly frame: QueclinkFrame;
  readonly report: string;
  readonly deviceAt: number;
  readonly fields: readonly string[];
}

function withEnd({ frame, report, deviceAt, fields }: MessageStart): Result<QueclinkMessage, Refusal> {
  const sendTimeAt = fields.length - 2;
  const sendTime = fields[sendTimeAt] ?? '';
  const count = fields[sendTimeAt + 1] ?? '';
  if (sendTimeAt <= deviceAt || !isTimeText(sendTime) || !isHex(count, 4))
    return notThisProtocol(
      `the message ends in ${shown(`${sendTime},${count}`)}, not in send time and count`,
    );
  if (isCoordinate(fields[sendTimeAt - 1] ?? '') && isCoordinate(fields[sendTimeAt - 2] ?? ''))
    return notThisProtocol('the message was cut within a position: its last time is that of the fix');
  const sendTimeMs = timeFromDigits(sendTime);
  if (sendTimeMs === null)
    return fail({ reason: 'value-out-of-range', detail: `send time ${sendTime} is no date and time` });
  const protocol = deviceAt === 2 ? (fields[1] ?? '') : '';
  const device = fields[deviceAt] ?? '';
  return ok({ frame, report, protocol, device, fields, nameAt: deviceAt + 1, sendTimeAt, sendTimeMs, count });
}

function notThisProtocol(detail: string): Result<never, Refusal> {
  return fail({ reason: 'not-this-protocol', detail });
}
