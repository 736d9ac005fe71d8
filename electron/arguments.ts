import path from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../core/base/result.ts';
import { addRawPort, type RawPorts } from '../core/protocol/raw-topic.ts';

/** What the command line asks of the window's program; folders and files are absolute. */
export interface ShellArguments {
  readonly isDemo: boolean;
  /** The data folder; null for the one in the person's own application folder. */
  readonly data: string | null;
  /** The book an empty data folder is given. */
  readonly book: string | null;
  readonly mqttPort: number;
  readonly door: DoorSettings;
  readonly demo: DemoSettings;
  /** Present when the program is to look at itself after a while, write down what it saw, and end. */
  readonly smoke: SmokeSettings | null;
}

/** How trackers may come in beside plain MQTT on this machine. Beyond it only over TLS, with credentials. */
export interface DoorSettings {
  readonly host: string;
  /** MQTT over TLS; null for none. */
  readonly mqttsPort: number | null;
  /** Ports for trackers that do not speak MQTT. */
  readonly tcpPorts: RawPorts;
  readonly udpPorts: RawPorts;
}

/** What the demo fleet is. */
export interface DemoSettings {
  readonly city: string;
  readonly vehicles: number;
  readonly seed: number;
  readonly historyDays: number;
}

export interface SmokeSettings {
  readonly afterMs: number;
  readonly report: string | null;
  readonly screenshot: string | null;
}

/**
 * Reads the arguments after the program's own name. Chromium's flags and the application folder stand among them and
 * are passed over. The error is a sentence for the person who typed it.
 */
export function parseArguments(
  argv: readonly string[],
  workingFolder: string,
): Result<ShellArguments, string> {
  const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, allowPositionals: true });
  const given = new Map(Object.entries(values));
  try {
    const file = (name: OptionName): string | null => {
      const text = textOf(given, name);
      return text === null ? null : path.resolve(workingFolder, text);
    };
    const whole = (name: OptionName, fallback: number, least: number, most: number): number =>
      wholeNumber(name, textOf(given, name), { fallback, least, most });
    const smokeAfter = textOf(given, 'smoke');
    return ok({
      isDemo: given.get('demo') === true,
      data: file('data'),
      book: file('book'),
      mqttPort: whole('mqtt-port', 1883, 1, 65_535),
      door: {
        host: textOf(given, 'host') ?? '127.0.0.1',
        mqttsPort: given.has('mqtts-port') ? whole('mqtts-port', 8883, 1, 65_535) : null,
        tcpPorts: rawPorts(given, 'tcp-port'),
        udpPorts: rawPorts(given, 'udp-port'),
      },
      demo: {
        city: textOf(given, 'city') ?? 'montevideo',
        vehicles: whole('vehicles', 250, 1, 100_000),
        seed: whole('seed', 7, 0, 2 ** 31 - 1),
        historyDays: whole('history-days', smokeAfter === null ? HISTORY_DAYS : SMOKE_HISTORY_DAYS, 0, 366),
      },
      smoke:
        smokeAfter === null
          ? null
          : { afterMs: durationMs(smokeAfter), report: file('report'), screenshot: file('screenshot') },
    });
  } catch (error) {
    if (error instanceof ArgumentProblem) return fail(error.message);
    throw error;
  }
}

/** A quarter of a year fills the charts. A run that only looks whether all works is not kept waiting for it. */
const HISTORY_DAYS = 90;
const SMOKE_HISTORY_DAYS = 1;

const OPTIONS = {
  demo: { type: 'boolean' },
  data: { type: 'string' },
  book: { type: 'string' },
  'mqtt-port': { type: 'string' },
  'mqtts-port': { type: 'string' },
  'tcp-port': { type: 'string', multiple: true },
  'udp-port': { type: 'string', multiple: true },
  host: { type: 'string' },
  city: { type: 'string' },
  vehicles: { type: 'string' },
  seed: { type: 'string' },
  'history-days': { type: 'string' },
  smoke: { type: 'string' },
  report: { type: 'string' },
  screenshot: { type: 'string' },
} as const;
type OptionName = keyof typeof OPTIONS;

/** Carries a sentence out of the reading of one argument; never leaves this file. */
class ArgumentProblem extends Error {}

function textOf(given: ReadonlyMap<string, unknown>, name: OptionName): string | null {
  const value = given.get(name);
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '') return value;
  throw new ArgumentProblem(`--${name} needs a value`);
}

/** `--tcp-port teltonika=5027 --tcp-port queclink=5028`. */
function rawPorts(given: ReadonlyMap<string, unknown>, name: OptionName): RawPorts {
  const texts = given.get(name);
  let ports: RawPorts = {};
  for (const text of Array.isArray(texts) ? texts.map(String) : []) {
    const added = addRawPort(text, ports);
    if (!added.ok) throw new ArgumentProblem(`--${name} is "${text}"; ${added.error}`);
    ports = added.value;
  }
  return ports;
}

function wholeNumber(
  name: OptionName,
  text: string | null,
  { fallback, least, most }: { fallback: number; least: number; most: number },
): number {
  if (text === null) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new ArgumentProblem(`--${name} is "${text}"; it must be a whole number from ${least} to ${most}`);
}

function durationMs(text: string): number {
  const match = /^(\d{1,6})(ms|s|m)$/.exec(text);
  if (match === null)
    throw new ArgumentProblem(`--smoke is "${text}"; it must be a time such as 60s, 1500ms or 2m`);
  return Number(match[1]) * { ms: 1, s: 1_000, m: 60_000 }[match[2] as 'ms' | 's' | 'm'];
}
