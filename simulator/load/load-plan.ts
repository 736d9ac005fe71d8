/** How arrivals lie within a rate: evenly, or as many independent trackers would have them. */
export type Arrivals = 'constant' | 'poisson';

/** The rate goes from one value to the other in a straight line. A stage of no length is a jump. */
export interface LoadStage {
  readonly durationMs: number;
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
}

/** A part of the fleet comes back into coverage: each of its trackers uploads what it kept, as fast as its link goes. */
export interface Flush {
  readonly atMs: number;
  readonly overMs: number;
  readonly share: number;
  readonly recordsEach: number;
  /** How far apart the kept records were made. */
  readonly recordEveryMs: number;
}

/** Every connection ends and opens again within so long. */
export interface Herd {
  readonly atMs: number;
  readonly withinMs: number;
}

/** What one measured phase sends and when; times count from its start. */
export interface LoadPlan {
  readonly stages: readonly LoadStage[];
  readonly arrivals: Arrivals;
  readonly seed: number;
  readonly clients: number;
  /** What is due before is sent and counted, but not timed. */
  readonly warmUpMs: number;
  readonly flush: Flush | null;
  readonly herd: Herd | null;
}

export function planLengthMs(plan: Pick<LoadPlan, 'stages' | 'flush'>): number {
  const stagesMs = plan.stages.reduce((sum, stage) => sum + stage.durationMs, 0);
  return plan.flush === null ? stagesMs : Math.max(stagesMs, plan.flush.atMs + plan.flush.overMs);
}

export function peakRate(stages: readonly LoadStage[]): number {
  return stages.reduce((peak, stage) => Math.max(peak, stage.fromPerSecond, stage.toPerSecond), 0);
}

export function steadyStage(durationMs: number, perSecond: number): LoadStage {
  return { durationMs, fromPerSecond: perSecond, toPerSecond: perSecond };
}
