import { expect, test } from 'vitest';
import { randomStream } from '../../core/base/random.ts';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { fitTracker } from '../trackers/fit-tracker.ts';
import { DEMO_PACE, type TrackerPublish } from '../trackers/tracker.ts';
import { damaged, type DriftKind, drifted } from './schema-drift.ts';

function said(provider: 'flespi' | 'traccar' | 'teltonika' | 'teslamate'): TrackerPublish {
  const view = aTrackerView({ odometerMm: 15_321_700_000 });
  const publish = fitTracker({ provider, device: '356000000000009' }, DEMO_PACE).report(view, 'final').at(-1);
  if (publish === undefined) throw new Error('a tracker says its odometer');
  return publish;
}

const mileage = (kind: DriftKind): unknown =>
  (JSON.parse(String(drifted(said('flespi'), [kind]).payload)) as Record<string, unknown>)['vehicle.mileage'];

test('another firmware leaves the odometer out, or writes it otherwise', () => {
  expect(mileage('missing')).toBeUndefined();
  expect(mileage('null')).toBeNull();
  expect(mileage('text-number')).toBe('15321.7');
  expect(mileage('comma-decimal')).toBe('15321,7');
  expect(mileage('extra')).toBe(15_321.7);
  expect(drifted(said('flespi'), ['missing']).odometer).toBeNull();
  expect(drifted(said('flespi'), ['text-number']).odometer).toEqual({ text: '15321.7', unit: 'km' });
});

test('it finds the odometer wherever it stands, and leaves alone what has no shape', () => {
  const { payload } = drifted(said('traccar'), ['null']);
  expect(JSON.parse(String(payload))).toMatchObject({ position: { attributes: { odometer: null } } });
  for (const shapeless of [said('teltonika'), said('teslamate')])
    expect(drifted(shapeless, ['missing', 'extra'])).toEqual(shapeless);
});

test('over MQTT a damaged message is what arrives; to a raw port nobody answers it and the whole one follows', () => {
  const chance = randomStream('damage');
  const [truncated, ...none] = damaged(said('flespi'), 'truncated', chance);
  expect(none).toEqual([]);
  expect(truncated?.odometer).toBeNull();
  expect(String(said('flespi').payload).startsWith(Buffer.from(truncated?.payload ?? '').toString())).toBe(
    true,
  );
  const whole = said('teltonika');
  const [broken, again] = damaged(whole, 'truncated', chance);
  expect(broken?.isUnanswered).toBe(true);
  expect(again).toEqual(whole);
});

test('junk is 64 KiB, and the wrong encoding has a nought in every other byte', () => {
  const chance = randomStream('damage');
  expect(damaged(said('flespi'), 'junk', chance)[0]?.payload.length).toBe(65_536);
  const bytes = Buffer.from(damaged(said('flespi'), 'wrong-encoding', chance)[0]?.payload ?? '');
  expect(bytes.subarray(0, 4)).toEqual(Buffer.from([0x7b, 0, 0x22, 0]));
});
