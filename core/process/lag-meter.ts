import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the core process runs: the 99th percentile of event-loop delay since it was last asked. */
export class LagMeter {
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
    this.#histogram.enable();
  }

  takeP99Ms(): number {
    const lagMs = this.#histogram.percentile(99) / 1e6;
    this.#histogram.reset();
    return Number.isFinite(lagMs) ? Math.round(lagMs * 10) / 10 : 0;
  }

  stop(): void {
    this.#histogram.disable();
  }
}
