import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeKamereonBody, decodeRenaultKamereon } from './renault-kamereon.ts';

const VIN = 'VF1AAAAA000000001';

type Outcome = ReturnType<typeof decodeRenaultKamereon>;

function answer(resource: string, body: string): Outcome {
  return decodeRenaultKamereon(packetOn(`kamereon/${VIN}/${resource}`, body));
}

/** An answer about the right car; the attributes are JSON text. */
function attributes(resource: string, text: string): Outcome {
  return answer(resource, `{"data":{"type":"Car","id":"${VIN}","attributes":{${text}}}}`);
}

function decodedAs(kind: 'readings' | 'status', ...readings: object[]): object {
  return { ok: true, value: { provider: 'renault-kamereon', kind, device: VIN, readings } };
}

function reading(observedAtMs: number | null, values: object): object {
  return decodedAs('readings', { device: VIN, vin: VIN, observedAtMs, ...values });
}

function kilometres(rawText: string, micrometres: number): object {
  return { odometer: { micrometres, rawText, rawUnit: 'km', origin: 'vehicle' } };
}

test('the odometer is kilometres, and usually without a time', () => {
  expect(answer('cockpit', `{"data":{"id":"${VIN}","attributes":{"totalMileage":12345.67}}}`)).toEqual(
    reading(null, kilometres('12345.67', 12_345_670_000_000)),
  );
});

test('whole kilometres, trailing zeros and numbers as text are kept as sent', () => {
  expect(attributes('cockpit', '"totalMileage":12345')).toEqual(
    reading(null, kilometres('12345', 12_345_000_000_000)),
  );
  expect(attributes('cockpit', '"totalMileage":12345.60')).toEqual(
    reading(null, kilometres('12345.60', 12_345_600_000_000)),
  );
  expect(attributes('cockpit', '"totalMileage":"12345.60"')).toEqual(
    reading(null, kilometres('12345.60', 12_345_600_000_000)),
  );
});

test('a recent car dates its odometer; fuel is of no interest', () => {
  const decoded = attributes(
    'cockpit',
    '"fuelAutonomy":0,"fuelQuantity":0,"totalMileage":1000,"timestamp":"2026-01-01T09:06:48Z"',
  );
  expect(decoded).toEqual(reading(Date.UTC(2026, 0, 1, 9, 6, 48), kilometres('1000', 1_000_000_000_000)));
});

test.each(['"totalMileage":null', '"totalMileage":""', '"fuelQuantity":0'])(
  'a cockpit of %s is no reading',
  (text) => {
    expect(attributes('cockpit', text)).toEqual(decodedAs('readings'));
  },
);

test('battery: the offset of the time is applied, minutes and states are not mistaken for charging', () => {
  const decoded = attributes(
    'battery-status',
    '"timestamp":"2026-01-01T09:06:48+01:00","batteryLevel":57,"batteryAutonomy":163,"plugStatus":1,"chargingStatus":0.3,"chargingRemainingTime":95,"chargingInstantaneousPower":27.0,"batteryCapacity":0,"batteryAvailableEnergy":0,"batteryTemperature":20',
  );
  expect(decoded).toEqual(
    reading(Date.UTC(2026, 0, 1, 8, 6, 48), {
      batteryPercent: 57,
      rangeMetres: 163_000,
      isPlugged: true,
      isCharging: false,
    }),
  );
});

test.each([
  ['"plugStatus":0', { isPlugged: false }],
  ['"plugStatus":1', { isPlugged: true }],
  ['"plugStatus":-1,"batteryLevel":1', { batteryPercent: 1 }],
  ['"plugStatus":-2147483648,"batteryLevel":1', { batteryPercent: 1 }],
  ['"chargingStatus":1.0', { isCharging: true }],
  ['"chargingStatus":0.0', { isCharging: false }],
  ['"chargingStatus":0.1', { isCharging: false }],
  ['"chargingStatus":0.2', { isCharging: false }],
  ['"chargingStatus":0.4', { isCharging: false }],
  ['"chargingStatus":-1.0', { isCharging: false }],
  ['"chargingStatus":-1.3', { isCharging: false }],
  ['"chargingStatus":-1.1,"batteryLevel":1', { batteryPercent: 1 }],
])('battery %s', (text, values) => {
  expect(attributes('battery-status', text)).toEqual(reading(null, values));
});

