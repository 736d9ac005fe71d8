import { ok, type Result } from '../../core/base/result.ts';
import type { Book } from '../../core/protocol/book.ts';
import type { RunProblem } from '../run/publisher.ts';
import type { BilledDay } from '../truth/verify-truth.ts';
import { checkExpectations, type Checked } from './check-expectations.ts';
import { type MeasuredRun, measureRun } from './measure.ts';
import type { PreparedScenario } from './prepare-scenario.ts';
import { runScenario, type ScenarioOutcome, type ScenarioRunOptions } from './run-scenario.ts';
import type { ScenarioProduct } from './scenario-product.ts';

export interface PlayOptions extends Omit<ScenarioRunOptions, 'product'> {
  readonly product: ScenarioProduct;
  /** Another product for the same run without faults, where one is to be compared with; null when there can be none. */
  readonly cleanProduct: ((book: Book) => Promise<ScenarioProduct>) | null;
}

export interface PlayedScenario extends MeasuredRun {
  readonly outcome: ScenarioOutcome;
  readonly checked: readonly Checked[];
}

/** Plays a scenario, and once more without its faults where an expectation compares with that, and checks what it expects. */
export async function playScenario(options: PlayOptions): Promise<Result<PlayedScenario, RunProblem>> {
  const { prepared, cleanProduct } = options;
  const outcome = await runScenario(options);
  if (!outcome.ok) return outcome;
  let clean: readonly BilledDay[] | null = null;
  if (comparesWithClean(prepared) && cleanProduct !== null) {
    const { onPublish: _trace, ...quiet } = options;
    const again = await runScenario({
      ...quiet,
      prepared: { ...prepared, faults: [] },
      product: await cleanProduct(prepared.book),
    });
    if (!again.ok) return again;
    clean = again.value.figures.tenths;
  }
  const measured = measureRun(outcome.value, prepared.book, clean);
  const checked = checkExpectations(prepared.scenario.expect, measured);
  return ok({ ...measured, outcome: outcome.value, checked });
}

function comparesWithClean({ scenario }: PreparedScenario): boolean {
  return scenario.expect.some((each) => 'metric' in each && each.metric.startsWith('cleanRun.'));
}
