import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

/** What else the machine did during a run. Nulls where the system does not tell (only Linux does). */
export interface MachineReport {
  readonly cores: number;
  readonly model: string;
  readonly node: string;
  readonly loadAverageBefore: number;
  readonly loadAverageAfter: number;
  /** Share of the whole machine used by processes that are neither the generator nor the product. */
  readonly othersShare: number | null;
  /** Others took more than a tenth, or were at work before: no baseline can be set or broken by this run. */
  readonly isContended: boolean;
  /** The product's processor time, when it runs on this machine. */
  readonly productMicroseconds: number | null;
  readonly productResidentBytesMax: number | null;
  /** By least squares over the samples; null with fewer than a minute of them. */
  readonly productMegabytesAMinute: number | null;
}

const OTHERS_SHARE_MAX = 0.1;
const SAMPLE_EVERY_MS = 2_000;
const SLOPE_FROM_MS = 60_000;
/** Linux counts processor time in hundredths of a second, whatever the machine. */
const TICK_MICROSECONDS = 10_000;
const LISTENING = '0A';

/** Call at the start of a run; `stop` at its end gives the report. */
export function watchMachine(
  ownPids: readonly number[],
  productPid: number | null,
): { readonly stop: () => MachineReport } {
  const loadAverageBefore = os.loadavg()[0] ?? 0;
  const before = processorTimes(ownPids, productPid);
  const memory: MemorySample[] = [];
  const sample = (): void => {
    const bytes = productPid === null ? null : residentBytes(productPid);
    if (bytes !== null) memory.push({ atMs: performance.now(), bytes });
  };
  sample();
  const sampling = setInterval(sample, SAMPLE_EVERY_MS);
  const stop = (): MachineReport => {
    clearInterval(sampling);
    sample();
    const after = processorTimes(ownPids, productPid);
    const othersShare = shareOfOthers(before, after);
    const cores = os.availableParallelism();
    return {
      cores,
      model: os.cpus()[0]?.model ?? 'unknown',
      node: process.version,
      loadAverageBefore,
      loadAverageAfter: os.loadavg()[0] ?? 0,
      othersShare,
      isContended: othersShare === null ? loadAverageBefore > cores / 2 : othersShare > OTHERS_SHARE_MAX,
      productMicroseconds: difference(before?.product ?? null, after?.product ?? null),
      productResidentBytesMax: memory.length === 0 ? null : Math.max(...memory.map(({ bytes }) => bytes)),
      productMegabytesAMinute: slopeOf(memory),
    };
  };
  return { stop };
}

export interface ProcessorTimes {
  /** Microseconds since the machine started, all cores. */
  readonly busy: number;
  readonly total: number;
  readonly own: number;
  readonly product: number | null;
}

export function shareOfOthers(before: ProcessorTimes | null, after: ProcessorTimes | null): number | null {
  if (before === null || after === null || after.total <= before.total) return null;
  const ours = after.own - before.own + (difference(before.product, after.product) ?? 0);
  return Math.max(0, after.busy - before.busy - ours) / (after.total - before.total);
}

export interface MemorySample {
  readonly atMs: number;
  readonly bytes: number;
}

/** Megabytes a minute, by least squares; null when the samples span less than a minute. */
export function slopeOf(samples: readonly MemorySample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.atMs - first.atMs < SLOPE_FROM_MS) return null;
  const minutes = samples.map(({ atMs }) => (atMs - first.atMs) / 60_000);
  const megabytes = samples.map(({ bytes }) => bytes / 1e6);
  const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [meanMinute, meanMegabyte] = [meanOf(minutes), meanOf(megabytes)];
  let [along, spread] = [0, 0];
  minutes.forEach((minute, i) => {
    along += (minute - meanMinute) * ((megabytes[i] ?? 0) - meanMegabyte);
    spread += (minute - meanMinute) ** 2;
  });
  return along / spread;
}

/** The process that listens on a port of this machine, when the system tells; null otherwise. */
export function listenerOf(port: number): number | null {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningInodes(file, port)));
  if (inodes.size === 0) return null;
  return numbersIn('/proc').find((pid) => holdsOne(pid, inodes)) ?? null;
}

function listeningInodes(file: string, port: number): readonly string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return (readText(file) ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words[1]?.endsWith(`:${hexPort}`) === true && words[3] === LISTENING)
    .flatMap((words) => words[9] ?? []);
}

function holdsOne(pid: number, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1];
      return inode !== undefined && inodes.has(inode);
    });
  } catch {
    // Another user's, or gone meanwhile.
    return false;
  }
}

function numbersIn(folder: string): readonly number[] {
  return readdirSync(folder).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

function processorTimes(ownPids: readonly number[], productPid: number | null): ProcessorTimes | null {
  const words = readText('/proc/stat')?.split('\n')[0]?.trim().split(/\s+/).slice(1, 9).map(Number);
  if (words === undefined) return null;
  const total = words.reduce((sum, ticks) => sum + ticks, 0);
  const idle = (words[3] ?? 0) + (words[4] ?? 0);
  const { user, system } = process.cpuUsage();
  const workers = ownPids.reduce((sum, pid) => sum + (processorOf(pid) ?? 0), 0);
  return {
    busy: (total - idle) * TICK_MICROSECONDS,
    total: total * TICK_MICROSECONDS,
    own: user + system + workers,
    product: productPid === null ? null : processorOf(productPid),
  };
}

/** Microseconds, all threads; the fields after the name in brackets, which may hold spaces. */
function processorOf(pid: number): number | null {
  const words = readText(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ');
  return words === undefined ? null : (Number(words[11]) + Number(words[12])) * TICK_MICROSECONDS;
}

function residentBytes(pid: number): number | null {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readText(`/proc/${pid}/status`) ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
