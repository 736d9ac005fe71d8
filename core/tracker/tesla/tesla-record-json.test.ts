import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/support/tracker-packet.ts';
import { decodeTeslaRecordJson } from './tesla-record-json.ts';

const VIN = '5YJ3E1EA0TEST0001';
const JANUARY = Date.UTC(2026, 0, 2, 3, 4, 5);

function decode(text: string): ReturnType<typeof decodeTeslaRecordJson> {
  return decodeTeslaRecordJson({ payload: bytesOf(text) });
}

function decodedAs(...readings: object[]): object {
  return { ok: true, value: { provider: 'tesla-fleet-telemetry', kind: 'readings', device: VIN, readings } };
}

test('a record is one reading of all its fields, with its time; the odometer keeps its digits', () => {
  const json = `{"data":[
    {"key":"Soc","value":{"stringValue":"64.25"}},
    {"key":"Odometer","value":{"doubleValue":12345.6780}},
    {"key":"VehicleSpeed","value":{"invalid":true}},
    {"key":"Location","value":{"locationValue":{"latitude":51.5,"longitude":-0.12}}},
    {"key":"Gear","value":{"shiftStateValue":"ShiftStateD"}}
  ],"createdAt":"2026-01-02T03:04:05Z","vin":"${VIN}","isResend":true}`;
  expect(decode(json)).toEqual(
    decodedAs({
      device: VIN,
      vin: VIN,
      observedAtMs: JANUARY,
      isBuffered: true,
      batteryPercent: 64.25,
      odometer: { micrometres: 19_868_442_815_232, rawText: '12345.6780', rawUnit: 'mi', origin: 'vehicle' },
      latitudeDegrees: 51.5,
      longitudeDegrees: -0.12,
      gear: 'D',
    }),
  );
});

test('a 64-bit value may come as text, and a record without a time has none', () => {
  const json = `{"data":[{"key":"Odometer","value":{"longValue":"50000"}}],"createdAt":null,"vin":"${VIN}"}`;
  const odometer = { micrometres: 80_467_200_000_000, rawText: '50000', rawUnit: 'mi', origin: 'vehicle' };
  expect(decode(json)).toEqual(decodedAs({ device: VIN, vin: VIN, observedAtMs: null, odometer }));
});

test('what the driver sees of the battery wins, and a position without a fix is none, in any order', () => {
  const fields = [
    '"Soc":61',
    '"BatteryLevel":64',
    '"GpsState":false',
    '"Location":{"latitude":51.5,"longitude":-0.12}',
  ];
  for (const ordered of [fields, fields.toReversed()]) {
    expect(decode(`{"Vin":"${VIN}",${ordered.join(',')}}`)).toEqual(
      decodedAs({ device: VIN, vin: VIN, observedAtMs: null, batteryPercent: 61, hasGnssFix: false }),
    );
  }
});

test('the log writes the fields flat, bare or wrapped', () => {
  const head = `"Vin":"${VIN}","CreatedAt":"2026-01-02T03:04:05Z","IsResend":false`;
  const odometer = { micrometres: 80_467_200_000_000, rawText: '50000.0', rawUnit: 'mi', origin: 'vehicle' };
  const expected = decodedAs({ device: VIN, vin: VIN, observedAtMs: JANUARY, odometer });
  expect(decode(`{${head},"Odometer":50000.0,"Soc":"<invalid>"}`)).toEqual(expected);
  expect(decode(`{${head},"Odometer":{"doubleValue":50000.0},"Soc":{"invalid":true}}`)).toEqual(expected);
});

test('a record from before 2010 is of a clock that was not set', () => {
  const json = `{"Vin":"${VIN}","CreatedAt":"1970-01-01T00:00:09Z","Locked":true}`;
  expect(decode(json)).toEqual(
    decodedAs({ device: VIN, vin: VIN, observedAtMs: 9_000, isClockSuspect: true, isLocked: true }),
  );
});

test('a record of fields we do not use is understood and gives no reading', () => {
  expect(decode(`{"data":[{"key":"VehicleName","value":{"stringValue":"van 7"}},7],"vin":"${VIN}"}`)).toEqual(
    decodedAs(),
  );
});

test.each([
  ['[]', 'unexpected-shape', 'no record of fields: a list of 0'],
  ['{"vin":"X"}', 'unexpected-shape', 'no record of fields: an object with vin'],
  ['{"data":[]}', 'bad-device-id', "the record's vin absent is none"],
  ['{"Vin":"a b"}', 'bad-device-id', 'the record\'s vin "a b" is none'],
  [
    '{"Vin":"X","CreatedAt":"yesterday"}',
    'unexpected-shape',
    'the record\'s time is "yesterday", not ISO 8601 with Z or an offset',
  ],
  ['{"Vin":"X","Odometer":-1}', 'value-out-of-range', 'odometer "-1" mi is negative or over 9 million km'],
])('%s is refused', (json, reason, detail) => {
  expect(decode(json)).toEqual({ ok: false, error: { reason, detail } });
});
