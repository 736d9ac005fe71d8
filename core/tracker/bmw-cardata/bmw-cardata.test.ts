import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSoundOutcomes } from '../../../tests/support/damaged-packets.ts';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeBmwCarData, isBmwTopic } from './bmw-cardata.ts';

const VIN = 'WBA00000000000123';
const TOPIC = `a1b2c3d4-0000-4000-8000-000000000001/${VIN}`;
const ODOMETER = 'vehicle.vehicle.travelledDistance';
const NINE = '2026-03-02T09:00:00Z';
const NINE_MS = Date.UTC(2026, 2, 2, 9);

type Outcome = ReturnType<typeof decodeBmwCarData>;

/** A message of the maker's own feed; the data is JSON text, so that numbers keep their spelling. */
function message(data: string, topic = TOPIC): Outcome {
  return decodeBmwCarData(
    packetOn(topic, `{"vin":"${VIN}","timestamp":"2026-03-02T09:00:05Z","data":{${data}}}`),
  );
}

function descriptor(name: string, value: string, unit: string | null, time: string | null = NINE): string {
  return `"${name}":${JSON.stringify({ value: 0, unit, timestamp: time }).replace('0', value)}`;
}

function readings(...values: readonly object[]): object {
  const all = values.map((value) => ({ device: VIN, vin: VIN, observedAtMs: NINE_MS, ...value }));
  return { ok: true, value: { provider: 'bmw-cardata', kind: 'readings', device: VIN, readings: all } };
}

function refusal(reason: string, detail: string): object {
  return { ok: false, error: { reason, detail } };
}

test.each([
  [TOPIC, true],
  [`GCID/${VIN}`, true],
  [`bmw/${VIN}`, true],
  [`bmw/raw/${VIN}/telemetry`, true],
  [`bmw/vehicles/${VIN}/${ODOMETER}`, true],
  ['bmw/status', true],
  // A bridge's topic is BMW's whatever its VIN is worth; it is refused, not unknown.
  ['bmw/raw/WBA123/telemetry', true],
  ['weather/today', false],
  ['bmw/WBA123', false],
  [`bmw/${VIN.toLowerCase()}`, false],
  [`a/b/${VIN}`, false],
  [VIN, false],
  [`bmw/raw/${VIN}`, false],
  [`bmw/other/${VIN}/x`, false],
  [`mini/raw/${VIN}/x`, false],
  ['', false],
])('is %s a topic of this feed: %s', (topic, isOne) => {
  expect(isBmwTopic(topic)).toBe(isOne);
});

test('an odometer is in the unit it names, to the last digit', () => {
  expect(message(descriptor(ODOMETER, '20417.50', 'km'))).toEqual(
    readings({
      odometer: { micrometres: 20_417_500_000_000, rawText: '20417.50', rawUnit: 'km', origin: 'vehicle' },
    }),
  );
  expect(message(descriptor(ODOMETER, '"12686"', 'Miles'))).toEqual(
    readings({
      odometer: { micrometres: 20_416_137_984_000, rawText: '12686', rawUnit: 'mi', origin: 'vehicle' },
    }),
  );
});

test('an odometer without a unit is evidence, and a distance only where the unit is known', () => {
  const payload = `{"vin":"${VIN}","data":{${descriptor(ODOMETER, '12687', null)}}}`;
  expect(decodeBmwCarData(packetOn(TOPIC, payload))).toEqual(
    readings({ unlabelledOdometer: { rawText: '12687', origin: 'vehicle' } }),
  );
  expect(decodeBmwCarData({ ...packetOn(TOPIC, payload), context: { knownUnit: 'mi' } })).toEqual(
    readings({
      odometer: { micrometres: 20_417_747_328_000, rawText: '12687', rawUnit: 'mi', origin: 'vehicle' },
    }),
  );
});

test('without a unit it must still be a number that can be', () => {
  expect(message(descriptor(ODOMETER, '-3', null))).toEqual(
    refusal('value-out-of-range', 'odometer "-3" km is negative or over 9 million km'),
  );
  expect(message(descriptor(ODOMETER, '"far"', null))).toEqual(
    refusal('unexpected-shape', 'odometer is "far", not a decimal number'),
  );
});

test('every descriptor has its own time: a reading a time, oldest first, without a time last', () => {
  const data = [
    descriptor('vehicle.isMoving', 'true', null, null),
    descriptor(ODOMETER, '5', 'km'),
    descriptor('vehicle.cabin.door.status', '"ASN_secured"', null, '2026-03-02T10:00:00+01:00'),
    descriptor('vehicle.drivetrain.batteryManagement.header', '71.5', '%', '2026-03-02T08:00:00Z'),
  ];
  expect(message(data.join(','))).toEqual(
    readings(
      { observedAtMs: NINE_MS - 3_600_000, batteryPercent: 71.5 },
      {
        odometer: { micrometres: 5_000_000_000, rawText: '5', rawUnit: 'km', origin: 'vehicle' },
        isLocked: true,
      },
      { observedAtMs: null, isMoving: true },
    ),
  );
});

