import type { LatencySummary } from './latency-histogram.ts';
import type { LoadResult } from './load-result.ts';
import { figure, plotText } from './plot-text.ts';
import type { ConsumerState } from './slow-consumer.ts';

const NAME_WIDTH = 20;
const CELL_WIDTH = 10;

/** A run for a person at a terminal. No colours, so nothing is lost where there are none. */
export function reportText(result: LoadResult): string {
  return [
    headline(result),
    '',
    latencyTable(result),
    '',
    ...facts(result).map(([name, words]) => `${name.padEnd(12)} ${words}`),
    '',
    plotText({
      title: 'acknowledged',
      unit: 'packets a second',
      values: result.seconds.map(({ acknowledged }) => acknowledged),
    }),
    '',
    plotText({
      title: 'response p99',
      unit: 'ms',
      values: result.seconds.map(({ response }) => response.p99Ms),
    }),
    '',
    verdictText(result),
  ].join('\n');
}

export function headline(result: LoadResult): string {
  const { shape, target, clients, arrivals, seed, machine } = result;
  const stamp = machine.isContended ? '  [CONTENDED: sets and breaks no baseline]' : '';
  return `${shape} on ${target}: ${clients} trackers, ${arrivals} arrivals, seed ${seed}${stamp}`;
}

/** Names and sentences of what else is to be known of a run; both reports have them. */
export function facts(result: LoadResult): readonly (readonly [string, string])[] {
  const { counts, storedUnique, acknowledgedPerSecond } = result;
  const stored = storedUnique === null ? 'the product was not asked what it kept' : `${storedUnique} stored`;
  const again = counts.resent > 0 || counts.connectionsLost > 0;
  return [
    [
      'intended',
      `${counts.intended} = ${counts.sent} sent + ${counts.droppedByGenerator} dropped by the generator`,
    ],
    ['sent', `${counts.sent} = ${counts.acknowledged} acknowledged + ${counts.outstanding} outstanding`],
    ['acknowledged', `${counts.acknowledged}; ${stored}`],
    ['rate', `${figure(acknowledgedPerSecond)} acknowledged a second over the whole run`],
    ...(again
      ? [['connections', `${counts.connectionsLost} lost, ${counts.resent} packets sent again`] as const]
      : []),
    ...recoveryFact(result),
    ...consumerFact(result),
    ['generator', generatorFact(result)],
    ['machine', machineFact(result)],
    ...productFact(result),
  ];
}

export function verdictText({ verdict, machine }: LoadResult): string {
  const { outcome, exitCode, reasons } = verdict;
  const stamp = machine.isContended ? ', contended' : '';
  return [`${outcome}${stamp} (exit code ${exitCode})`, ...reasons.map((reason) => `  ${reason}`)].join('\n');
}

/** Several runs side by side, with the medians that are to be compared. */
export function runsText(results: readonly LoadResult[]): string {
  const cells = (result: LoadResult): readonly (number | null)[] => [
    result.acknowledgedPerSecond,
    result.response.p50Ms,
    result.response.p99Ms,
    result.service.p99Ms,
  ];
  const line = (name: string, values: readonly string[]): string =>
    name.padEnd(NAME_WIDTH) + values.map((value) => value.padStart(CELL_WIDTH + 4)).join('');
  const words = (values: readonly (number | null)[]): readonly string[] =>
    values.map((value) => (value === null ? '-' : figure(value)));
  const rows = results.map(cells);
  const medians = (rows[0] ?? []).map((_, column) => medianOf(rows.flatMap((row) => row[column] ?? [])));
  return [
    line('', ['acked/s', 'response p50', 'response p99', 'service p99']),
    ...rows.map((row, index) => line(`run ${index + 1}`, words(row))),
    line('median', words(medians)),
  ].join('\n');
}

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

function latencyTable(result: LoadResult): string {
  const head = ['ms', 'p50', 'p90', 'p99', 'p99.9', 'max', 'count'];
  const rows: (readonly [string, LatencySummary])[] = [
    ['response (due→ack)', result.response],
    ['service (sent→ack)', result.service],
    ['connect', result.connect],
    ...(result.reconnect.count > 0 ? [['reconnect', result.reconnect] as const] : []),
  ];
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(CELL_WIDTH)).join('');
  return [
    line(head[0] ?? '', head.slice(1)),
    ...rows.map(([name, summary]) => line(name, latencyCells(summary))),
  ].join('\n');
}

/** p50, p90, p99, p99.9, max in milliseconds, and the count. */
export function latencyCells(summary: LatencySummary): readonly string[] {
  const { p50Ms, p90Ms, p99Ms, p999Ms, maxMs, count } = summary;
  return [
    ...[p50Ms, p90Ms, p99Ms, p999Ms, maxMs].map((ms) => (ms === null ? '-' : figure(ms))),
    String(count),
  ];
}

function generatorFact({ health, processor, isPinned }: LoadResult): string {
  const { workers, loopLagP99Ms, sendLagP99Ms, processorShare } = health;
  const cost = processor.generatorMicrosecondsAPacket;
  return [
    `${workers} ${workers === 1 ? 'worker' : 'workers'}${isPinned ? ' on a core of its own' : ''}`,
    `loop lag p99 ${loopLagP99Ms.toFixed(1)} ms`,
    `send lag p99 ${sendLagP99Ms.toFixed(1)} ms`,
    `${(processorShare * 100).toFixed(0)} % of a core`,
    ...(cost === null ? [] : [`${figure(cost)} µs a packet`]),
  ].join(', ');
}

function machineFact({ machine }: LoadResult): string {
  const { cores, model, node, loadAverageBefore, loadAverageAfter, othersShare } = machine;
  const others =
    othersShare === null
      ? 'what others used is not known here'
      : `others used ${(othersShare * 100).toFixed(0)} % of it`;
  const load = `load average ${loadAverageBefore.toFixed(1)} before, ${loadAverageAfter.toFixed(1)} after`;
  return `${cores} cores, ${model.trim()}, Node ${node}; ${load}; ${others}`;
}

function productFact({ machine, processor }: LoadResult): readonly (readonly [string, string])[] {
  const { productResidentBytesMax: bytes, productMegabytesAMinute: slope } = machine;
  const cost = processor.productMicrosecondsAPacket;
  if (bytes === null) return [];
  const words = [
    `at most ${Math.round(bytes / 1e6)} MB resident`,
    ...(slope === null ? [] : [`${slope.toFixed(2)} MB a minute`]),
    ...(cost === null ? [] : [`${figure(cost)} µs of processor a packet`]),
  ];
  return [['product', words.join(', ')]];
}

function recoveryFact({ recovery }: LoadResult): readonly (readonly [string, string])[] {
  if (recovery === null) return [];
  const { p99BeforeMs, worstP99Ms, seconds } = recovery;
  if (p99BeforeMs === null || worstP99Ms === null) return [['recovery', 'too short to tell']];
  const again = seconds === null ? 'not back within the run' : `back after ${seconds} s`;
  return [['recovery', `p99 ${figure(p99BeforeMs)} ms before, ${figure(worstP99Ms)} ms at worst, ${again}`]];
}

const CONSUMER_WORDS: Readonly<Record<ConsumerState, string>> = {
  refused: 'was refused: serve needs --anonymous-may-hear, or this program a --username that may hear',
  connected: 'was still connected at the end',
  cut: 'was cut by the broker',
};

function consumerFact({ slowConsumer }: LoadResult): readonly (readonly [string, string])[] {
  if (slowConsumer === null) return [];
  return [['consumer', `the subscriber that read nothing ${CONSUMER_WORDS[slowConsumer]}`]];
}
