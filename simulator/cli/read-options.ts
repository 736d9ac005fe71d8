import { InvalidArgumentError } from 'commander';
import { addRawPort, type RawPorts } from '../../core/protocol/raw-topic.ts';
import type { Speed } from '../run/pacer.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_MS = 400 * 86_400_000;

/** "90s", "5m", "8h" or "14d" as whole milliseconds; at least a second. */
export function readDuration(text: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text);
  const milliseconds =
    match === null ? Number.NaN : Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? Number.NaN);
  if (milliseconds >= 1_000 && milliseconds <= LONGEST_MS) return milliseconds;
  throw new InvalidArgumentError('a time with its unit, such as 30s, 5m or 8h');
}

/** "14d" as a number of days; "0d" is none. */
export function readDays(text: string): number {
  const match = /^(\d{1,3})d$/.exec(text);
  if (match !== null) return Number(match[1]);
  throw new InvalidArgumentError('a number of days, such as 14d');
}

export function readSpeed(text: string): Speed {
  if (text === 'max') return 'max';
  const speed = Number(text);
  if (Number.isFinite(speed) && speed >= 1 && speed <= 3_600) return speed;
  throw new InvalidArgumentError('a speed from 1 to 3600, or max');
}

/** "0.5", "2": how many times a scenario's vehicles. */
export function readScale(text: string): number {
  const scale = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (scale > 0 && scale <= 100) return scale;
  throw new InvalidArgumentError('a factor above 0 and up to 100, such as 0.5');
}

export function readInstant(text: string): number {
  const instantMs = Date.parse(text);
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(instantMs)) return instantMs;
  throw new InvalidArgumentError('an instant with its offset, such as 2026-03-02T08:00:00Z');
}

/** A whole number of at least `least` and at most `most`. */
export function readWhole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
  };
}

/** A place on the network. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** "mqtt://127.0.0.1:1883", or "127.0.0.1:7070" for the control channel. */
export function readPlace(text: string): Place {
  const match = /^(?:mqtt:\/\/)?(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (match?.[1] !== undefined && port >= 1 && port <= 65_535) {
    return { host: match[1].replace(/^\[|\]$/g, ''), port };
  }
  throw new InvalidArgumentError('a host and a port, such as mqtt://127.0.0.1:1883');
}

/** True for this machine only: made-up vehicles must never reach somebody's real broker by a slip of the finger. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** "teltonika=5027", one after another, as ports by listener. */
export function readRawPort(text: string, before: RawPorts | undefined): RawPorts {
  const added = addRawPort(text, before ?? {});
  if (added.ok) return added.value;
  throw new InvalidArgumentError(added.error);
}
