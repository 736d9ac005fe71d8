import { randomStream } from '../../core/base/random.ts';
import { type ActiveFault, activeOf, numberParam } from './fault.ts';

/** What becomes of packets that cannot be sent. */
export type Keeping = 'flush-buffered' | 'flush-newest-first' | 'lose-buffered';

/** How a tracker is connected at an instant. */
export interface LinkState {
  readonly isDown: boolean;
  /** What the fault that takes it down says of packets; null when it leaves that to the tracker. */
  readonly keeping: Keeping | null;
  /** How long a packet that is handed over now waits before it may be sent. */
  readonly delayMs: number;
}

const UP: LinkState = { isDown: false, keeping: null, delayMs: 0 };
const SECOND_MS = 1_000;
const RESTART_SECONDS = 20;
const OUTAGES = [
  'network-loss',
  'broker-refuse',
  'credential-revoked',
  'vendor-outage',
  'thundering-herd',
  'broker-restart',
] as const;

/** Whose link it is: the name makes its back-off its own, which grows no longer than it says; 0 for none. */
export interface LinkOf {
  readonly name: string;
  readonly backoffSeconds: number;
}

/** The link of one tracker, by the faults that hold for its vehicle. */
export function linkAt(faults: readonly ActiveFault[], atMs: number, of: LinkOf, bytes: number): LinkState {
  if (faults.length === 0) return UP;
  const down = faults.find((fault) => isDownBy(fault, atMs, of));
  const delayMs = activeOf(faults, atMs, 'delay').reduce((sum, fault) => sum + delayOf(fault), 0);
  const slowMs = activeOf(faults, atMs, 'slow-link').reduce(
    (sum, fault) => sum + slownessOf(fault, bytes),
    0,
  );
  return { isDown: down !== undefined, keeping: keepingOf(down), delayMs: delayMs + slowMs };
}

/** When a tracker is back after an outage: at its first try after the end, the pauses between tries doubling. */
export function backAtMs(fault: ActiveFault, { name, backoffSeconds }: LinkOf): number {
  const endMs = outageEndMs(fault);
  const hasBackoff = fault.type === 'thundering-herd' || fault.type === 'broker-restart';
  const longestSeconds = numberParam(fault, 'backoffSeconds', hasBackoff ? 30 : backoffSeconds);
  if (longestSeconds === 0 || endMs === Infinity) return endMs;
  const chance = randomStream('back', name, fault.fromMs);
  let tryMs = fault.fromMs;
  for (let pauseSeconds = 1; tryMs < endMs; pauseSeconds = Math.min(2 * pauseSeconds, longestSeconds)) {
    tryMs += Math.ceil(pauseSeconds * (0.5 + chance.next() / 2) * SECOND_MS);
  }
  return tryMs;
}

function isDownBy(fault: ActiveFault, atMs: number, of: LinkOf): boolean {
  if (atMs < fault.fromMs) return false;
  if (fault.type === 'flap') return activeOf([fault], atMs, 'flap').length > 0 && isFlappedDown(fault, atMs);
  return OUTAGES.some((type) => type === fault.type) && atMs < backAtMs(fault, of);
}

function isFlappedDown(fault: ActiveFault, atMs: number): boolean {
  const periodMs = numberParam(fault, 'periodSeconds', 60) * SECOND_MS;
  const downMs = (periodMs * numberParam(fault, 'dutyPercent', 50)) / 100;
  return (atMs - fault.fromMs) % periodMs < downMs;
}

function outageEndMs({ type, fromMs, toMs }: ActiveFault): number {
  if (toMs !== null) return toMs;
  // These two are over by themselves.
  const isShort = type === 'thundering-herd' || type === 'broker-restart';
  return isShort ? fromMs + RESTART_SECONDS * SECOND_MS : Infinity;
}

function keepingOf(fault: ActiveFault | undefined): Keeping | null {
  switch (fault?.then) {
    case 'flush-buffered':
    case 'flush-newest-first':
    case 'lose-buffered':
      return fault.then;
    default:
      return null;
  }
}

function delayOf(fault: ActiveFault): number {
  const seconds =
    numberParam(fault, 'days', 0) * 86_400 +
    numberParam(fault, 'hours', 0) * 3_600 +
    numberParam(fault, 'minutes', 0) * 60 +
    numberParam(fault, 'seconds', 0);
  return (seconds === 0 ? 3_600 : seconds) * SECOND_MS;
}

function slownessOf(fault: ActiveFault, bytes: number): number {
  const bytesPerSecond = numberParam(fault, 'bytesPerSecond', 500);
  return numberParam(fault, 'latencyMs', 2_000) + Math.ceil((bytes * SECOND_MS) / bytesPerSecond);
}
