import { expect, test } from 'vitest';
import { aFault, NEW_YEAR_MS } from '../stand-in/a-fault.ts';
import type { ActiveFault } from '../faults/fault.ts';
import { type CounterOf, OdometerCounter } from './odometer-counter.ts';
import type { OdometerTraits } from './tracker-traits.ts';

const plain: OdometerTraits = { drift: 0, rollsOverAtKm: null, unitChangesAtMs: null };
const box: CounterOf = { feed: 'teltonika', isTrackersOwn: true, openingMm: 1_000e6 };
const KM = 1e6;

/** What a counter shows at 0, 10, 20, 30 and 40 seconds, a kilometre each ten seconds, as whole kilometres. */
function shown(
  faults: readonly ActiveFault[],
  traits: Partial<OdometerTraits> = {},
  of: Partial<CounterOf> = {},
): number[] {
  const counter = new OdometerCounter({ ...box, ...of }, { ...plain, ...traits }, faults);
  return [0, 1, 2, 3, 4].map(
    (step) => counter.show((1_000 + step) * KM, NEW_YEAR_MS + step * 10_000).odometerMm / KM,
  );
}

const until30 = { toMs: NEW_YEAR_MS + 30_000 };

test('a counter without errors shows the road', () => {
  expect(shown([])).toEqual([1_000, 1_001, 1_002, 1_003, 1_004]);
});

test('set back, set forth and frozen, each for its time', () => {
  expect(shown([aFault('odometer-rollback', { ...until30, params: { km: -500 } })])).toEqual([
    1_000, 501, 502, 1_003, 1_004,
  ]);
  expect(shown([aFault('odometer-rollback')])).toEqual([1_000, 501, 502, 503, 504]);
  expect(shown([aFault('odometer-jump', { params: { km: 7 } })])).toEqual([
    1_000, 1_008, 1_009, 1_010, 1_011,
  ]);
  expect(shown([aFault('odometer-freeze', until30)])).toEqual([1_000, 1_001, 1_001, 1_003, 1_004]);
});

test('a counter never shows less than nothing', () => {
  expect(shown([aFault('odometer-rollback', { params: { km: 5_000 } })]).slice(1)).toEqual([0, 0, 0, 0]);
});

test('a box misses what is driven while it is unplugged; the vehicle’s own instrument does not', () => {
  const unplugged = [aFault('tamper-unplug', until30)];
  expect(shown(unplugged)).toEqual([1_000, 1_000, 1_000, 1_001, 1_002]);
  expect(shown(unplugged, {}, { isTrackersOwn: false })).toEqual([1_000, 1_001, 1_002, 1_003, 1_004]);
});

test('distance added up from fixes drifts from the opening on', () => {
  expect(shown([], { drift: 0.02 })).toEqual([1_000, 1_001.02, 1_002.04, 1_003.06, 1_004.08]);
});

test('a counter of six digits starts again from nought', () => {
  expect(shown([], { rollsOverAtKm: 1_002 })).toEqual([1_000, 1_001, 0, 1, 2]);
});

test('after an update it counts in the other unit; where the feed names the unit, the name changes', () => {
  const changed = { unitChangesAtMs: NEW_YEAR_MS + 20_000 };
  const at = (feed: CounterOf['feed']): unknown => {
    const counter = new OdometerCounter({ ...box, feed }, { ...plain, ...changed }, []);
    return counter.show(1_609_344_000, NEW_YEAR_MS + 20_000);
  };
  // A thousand miles: as kilometres where miles are expected, as miles where kilometres are.
  expect(at('tesla-fleet-telemetry')).toEqual({ odometerMm: 2_589_988_110, isInMiles: false });
  expect(at('queclink')).toEqual({ odometerMm: 1_000_000_000, isInMiles: false });
  expect(at('bmw-cardata')).toEqual({ odometerMm: 1_609_344_000, isInMiles: true });
  expect(shown([aFault('schema-drift', { params: { kind: 'unit' } })])[0]).toBe(1_000);
});
