import { isMetric, metricNames } from './metric-names.ts';
import { hintOf } from './nearest-name.ts';
import type { Expectation, Scenario, ScenarioFleet } from './scenario-schema.ts';
import { simulatedFeeds } from '../trackers/simulated-feed.ts';
import { workPatternOf } from './scenario-fleet.ts';
import { momentMs, shareOf, stretchMs } from './scenario-values.ts';
import type { FilePath } from './yaml-text.ts';

interface CrossProblem {
  readonly path: FilePath;
  readonly message: string;
}

/** What is wrong between the parts of a scenario whose parts are right. */
export function crossProblems(scenario: Scenario): readonly CrossProblem[] {
  return [
    ...fleetProblems(scenario.fleets),
    ...scenario.faults.flatMap(({ at, for: stretch, pick }, i) => [
      ...momentProblem(scenario, at, ['faults', i, 'at']),
      ...(stretch !== undefined && stretchMs(stretch) === 0
        ? [{ path: ['faults', i, 'for'], message: 'a fault lasts at least a second' }]
        : []),
      ...pickProblem(scenario.fleets, pick, ['faults', i, 'pick']),
    ]),
    ...scenario.people.flatMap((step, i) => [
      ...momentProblem(scenario, step.at, ['people', i, 'at']),
      ...(step.do === 'close-period'
        ? fleetProblem(scenario.fleets, step.fleet, ['people', i, 'fleet'])
        : pickProblem(scenario.fleets, step.pick, ['people', i, 'pick'])),
    ]),
    ...scenario.expect.flatMap((expectation, i) => expectProblems(expectation, ['expect', i])),
  ];
}

function fleetProblems(fleets: readonly ScenarioFleet[]): CrossProblem[] {
  const played: readonly string[] = simulatedFeeds;
  return fleets.flatMap(({ id, vehicles, contract, vendors, pattern }, i) => {
    const first = fleets.findIndex((other) => other.id === id);
    const twice =
      first < i ? [{ path: ['fleets', i, 'id'], message: `there is a fleet "${id}" already` }] : [];
    const strangers = (contract.assignments ?? []).flatMap(({ vehicle }, k) =>
      vehicle <= vehicles
        ? []
        : [
            {
              path: ['fleets', i, 'contract', 'assignments', k, 'vehicle'],
              message: `this fleet has ${vehicles} vehicles`,
            },
          ],
    );
    const unplayed = Object.keys(vendors).flatMap((vendor) =>
      played.includes(vendor)
        ? []
        : [
            {
              path: ['fleets', i, 'vendors', vendor],
              message: `the simulator plays no tracker of "${vendor}"; it plays ${played.join(', ')}`,
            },
          ],
    );
    const unknown =
      workPatternOf(pattern) === null
        ? [{ path: ['fleets', i, 'pattern'], message: `the vehicles know no pattern "${pattern}"` }]
        : [];
    const percent = Object.values(vendors).reduce((sum, share) => sum + shareOf(share) * 100, 0);
    const shares =
      Math.abs(percent - 100) < 0.01
        ? []
        : [{ path: ['fleets', i, 'vendors'], message: `the shares come to ${percent} %, not to 100 %` }];
    return [...shares, ...twice, ...strangers, ...unplayed, ...unknown];
  });
}

function momentProblem({ clock }: Scenario, moment: string, path: FilePath): CrossProblem[] {
  const atMs = momentMs(moment);
  if (atMs > clock.durationHours * 3_600_000) {
    return [
      { path, message: `${moment} is after the end of the run, which lasts ${clock.durationHours} hours` },
    ];
  }
  return atMs < -clock.historyDays * 86_400_000
    ? [{ path, message: `${moment} is before the first day, of ${clock.historyDays} days before the start` }]
    : [];
}

function pickProblem(fleets: readonly ScenarioFleet[], pick: string, path: FilePath): CrossProblem[] {
  const [kind, name = ''] = pick.split(':');
  const vehicles = fleets.reduce((sum, fleet) => sum + fleet.vehicles, 0);
  if (kind === 'fleet') return fleetProblem(fleets, name, path);
  if (kind === 'vendor') {
    const names = [...new Set(fleets.flatMap((fleet) => Object.keys(fleet.vendors)))];
    return names.includes(name)
      ? []
      : [{ path, message: `no vehicle here has a tracker of "${name}"${hintOf(name, names)}` }];
  }
  if (kind === 'vehicle') {
    const number = /^v-(\d{4,5})$/.exec(name)?.[1];
    return number !== undefined && Number(number) >= 1 && Number(number) <= vehicles
      ? []
      : [
          {
            path,
            message: `there is no vehicle "${name}"; they are v-0001 to v-${String(vehicles).padStart(4, '0')}`,
          },
        ];
  }
  return /^\d+$/.test(pick) && Number(pick) > vehicles
    ? [{ path, message: `${pick} are to be picked of ${vehicles}` }]
    : [];
}

function fleetProblem(fleets: readonly ScenarioFleet[], name: string, path: FilePath): CrossProblem[] {
  const names = fleets.map(({ id }) => id);
  return names.includes(name) ? [] : [{ path, message: `there is no fleet "${name}"${hintOf(name, names)}` }];
}

function expectProblems(expectation: Expectation, path: FilePath): CrossProblem[] {
  if (!('metric' in expectation)) return [];
  const { metric, waitsFor, min, max, equals, perVehicleMax } = expectation;
  if (waitsFor === undefined && !isMetric(metric)) {
    const hint = hintOf(metric, metricNames);
    const words = hint === '' ? `; there are ${metricNames.join(', ')}` : hint;
    return [{ path: [...path, 'metric'], message: `there is no metric "${metric}"${words}` }];
  }
  const hasBound = [min, max, equals, perVehicleMax].some((bound) => bound !== undefined);
  return hasBound ? [] : [{ path, message: 'say min, max, equals or perVehicleMax' }];
}
