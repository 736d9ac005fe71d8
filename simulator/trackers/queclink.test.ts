import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { queclinkOdometer, queclinkReport, queclinkTracker } from './queclink.ts';
import { DEMO_PACE } from './tracker.ts';

const IMEI = '356000000000009';
const memory = { reason: 'periodic', count: 0xa7, onMs: 445_506_000, stateSeconds: 0 } as const;
const PLACE = '48.0,271,20.0,-1.234568,51.500123,20260101000000,0234,0015,0A1B,00C2D3,00';

test('a report has accuracy, place, mileage, hour meter, battery and status, then sending time and count', () => {
  expect(queclinkReport(IMEI, aTrackerView(), memory)).toBe(
    `+RESP:GTFRI,060502,356000000000009,,14100,10,1,1,${PLACE},123456.7,00123:45:06,,,80,220000,,,,20260101000000,00A7$`,
  );
});

test('turning the ignition off has a report of its own, with the seconds it was on', () => {
  const view = aTrackerView({ isOn: false, speedMmPerS: 0, hasFix: false });
  expect(queclinkReport(IMEI, view, { ...memory, reason: 'ignition', stateSeconds: 1_800 })).toBe(
    '+RESP:GTIGF,060502,356000000000009,,1800,0,0.0,271,20.0,-1.234568,51.500123,20260101000000,0234,0015,0A1B,00C2D3,00,00123:45:06,123456.7,20260101000000,00A7$',
  );
});

test('signals have reports of their own; the one of a tow carries the mileage too', () => {
  const report = (signal: 'crash' | 'tow' | 'unplugged' | 'jamming'): string =>
    queclinkReport(IMEI, aTrackerView({ signal }), { ...memory, reason: 'signal' });
  expect(report('crash')).toBe(`+RESP:GTCRA,060502,356000000000009,,1,${PLACE},20260101000000,00A7$`);
  expect(report('unplugged')).toContain('+RESP:GTMPF,');
  expect(report('jamming')).toContain('+RESP:GTJDR,');
  expect(report('tow')).toMatch(/^\+RESP:GTTOW,.*,123456\.7,00123:45:06,,,80,160000,/);
});

test('mileage has always one decimal', () => {
  expect([99_999, 100_000, 12_000_000_000].map((mm) => queclinkOdometer(mm).text)).toEqual([
    '0.0',
    '0.1',
    '12000.0',
  ]);
});

test('a box counts its reports and its hours', () => {
  const tracker = queclinkTracker(IMEI, DEMO_PACE);
  const { atMs } = aTrackerView();
  const ends = [0, 3_600, 3_602].map((seconds) =>
    tracker
      .report(aTrackerView({ atMs: atMs + seconds * 1_000 }), 'due')
      .map(({ payload }) => /(\d{5}:\d\d:\d\d).*,(\w{4})\$$/.exec(String(payload))?.slice(1)),
  );
  expect(ends).toEqual([[['00000:00:00', '0001']], [['00001:00:00', '0002']], [['00001:00:02', '0003']]]);
});