test('location: a null direction is unknown, not north', () => {
  const text =
    '"gpsLatitude":48.1,"gpsLongitude":11.1,"gpsDirection":null,"lastUpdateTime":"2026-01-01T16:58:38Z"';
  const fixedAtMs = Date.UTC(2026, 0, 1, 16, 58, 38);
  const place = { latitudeDegrees: 48.1, longitudeDegrees: 11.1 };
  expect(attributes('location', text)).toEqual(reading(fixedAtMs, place));
  expect(attributes('location', text.replace('null', '90'))).toEqual(
    reading(fixedAtMs, { ...place, headingDegrees: 90 }),
  );
});

test('location: 0/0 is no fix, and half a position is no reading', () => {
  expect(attributes('location', '"gpsLatitude":0,"gpsLongitude":0')).toEqual(
    reading(null, { hasGnssFix: false }),
  );
  expect(attributes('location', '"gpsLatitude":48.1,"gpsLongitude":null')).toEqual(decodedAs('readings'));
});

test('lock: locked, unlocked, and nothing', () => {
  expect(attributes('lock-status', '"lockStatus":"locked","doorStatusDriver":"closed"')).toEqual(
    reading(null, { isLocked: true }),
  );
  expect(
    attributes('lock-status', '"lockStatus":"unlocked","lastUpdateTime":"2026-01-01T00:00:00Z"'),
  ).toEqual(reading(Date.UTC(2026, 0, 1), { isLocked: false }));
  expect(attributes('lock-status', '"hatchStatus":"open"')).toEqual(decodedAs('readings'));
});

test.each([
  ['hvac-status', '"hvacStatus":"on","socThreshold":40'],
  ['charge-mode', '"chargeMode":"always"'],
  ['charges', '"charges":[{"chargeDuration":97}]'],
  ['pressure', '"flPressure":2460'],
  ['res-state', '"code":"10"'],
])('%s is understood and says nothing a reading holds', (resource, text) => {
  expect(attributes(resource, text)).toEqual(decodedAs('status'));
});

test.each([
  ['cockpit', `{"data":{"id":"${VIN}"}}`],
  ['battery-status', `{"data":{"attributes":{}}}`],
  ['location', `{"data":{"id":"${VIN}","attributes":null}}`],
])('%s without attributes is a valid empty answer', (resource, body) => {
  expect(answer(resource, body)).toEqual(decodedAs('readings'));
});

test('a reading from before 2010 is of a clock that was not set', () => {
  expect(attributes('battery-status', '"timestamp":"2000-01-01T00:00:00Z","batteryLevel":50')).toEqual(
    reading(Date.UTC(2000, 0, 1), { isClockSuspect: true, batteryPercent: 50 }),
  );
});

test.each([
  [
    '{"errors":[{"errorCode":"err.func.wired.overloaded","errorMessage":"quota"}]}',
    '"err.func.wired.overloaded": "quota"',
  ],
  [
    '{"errors":[{"errorCode":"err.tech.500","errorMessage":"{\\"errors\\":[{\\"code\\":\\"500\\"}]}"}],"type":"TECHNICAL"}',
    '"err.tech.500": "{\\"errors\\":[{\\"code\\":\\"500\\"}]}"',
  ],
  ['{"errors":["no"]}', '"no"'],
  ['\n<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', 'the gateway answered with an HTML page'],
])("%s is the vendor's error, not a reading of 0", (body, detail) => {
  expect(answer('cockpit', body)).toEqual({ ok: false, error: { reason: 'vendor-error', detail } });
});

