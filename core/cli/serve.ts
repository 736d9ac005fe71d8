import fs from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { fail, ok, type Result } from '../base/result.ts';
import { type Core, type CoreParts, startCore } from '../process/core-process.ts';
import { problemWithListening } from '../process/door/tls-start.ts';
import { logLine } from '../process/log-line.ts';
import { type Book, bookSchema } from '../protocol/book.ts';
import type { CoreStart } from '../protocol/process-messages.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { EXIT } from './exit-codes.ts';
import type { RawPorts } from '../protocol/raw-topic.ts';
import { rawPortOption } from './raw-port-option.ts';

interface ServeOptions {
  readonly data: string;
  readonly book?: string;
  readonly clock: 'system' | 'driven';
  readonly mqttPort: number;
  readonly mqttsPort?: number;
  readonly tcpPort?: RawPorts;
  readonly udpPort?: RawPorts;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly tlsClientAuthority?: string;
  readonly host: string;
  readonly anonymousMayHear?: true;
  readonly for?: number;
  readonly report?: string;
}

const HELP = `
Examples:
  milepost serve                                        real data in the usual place, MQTT on 127.0.0.1:1883
  milepost serve --data ./try --book fleet.json         a fresh folder with its first book
  milepost serve --mqtts-port 8883 --host 0.0.0.0       TLS for trackers elsewhere, which are to trust
                                                        keys/authority-certificate.pem of the data folder
  milepost serve --tcp-port teltonika=5027 queclink=5028
                                                        trackers that do not speak MQTT, on this machine
  milepost serve --data ./sim --clock driven --for 60s --report counts.json

Prints one line of JSON on stdout when it is ready. SIGINT and SIGTERM drain, snapshot and exit 0.`;

/** `milepost serve`: broker, journal, meter and ledger without a window. `open` lets a test put another journal in. */
export function addServe(program: Command, open?: CoreParts['openJournal']): void {
  program
    .command('serve')
    .description('Run the core process without a window.')
    .option('--data <folder>', 'data folder', defaultDataFolder())
    .option('--book <file>', 'first book of an empty data folder, JSON')
    .option(
      '--clock <kind>',
      'system, or driven by journalled ticks (simulated folders only)',
      clockKind,
      'system',
    )
    .option('--mqtt-port <port>', 'MQTT port; 0 takes any free one', portNumber('--mqtt-port'), 1883)
    .option(
      '--mqtts-port <port>',
      'MQTT over TLS 1.3 as well; 0 takes any free port',
      portNumber('--mqtts-port'),
    )
    .option(
      '--tcp-port <name=port...>',
      'trackers that speak Teltonika or Queclink over TCP; 0 takes any free port',
      rawPortOption('--tcp-port'),
    )
    .option('--udp-port <name=port...>', 'the same over UDP', rawPortOption('--udp-port'))
    .option('--host <address>', 'address to listen on; outside loopback no plain MQTT', '127.0.0.1')
    .option(
      '--tls-certificate <file>',
      "the operator's certificate with its chain, PEM; else the app makes one",
    )
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--tls-client-authority <file>', "who signs devices' certificates, PEM")
    .option(
      '--anonymous-may-hear',
      'clients of this machine may subscribe to milepost/v1/ without a credential',
    )
    .option('--for <time>', 'stop by itself after this long: 30s, 5m, 1h', durationMs)
    .option('--report <file>', 'write counts that close at exit')
    .addHelpText('after', HELP)
    .action((options: ServeOptions) => serve(options, open));
}

async function serve(options: ServeOptions, open: CoreParts['openJournal']): Promise<void> {
  const start = startOf(options);
  if (!start.ok) return stopWith(EXIT.badUsage, start.error);
  const core = await startCore(start.value, {
    log: logLine,
    ...(open === undefined ? {} : { openJournal: open }),
  });
  if (!core.ok) return stopWith(EXIT.runError, core.error.problem);
  process.stdout.write(`${JSON.stringify(core.value.ready)}\n`);
  await stopAsked(options.for);
  await finish(core.value, options.report);
}

function startOf(options: ServeOptions): Result<CoreStart, string> {
  const tls = tlsFiles(options);
  if (!tls.ok) return tls;
  const listening = {
    host: options.host,
    ...(options.mqttsPort === undefined ? {} : { mqttsPort: options.mqttsPort }),
    ...(tls.value === undefined ? {} : { tls: tls.value }),
    ...(options.tcpPort === undefined ? {} : { tcpPorts: options.tcpPort }),
    ...(options.udpPort === undefined ? {} : { udpPorts: options.udpPort }),
  };
  const problem = problemWithListening(listening);
  if (problem !== null) return fail(problem);
  const book = options.book === undefined ? ok(undefined) : readBook(options.book);
  if (!book.ok) return book;
  return ok({
    data: options.data,
    clock: options.clock,
    mqttPort: options.mqttPort,
    ...listening,
    ...(options.anonymousMayHear === undefined ? {} : { anonymousMayHear: true }),
    ...(book.value === undefined ? {} : { book: book.value }),
  });
}

function tlsFiles(options: ServeOptions): Result<CoreStart['tls'], string> {
  const { tlsCertificate: certificate, tlsKey: privateKey, tlsClientAuthority: clientAuthority } = options;
  if (certificate !== undefined && privateKey !== undefined) {
    return ok({ certificate, privateKey, ...(clientAuthority === undefined ? {} : { clientAuthority }) });
  }
  if (certificate === undefined && privateKey === undefined && clientAuthority === undefined)
    return ok(undefined);
  return fail('--tls-certificate and --tls-key belong together; --tls-client-authority needs both.');
}

function readBook(file: string): Result<Book, string> {
  try {
    const parsed = bookSchema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return fail(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a book'}`);
  } catch (error) {
    return fail(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function stopAsked(forMs: number | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    if (forMs !== undefined) setTimeout(resolve, forMs);
  });
}

async function finish(core: Core, reportFile: string | undefined): Promise<void> {
  const counts = await core.stop();
  if (reportFile !== undefined) fs.writeFileSync(reportFile, `${JSON.stringify(counts, null, 2)}\n`);
  process.exit(0);
}

function stopWith(code: number, words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = code;
}

function clockKind(text: string): 'system' | 'driven' {
  if (text === 'system' || text === 'driven') return text;
  throw usageError(`--clock ${text}: use system or driven`);
}

function portNumber(option: string): (text: string) => number {
  return (text) => {
    const port = Number(text);
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
    throw usageError(`${option} ${text}: use a number from 0 to 65535`);
  };
}

/** "30s", "5m", "8h" in milliseconds. */
function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const perUnit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
  if (match === null) throw usageError(`--for ${text}: use a time such as 30s, 5m or 8h`);
  return Number(match[1]) * perUnit[match[2] as keyof typeof perUnit];
}

function usageError(words: string): Error {
  return new InvalidArgumentError(words);
}
