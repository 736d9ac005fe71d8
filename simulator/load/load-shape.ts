import { type Flush, type Herd, type LoadStage, steadyStage } from './load-plan.ts';

export const loadShapes = [
  'connect',
  'steady',
  'step',
  'spike',
  'herd',
  'soak',
  'flush',
  'slow-consumer',
] as const;
export type LoadShape = (typeof loadShapes)[number];

/** A shape worked out for a rate and a length. */
export interface ShapedLoad {
  readonly stages: readonly LoadStage[];
  readonly flush: Flush | null;
  readonly herd: Herd | null;
  /** A subscriber to everything that reads nothing is connected meanwhile. */
  readonly hasSlowConsumer: boolean;
  /** What came before and after the moment is compared: from when to when the disturbance lasts, or null. */
  readonly disturbance: { readonly fromMs: number; readonly toMs: number } | null;
}

export const SOAK_MS = 30 * 60_000;
const STEPS = 4;
const SPIKE_TIMES = 10;
const SPIKE_MS = 10_000;
const HERD_WITHIN_MS = 1_000;
const FLUSH_SHARE = 0.2;
/** A day out of coverage at a record in five minutes, through a link that takes some 30 records a second. */
const FLUSH_RECORDS = 288;
const FLUSH_RECORD_EVERY_MS = 300_000;
const FLUSH_OVER_MS = 10_000;

/** What a shape sends, `perSecond` being its ordinary rate and `durationMs` its whole length. */
export function shapedLoad(shape: LoadShape, perSecond: number, durationMs: number): ShapedLoad {
  const plain: ShapedLoad = {
    stages: [steadyStage(durationMs, perSecond)],
    flush: null,
    herd: null,
    hasSlowConsumer: false,
    disturbance: null,
  };
  const middleMs = Math.floor(durationMs / 2);
  switch (shape) {
    case 'steady':
    case 'soak':
      return plain;
    case 'connect':
      return { ...plain, stages: [steadyStage(durationMs, 0)] };
    case 'slow-consumer':
      return { ...plain, hasSlowConsumer: true };
    case 'step':
      return {
        ...plain,
        stages: Array.from({ length: STEPS }, (_, step) =>
          steadyStage(durationMs / STEPS, (perSecond * (step + 1)) / STEPS),
        ),
      };
    case 'spike':
      return spike(plain, perSecond, durationMs);
    case 'herd':
      return {
        ...plain,
        herd: { atMs: middleMs, withinMs: HERD_WITHIN_MS },
        disturbance: { fromMs: middleMs, toMs: middleMs + HERD_WITHIN_MS },
      };
    case 'flush':
      return flush(plain, durationMs);
  }
}

/** A quarter of the time as ever, then ten times as much for ten seconds or a quarter of a short run, then as ever. */
function spike(plain: ShapedLoad, perSecond: number, durationMs: number): ShapedLoad {
  const fromMs = Math.floor(durationMs / 4);
  const lengthMs = Math.min(SPIKE_MS, fromMs);
  return {
    ...plain,
    stages: [
      steadyStage(fromMs, perSecond),
      steadyStage(lengthMs, perSecond * SPIKE_TIMES),
      steadyStage(durationMs - fromMs - lengthMs, perSecond),
    ],
    disturbance: { fromMs, toMs: fromMs + lengthMs },
  };
}

function flush(plain: ShapedLoad, durationMs: number): ShapedLoad {
  const atMs = Math.floor(durationMs / 4);
  const overMs = Math.min(FLUSH_OVER_MS, atMs);
  return {
    ...plain,
    flush: {
      atMs,
      overMs,
      share: FLUSH_SHARE,
      recordsEach: FLUSH_RECORDS,
      recordEveryMs: FLUSH_RECORD_EVERY_MS,
    },
    disturbance: { fromMs: atMs, toMs: atMs + overMs },
  };
}