test.each([
  ['cockpit', '"totalMileage":-1', 'value-out-of-range', 'odometer "-1" km is negative or over 9 million km'],
  ['cockpit', '"totalMileage":[1]', 'unexpected-shape', 'totalMileage is a list of 1, not a number'],
  [
    'cockpit',
    '"totalMileage":1,"timestamp":"2026-01-01 09:06"',
    'unexpected-shape',
    'the time is "2026-01-01 09:06", not ISO 8601 with Z or an offset',
  ],
  ['battery-status', '"batteryLevel":900', 'value-out-of-range', 'battery level 900 is not within 0 to 100'],
  [
    'location',
    '"gpsLatitude":123,"gpsLongitude":1',
    'value-out-of-range',
    'latitude 123 is not within -90 to 90',
  ],
  [
    'lock-status',
    '"lockStatus":"ajar"',
    'unexpected-shape',
    'lockStatus is "ajar", neither locked nor unlocked',
  ],
  ['vehicle-links', '"mileage":12', 'unknown-resource', 'no resource of this feed is called "vehicle-links"'],
  ['toString', '"mileage":12', 'unknown-resource', 'no resource of this feed is called "toString"'],
])('%s with %s is refused', (resource, text, reason, detail) => {
  expect(attributes(resource, text)).toEqual({ ok: false, error: { reason, detail } });
});

test.each([
  ['not JSON', 'unexpected end', 'not-json', 'the payload is not JSON: "unexpected end"'],
  ['a list', '[1]', 'unexpected-shape', 'the body is a list of 1, not an object'],
  ['no data', '{"meta":1}', 'unexpected-shape', 'the body has no "data" object: an object with meta'],
  [
    'attributes of another kind',
    '{"data":{"attributes":[1]}}',
    'unexpected-shape',
    'attributes are a list of 1, not an object',
  ],
  [
    'another car',
    '{"data":{"id":"VF1AAAAA000000002"}}',
    'bad-device-id',
    `the topic is about "${VIN}", the body about "VF1AAAAA000000002"`,
  ],
])('a body of %s is refused', (_, body, reason, detail) => {
  expect(answer('cockpit', body)).toEqual({ ok: false, error: { reason, detail } });
});

test.each([
  ['kamereon/a b/cockpit', 'bad-device-id', '"a b" stands where the topic has the VIN, and is none'],
  ['kamereon/VIN1', 'unknown-topic', '"kamereon/VIN1" is not kamereon/<VIN>/<resource>'],
  ['kamereon/VIN1/v/cockpit', 'unknown-topic', '"kamereon/VIN1/v/cockpit" is not kamereon/<VIN>/<resource>'],
])('the topic %s is refused', (topic, reason, detail) => {
  expect(decodeRenaultKamereon(packetOn(topic, '{"data":{}}'))).toEqual({
    ok: false,
    error: { reason, detail },
  });
});

test('a body on its own names its vehicle', () => {
  const body = (text: string): Outcome => decodeKamereonBody(packetOn('', text).payload, 'cockpit', null);
  expect(body(`{"data":{"id":"${VIN}","attributes":{"totalMileage":1}}}`)).toEqual(
    reading(null, kilometres('1', 1_000_000_000)),
  );
  expect(body('{"data":{"attributes":{"totalMileage":1}}}')).toEqual({
    ok: false,
    error: { reason: 'bad-device-id', detail: "the body's id absent is no VIN" },
  });
});

test('any mileage of up to nine decimals is exact', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 999_999_999 }), (whole, billionths) => {
      const text = `${whole}.${String(billionths).padStart(9, '0')}`;
      expect(attributes('cockpit', `"totalMileage":${text}`)).toEqual(
        reading(null, kilometres(text, whole * 1_000_000_000 + billionths)),
      );
    }),
  );
});

test('any JSON as attributes is decoded or refused, and never thrown at', () => {
  const resource = fc.constantFrom('cockpit', 'battery-status', 'location', 'lock-status', 'charges');
  const name = fc.constantFrom(
    'totalMileage',
    'timestamp',
    'batteryLevel',
    'plugStatus',
    'gpsLatitude',
    'gpsLongitude',
    'lockStatus',
  );
  fc.assert(
    fc.property(resource, fc.dictionary(name, fc.jsonValue()), (asked, values) => {
      const decoded = answer(asked, JSON.stringify({ data: { attributes: values } }));
      expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
    }),
  );
});
