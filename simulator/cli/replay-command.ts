import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { must } from '../../core/base/assert.ts';
import { controlClient } from '../run/control-client.ts';
import type { TimedPublish } from '../run/fleet-motion.ts';
import { fleetPublisher } from '../run/fleet-publisher.ts';
import { Pacer, type Speed } from '../run/pacer.ts';
import type { DrivenClock, Endpoints, Publisher } from '../run/publisher.ts';
import { EXIT, say } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { isLoopback, type Place, readPlace, readSpeed } from './read-options.ts';
import { readTrace } from './read-trace.ts';
import { shiftTimes } from './shift-times.ts';

interface ReplayOptions {
  readonly speed: Speed;
  readonly shiftTo?: 'now';
  readonly target: Place;
  readonly control?: Place;
  readonly tokenFile?: string;
  readonly allowRemote: boolean;
}

const DEFAULT_TARGET = 'mqtt://127.0.0.1:1883';
const PATIENCE_MS = 5_000;

/** `fleet-sim replay`: a trace, sent again as it was. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('send the packets of a trace again')
    .argument('<trace>', 'a trace of generate, record or run --trace')
    .option('--speed <n>', 'how much faster than it was: 1, 10, max', readSpeed, 1)
    .option(
      '--shift-to <when>',
      'now: the first packet is of now, and times inside text payloads move with it',
      readNow,
    )
    .addOption(
      new Option('--target <address>', 'the broker')
        .argParser(readPlace)
        .default(readPlace(DEFAULT_TARGET), DEFAULT_TARGET),
    )
    .option('--control <address>', "the product's control channel: the replay drives its clock", readPlace)
    .option('--token-file <file>', 'the control-token of the data folder')
    .option('--allow-remote', 'let it go to a broker that is not on this machine', false)
    .addHelpText(
      'after',
      `
Examples:
  npm run -s fleet-sim -- replay week.jsonl.gz --speed max --control 127.0.0.1:7070 --token-file data/control-token
  npm run -s fleet-sim -- replay recorded.jsonl --speed 10 --shift-to now

Times inside of binary payloads cannot be moved; how many there were is said.`,
    )
    .action(async (trace: string, options: ReplayOptions) => {
      process.exitCode = await replay(trace, options);
    });
}

async function replay(file: string, options: ReplayOptions): Promise<number> {
  const { target, allowRemote, control, tokenFile } = options;
  if (!isLoopback(target.host) && !allowRemote) {
    return say(
      EXIT.badUsage,
      `${target.host} is not this machine. Say --allow-remote if the trace is really to go there.`,
    );
  }
  if (control !== undefined && tokenFile === undefined)
    return say(EXIT.badUsage, '--control needs --token-file.');
  const read = await readTrace(file);
  if (!read.ok) return say(EXIT.badUsage, read.error);
  const packets = options.shiftTo === 'now' ? shifted(read.value, Date.now()) : read.value;
  const endpoints = (): Endpoints => ({
    host: target.host,
    mqttPort: target.port,
    control:
      control === undefined || tokenFile === undefined
        ? null
        : { port: control.port, token: readFileSync(tokenFile, 'utf8').trim() },
  });
  const publisher = await fleetPublisher(endpoints, PATIENCE_MS);
  if (!publisher.ok) return say(EXIT.unreachable, publisher.error.detail);
  const clock = control === undefined ? null : await controlClient(endpoints, PATIENCE_MS);
  if (clock !== null && !clock.ok) return say(EXIT.unreachable, clock.error.detail);
  const interrupt = interruptible();
  const acknowledged = await sendAll(
    packets,
    publisher.value,
    clock === null ? null : clock.value,
    options.speed,
    interrupt.signal,
  );
  interrupt.done();
  await Promise.all([publisher.value.close(), clock?.value.close()]);
  return say(
    acknowledged === packets.length ? EXIT.pass : EXIT.runError,
    `${acknowledged} of ${packets.length} packets acknowledged`,
  );
}

/** All packets of an instant together, the clock first; the next instant when all are acknowledged. */
async function sendAll(
  packets: readonly TimedPublish[],
  publisher: Publisher,
  clock: DrivenClock | null,
  speed: Speed,
  signal: AbortSignal,
): Promise<number> {
  let acknowledged = 0;
  const pacer = new Pacer(speed, packets[0]?.atMs ?? 0, signal);
  for (let from = 0; from < packets.length && !signal.aborted;) {
    const { atMs } = must(packets[from], 'a packet of the trace');
    let to = from + 1;
    while (packets[to]?.atMs === atMs) to += 1;
    await pacer.until(atMs);
    await clock?.advanceTo(atMs);
    await publisher.publishAll(packets.slice(from, to), () => (acknowledged += 1));
    from = to;
  }
  return acknowledged;
}

function shifted(packets: readonly TimedPublish[], nowMs: number): readonly TimedPublish[] {
  const [fromMs, toMs] = [packets[0]?.atMs ?? nowMs, packets.at(-1)?.atMs ?? nowMs];
  const byMs = nowMs - fromMs;
  const binary = packets.filter(({ payload }) => typeof payload !== 'string').length;
  if (binary > 0) say(EXIT.pass, `${binary} binary packets keep the times inside of them`);
  return packets.map((packet) => ({
    ...packet,
    atMs: packet.atMs + byMs,
    payload:
      typeof packet.payload === 'string'
        ? shiftTimes(packet.payload, { fromMs, toMs }, byMs)
        : packet.payload,
  }));
}

function readNow(text: string): 'now' {
  if (text === 'now') return text;
  throw new InvalidArgumentError('now is the only place to shift to');
}
