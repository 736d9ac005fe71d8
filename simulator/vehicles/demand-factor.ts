/** Demand is `factor` times what it would be, for a while: a lockdown (0.05), a fair (1.4). */
export interface DemandFactor {
  readonly fromMs: number;
  /** Null: until the end. */
  readonly toMs: number | null;
  readonly factor: number;
}

/** The factor at an instant; where several hold, they multiply. */
export function demandFactorAt(factors: readonly DemandFactor[], instantMs: number): number {
  return factors.reduce(
    (product, { fromMs, toMs, factor }) =>
      instantMs >= fromMs && (toMs === null || instantMs < toMs) ? product * factor : product,
    1,
  );
}
