import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtInScenarios } from '../../simulator/scenarios/built-in-scenarios.ts';
import { playScenario } from '../../simulator/scenarios/play-scenario.ts';
import { prepareScenario } from '../../simulator/scenarios/prepare-scenario.ts';
import type { Scenario } from '../../simulator/scenarios/scenario-schema.ts';
import { gridCity } from '../../simulator/stand-in/grid-city.ts';
import { coreProduct } from '../support/core-product.ts';

const ground = { network: gridCity(14), timeZone: 'Europe/London' };
/** Fleets made smaller, so that all scenarios together stay below two minutes. */
const SCALES: Readonly<Record<string, number>> = {
  'normal-week': 0.16,
  'saturday-night': 0.15,
  lockdown: 0.125,
  'left-behind': 0.125,
  'single-default': 0.125,
  hertz: 0.125,
  'total-loss': 0.3,
  'pile-up': 0.25,
  'outage-or-unplugged': 0.25,
  'duplicate-storm': 0.5,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenario-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(builtInScenarios().map(({ scenario }) => scenario))(
  '$name ends as its file says',
  async (scenario) => {
    const prepared = prepareScenario(untimed(scenario), ground, SCALES[scenario.name] ?? 1);
    const played = await playScenario({
      prepared,
      product: await coreProduct(path.join(folder, 'one'), prepared.book),
      cleanProduct: (book) => coreProduct(path.join(folder, 'clean'), book),
      signal: new AbortController().signal,
    });
    if (!played.ok) throw new Error(played.error.detail);
    const { checked, verification } = played.value;
    const missed = checked.filter(({ outcome }) => outcome === 'missed');
    expect({
      missed,
      unexplained: verification.differences.filter(({ cause }) => cause === 'unexplained'),
    }).toEqual({
      missed: [],
      unexplained: [],
    });
    expect(checked.filter(({ outcome }) => outcome === 'met').length).toBeGreaterThan(0);
    expect(checked.filter(({ outcome }) => outcome === 'skipped').map(({ words }) => words)).toEqual(
      prepared.scenario.expect.flatMap(({ waitsFor }) =>
        waitsFor === undefined ? [] : [`waits for ${waitsFor}`],
      ),
    );
  },
  60_000,
);

/** How quick a shared machine is at the moment is no property of the product. */
function untimed(scenario: Scenario): Scenario {
  const isOfTime = (each: Scenario['expect'][number]): boolean =>
    'metric' in each && each.metric === 'ingest.lagSeconds';
  return { ...scenario, expect: scenario.expect.filter((each) => !isOfTime(each)) };
}
