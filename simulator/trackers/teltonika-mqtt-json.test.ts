import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { teltonikaPayload, teltonikaTracker } from './teltonika-mqtt-json.ts';
import { DEMO_PACE } from './tracker.ts';

const IMEI = '356000000000001';

test('a record is the JSON a box speaks natively: its own time, latitude first, whole metres and millivolts', () => {
  const [publish] = teltonikaTracker(IMEI, DEMO_PACE).report(aTrackerView(), 'due');
  expect(publish?.topic).toBe(`fleet/fmc-${IMEI}/teltonika/${IMEI}/data`);
  expect(publish?.client).toBe(`fmc-${IMEI}`);
  expect(publish?.odometer).toEqual({ text: '123456789', unit: 'm' });
  expect(JSON.parse(String(publish?.payload))).toEqual({
    state: {
      reported: {
        ts: 1_767_225_600_000,
        pr: 0,
        latlng: '51.500123,-1.234568',
        alt: 20,
        ang: 271,
        sat: 9,
        sp: 48,
        evt: 0,
        '239': 1,
        '240': 1,
        '66': 14_100,
        '16': 123_456_789,
      },
    },
  });
});

test('a place keeps its six decimals south and west of nought', () => {
  const latlng = (latitudeE6: number, longitudeE6: number): string => {
    const { state } = JSON.parse(teltonikaPayload(aTrackerView({ latitudeE6, longitudeE6 }), 'periodic')) as {
      state: { reported: { latlng: string } };
    };
    return state.reported.latlng;
  };
  expect(latlng(-34_900_000, -56_180_005)).toBe('-34.900000,-56.180005');
  expect(latlng(50, -120_000)).toBe('0.000050,-0.120000');
});

test('a driving box speaks every two seconds, a parked one every few minutes, and at once when the ignition changes', () => {
  const tracker = teltonikaTracker(IMEI, DEMO_PACE);
  const { atMs } = aTrackerView();
  const events = (seconds: number, isOn: boolean): unknown[] => {
    const state = aTrackerView({ atMs: atMs + seconds * 1000, isOn, speedMmPerS: isOn ? 13_333 : 0 });
    return tracker.report(state, 'due').map(({ payload }) => {
      const { reported } = (JSON.parse(String(payload)) as { state: { reported: { evt: number } } }).state;
      return reported.evt;
    });
  };
  expect([0, 1, 2, 3].map((second) => events(second, true))).toEqual([[0], [], [0], []]);
  expect([4, 5, 200, 244].map((second) => events(second, false))).toEqual([[239], [], [], [0]]);
});
