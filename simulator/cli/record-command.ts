import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { connect, type MqttClient } from 'mqtt';
import type { TimedPublish } from '../run/fleet-motion.ts';
import { anonymiser } from './anonymise.ts';
import { EXIT, say } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { isLoopback, type Place, readDuration, readPlace, readWhole } from './read-options.ts';
import { openTrace } from './trace-file.ts';

interface RecordOptions {
  readonly topic: readonly string[];
  readonly output: string;
  readonly target: Place;
  readonly duration: number;
  readonly count: number;
  readonly anonymise: boolean;
  readonly allowRemote: boolean;
}

const DEFAULT_TARGET = 'mqtt://127.0.0.1:1883';
const HOUR_MS = 3_600_000;
const PACKETS_MAX = 1_000_000;
const PATIENCE_MS = 5_000;

/** `fleet-sim record`: what a broker carries into a trace that `replay` can send again. */
export function addRecord(program: Command): void {
  program
    .command('record')
    .description('write what a broker carries into a trace')
    .requiredOption('--topic <filter...>', "which topics, such as 'telemetry/#'")
    .requiredOption('-o, --output <file>', 'the trace; compressed when its name ends in .gz')
    .addOption(
      new Option('--target <address>', 'the broker')
        .argParser(readPlace)
        .default(readPlace(DEFAULT_TARGET), DEFAULT_TARGET),
    )
    .addOption(new Option('--duration <time>', 'how long').argParser(readDuration).default(HOUR_MS, '1h'))
    .option('--count <n>', 'at most so many packets', readWhole(1, PACKETS_MAX), PACKETS_MAX)
    .option(
      '--anonymise',
      'other VINs, IMEIs and mail addresses of the same shape, places to a kilometre',
      false,
    )
    .option('--allow-remote', 'listen to a broker that is not on this machine', false)
    .addHelpText(
      'after',
      `
Examples:
  npm run -s fleet-sim -- record --topic 'telemetry/#' 'teslamate/#' -o day.jsonl.gz --duration 8h --anonymise

It hears what a broker lets it subscribe to. Milepost's own lets nobody hear what trackers send: listen where it comes from.`,
    )
    .action(async (options: RecordOptions) => {
      process.exitCode = await record(options);
    });
}

async function record({
  topic,
  output,
  target,
  duration,
  count,
  anonymise,
  allowRemote,
}: RecordOptions): Promise<number> {
  if (!isLoopback(target.host) && !allowRemote)
    return say(EXIT.badUsage, `${target.host} is not this machine. Say --allow-remote to listen there.`);
  const client = connect({
    host: target.host,
    port: target.port,
    clientId: `fleet-sim-record-${process.pid}`,
    reconnectPeriod: 0,
  });
  const opened = await connected(client);
  if (opened !== null) {
    client.end(true);
    return say(EXIT.unreachable, `no broker answers on ${target.host}:${target.port} (${opened})`);
  }
  const interrupt = interruptible();
  const packets = await hear(
    client,
    { topic, output, count, clean: anonymise ? anonymiser(randomBytes(16).toString('hex')) : null },
    duration,
    interrupt.signal,
  );
  interrupt.done();
  await client.endAsync();
  return packets === null
    ? say(EXIT.runError, 'the broker does not let us subscribe to that')
    : say(EXIT.pass, `${packets} packets in ${output}`);
}

/** Null when the broker answered, otherwise why not. */
function connected(client: MqttClient): Promise<string | null> {
  const settled = new Promise<string | null>((resolve) => {
    client.once('connect', () => resolve(null));
    client.once('error', ({ message }) => resolve(message === '' ? 'it refused the connection' : message));
  });
  return Promise.race([settled, wait(PATIENCE_MS, 'no answer', { ref: false })]);
}

interface Hearing {
  readonly topic: readonly string[];
  readonly output: string;
  readonly count: number;
  readonly clean: ((text: string) => string) | null;
}

/** How many were written until time or count was up; null when the subscription was refused. */
async function hear(
  client: MqttClient,
  { topic, output, count, clean }: Hearing,
  durationMs: number,
  signal: AbortSignal,
): Promise<number | null> {
  const trace = openTrace(output);
  let packets = 0;
  const enough = new AbortController();
  client.on('message', (name, bytes) => {
    if (packets >= count) return;
    packets += 1;
    trace?.write(heardPublish(name, bytes, clean));
    if (packets >= count) enough.abort();
  });
  try {
    const granted = await client.subscribeAsync([...topic], { qos: 1 });
    if (granted.some(({ qos }) => qos > 2)) return null;
    await wait(durationMs, undefined, { signal: AbortSignal.any([signal, enough.signal]) }).catch(
      () => undefined,
    );
    return packets;
  } catch {
    return null;
  } finally {
    trace?.close();
  }
}

function heardPublish(topic: string, bytes: Buffer, clean: ((text: string) => string) | null): TimedPublish {
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes);
  const payload = !isText ? bytes : clean === null ? text : clean(text);
  return {
    atMs: Date.now(),
    client: 'recorded',
    transport: 'mqtt',
    topic: clean === null ? topic : clean(topic),
    payload,
    odometer: null,
    vehicle: 0,
  };
}
