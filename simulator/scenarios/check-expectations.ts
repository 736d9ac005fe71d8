import type { MeasuredRun } from './measure.ts';
import type { Expectation } from './scenario-schema.ts';

/** What became of one expectation. */
export interface Checked {
  readonly expectation: string;
  readonly outcome: 'met' | 'missed' | 'skipped';
  /** What was found, or what it waits for. */
  readonly words: string;
}

/** Checks every expectation of a scenario; what the product cannot show yet is skipped by name. */
export function checkExpectations(
  expectations: readonly Expectation[],
  run: MeasuredRun,
): readonly Checked[] {
  return expectations.map((expectation) => {
    const name = expectationName(expectation);
    if (expectation.waitsFor !== undefined) {
      return { expectation: name, outcome: 'skipped', words: `waits for ${expectation.waitsFor}` };
    }
    // Alarms are told by no verb of the product yet.
    if (!('metric' in expectation))
      return { expectation: name, outcome: 'skipped', words: 'waits for alarms' };
    const { value, vehicle } = run.measure(expectation.metric);
    // Counts of a product that goes on running are not only this run's; a clean run needs a product of our own.
    if (value === null)
      return { expectation: name, outcome: 'skipped', words: 'needs --serve, or speed max' };
    const { min, max, equals, perVehicleMax } = expectation;
    const isMet =
      (min === undefined || value >= min) &&
      (max === undefined || value <= max) &&
      (equals === undefined || value === equals) &&
      (perVehicleMax === undefined || value <= perVehicleMax);
    const words = `${shown(value)}${vehicle === null ? '' : ` (${vehicle})`}`;
    return { expectation: name, outcome: isMet ? 'met' : 'missed', words };
  });
}

function expectationName(expectation: Expectation): string {
  if ('alarm' in expectation) {
    const { alarm, count, withinSeconds, during } = expectation;
    return [
      `alarm ${alarm}`,
      ...(count === undefined ? [] : [`${count} times`]),
      ...(withinSeconds === undefined ? [] : [`within ${withinSeconds} s`]),
      ...(during === undefined ? [] : [`during ${during}`]),
    ].join(', ');
  }
  if ('alarmRate' in expectation) return `at most ${expectation.alarmRate.per10min} alarms in 10 minutes`;
  const { metric, min, max, equals, perVehicleMax } = expectation;
  const bounds = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(equals === undefined ? [] : [`exactly ${equals}`]),
    ...(perVehicleMax === undefined ? [] : [`at most ${perVehicleMax} a vehicle`]),
  ];
  return `${metric} ${bounds.join(', ')}`;
}

function shown(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