test('a clock that was not set makes the whole packet suspect', () => {
  const data = [
    descriptor('vehicle.isMoving', 'true', null, '2004-01-01T00:00:00Z'),
    descriptor('vehicle.cabin.door.status', '"ASN_unlocked"', null),
  ];
  expect(message(data.join(','))).toEqual(
    readings(
      { observedAtMs: Date.UTC(2004, 0, 1), isMoving: true, isClockSuspect: true },
      { isLocked: false, isClockSuspect: true },
    ),
  );
});

test.each(['"INVALID"', '"ASN_isUnknown"', '"-NA-"', '"ASN_unknown"', 'null', '""'])(
  '%s in any field is no reading',
  (value) => {
    const names = [
      ODOMETER,
      'vehicle.cabin.infotainment.navigation.currentLocation.latitude',
      'vehicle.cabin.infotainment.navigation.currentLocation.altitude',
      'vehicle.drivetrain.batteryManagement.header',
      'vehicle.drivetrain.electricEngine.charging.status',
      'vehicle.drivetrain.electricEngine.kombiRemainingElectricRange',
      'vehicle.powertrain.tractionBattery.charging.port.anyPosition.isPlugged',
      'vehicle.drivetrain.engine.isIgnitionOn',
      'vehicle.isMoving',
      'vehicle.cabin.door.status',
    ];
    expect(message(names.map((name) => descriptor(name, value, 'km')).join(','))).toEqual(readings());
  },
);

test('one property on a topic of its own, with its time in seconds', () => {
  const property = (name: string, body: string): Outcome =>
    decodeBmwCarData(packetOn(`bmw/vehicles/${VIN}/${name}`, body));
  expect(property('vehicle.isMoving', '{"value":"ASN_isTrue","timestamp":1772442000}')).toEqual(
    readings({ isMoving: true }),
  );
  expect(property(ODOMETER, '{"value":7.0,"unit":"km"}')).toEqual(
    readings({
      observedAtMs: null,
      odometer: { micrometres: 7_000_000_000, rawText: '7.0', rawUnit: 'km', origin: 'vehicle' },
    }),
  );
  expect(property(ODOMETER, '7')).toEqual(refusal('unexpected-shape', 'the property is 7, not an object'));
});

test.each([
  ['vehicle.isMoving', '3', 'isMoving is 3, neither true nor false'],
  ['vehicle.drivetrain.electricEngine.charging.status', 'true', 'charging status is true, not text'],
  [ODOMETER, '[1]', 'odometer is a list of 1, not a number'],
])('%s of %s refuses the packet', (name, value, detail) => {
  expect(message(descriptor(name, value, 'km'))).toEqual(refusal('unexpected-shape', detail));
});

test('a descriptor that is no object refuses the packet, one we do not read is left alone', () => {
  expect(message(`"${ODOMETER}":5`)).toEqual(refusal('unexpected-shape', `${ODOMETER} is 5, not an object`));
  expect(message('"vehicle.unknown":5,"__proto__":{"value":1}')).toEqual(readings());
});

test('any mileage of up to nine decimals is exact', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 999_999_999 }), (whole, billionths) => {
      const rawText = `${whole}.${String(billionths).padStart(9, '0')}`;
      const micrometres = whole * 1_000_000_000 + billionths;
      expect(message(descriptor(ODOMETER, rawText, 'km'))).toEqual(
        readings({ odometer: { micrometres, rawText, rawUnit: 'km', origin: 'vehicle' } }),
      );
    }),
  );
});

test('whatever the bytes, there is an outcome that can be', () => {
  expectSoundOutcomes(
    decodeBmwCarData,
    [TOPIC, '', 'bmw/status', `bmw/raw/${VIN}/x`, `bmw/vehicles/${VIN}/${ODOMETER}`, 'x/y', 'x'],
    [
      `{"vin":"${VIN}","data":{"${ODOMETER}":{"value":20417.5,"unit":"km","timestamp":"${NINE}"},"vehicle.isMoving":{"value":"ASN_isTrue","unit":null,"timestamp":null}}}`,
      `{"data":{"vehicle.cabin.infotainment.navigation.currentLocation.latitude":{"value":48.1},"vehicle.cabin.infotainment.navigation.currentLocation.longitude":{"value":11.5}},"vin":"${VIN}"}`,
      '{"value":20417,"unit":"mi","timestamp":1772442000}',
    ],
  );
});
