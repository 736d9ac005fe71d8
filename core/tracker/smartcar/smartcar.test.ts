import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSoundOutcomes } from '../../../tests/support/damaged-packets.ts';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeSmartcar, isSmartcarTopic } from './smartcar.ts';

const ID = '5f0c1a2b-3c4d-4e5f-8a9b-000000000042';
const TOPIC = `smartcar/${ID}`;
const NINE_MS = Date.UTC(2026, 2, 2, 9);
const VIN = 'WVWZZZE1ZMP000042';

type Outcome = ReturnType<typeof decodeSmartcar>;

/** A webhook delivery; the signals are JSON text, so that numbers keep their spelling. */
function delivery(signals: string, topic = TOPIC): Outcome {
  return decodeSmartcar(packetOn(topic, deliveryText(signals)));
}

function deliveryText(signals: string): string {
  return `{"eventId":"e","eventType":"VEHICLE_STATE","data":{"vehicle":{"id":"${ID}"},"signals":[${signals}]},"meta":{"deliveredAt":${NINE_MS + 9_000}}}`;
}

function signal(code: string, body: string, oemUpdatedAt: number | null = NINE_MS): string {
  const meta = oemUpdatedAt === null ? '{}' : `{"oemUpdatedAt":${oemUpdatedAt},"retrievedAt":${NINE_MS + 5}}`;
  return `{"code":"${code}","body":{${body}},"meta":${meta}}`;
}

const odometer = (value: string, unit = '"km"', oemUpdatedAt: number | null = NINE_MS): string =>
  signal('odometer-traveleddistance', `"value":${value},"unit":${unit}`, oemUpdatedAt);

function decoded(kind: 'readings' | 'status', ...values: readonly object[]): object {
  const readings = values.map((value) => ({ device: ID, observedAtMs: NINE_MS, ...value }));
  return { ok: true, value: { provider: 'smartcar', kind, device: ID, readings } };
}

function kilometres(rawText: string, micrometres: number): object {
  return { odometer: { micrometres, rawText, rawUnit: 'km', origin: 'vehicle' } };
}

function refusal(reason: string, detail: string): object {
  return { ok: false, error: { reason, detail } };
}

test.each([
  [TOPIC, true],
  ['smartcar/', true],
  ['smartcar', false],
  [`${TOPIC}/x`, false],
  [`x/${TOPIC}`, false],
])('is %s a topic of this feed: %s', (topic, isOne) => {
  expect(isSmartcarTopic(topic)).toBe(isOne);
});

test('an odometer is in the unit it names, at the time of the car', () => {
  expect(delivery(odometer('71512.340'))).toEqual(
    decoded('readings', kilometres('71512.340', 71_512_340_000_000)),
  );
  expect(delivery(odometer('1000', '"miles"'))).toEqual(
    decoded('readings', {
      odometer: { micrometres: 1_609_344_000_000, rawText: '1000', rawUnit: 'mi', origin: 'vehicle' },
    }),
  );
});

test('signals of one time are one reading; a VIN belongs to all and has no time', () => {
  const signals = [
    signal('vehicleidentification-vin', `"value":"${VIN}"`, 0),
    odometer('5'),
    signal('tractionbattery-range', '"value":168,"unit":"km"'),
    signal('location-preciselocation', '"latitude":52.25,"longitude":0.125,"heading":94', NINE_MS - 1_000),
    signal('charge-ischargingcableconnected', '"value":true', 0),
  ];
  expect(delivery(signals.join(','))).toEqual(
    decoded(
      'readings',
      {
        observedAtMs: NINE_MS - 1_000,
        vin: VIN,
        latitudeDegrees: 52.25,
        longitudeDegrees: 0.125,
        headingDegrees: 94,
      },
      { vin: VIN, ...kilometres('5', 5_000_000_000), rangeMetres: 168_000 },
      { vin: VIN, observedAtMs: null, isPlugged: true },
    ),
  );
});

test('a signal with an error, without a body or of no interest is no reading', () => {
  const error = '"status":{"value":"ERROR","error":{"type":"COMPATIBILITY"}}';
  const signals = [
    `{"code":"odometer-traveleddistance",${error}}`,
    `{"code":"charge-ischarging","body":{"value":false},${error}}`,
    '{"code":"closure-islocked"}',
    signal('closure-doors', '"values":[]'),
  ];
  expect(delivery(signals.join(','))).toEqual(decoded('readings'));
});

test('a test delivery is refused, whatever it carries', () => {
  const text = deliveryText(odometer('5')).replace('"deliveredAt"', '"mode":"TEST","deliveredAt"');
  expect(decodeSmartcar(packetOn(TOPIC, text))).toEqual(
    refusal('test-message', 'the delivery is marked as a test (meta.mode)'),
  );
});

test('a challenge and an error of the vehicle are a status', () => {
  expect(decodeSmartcar(packetOn(TOPIC, '{"eventType":"VERIFY","data":{"challenge":"x"}}'))).toEqual(
    decoded('status'),
  );
  const error = `{"eventType":"VEHICLE_ERROR","data":{"vehicle":{"id":"${ID}"},"errors":[]}}`;
  expect(decodeSmartcar(packetOn('', error))).toEqual(decoded('status'));
});

test('a batch item takes its vehicle from the topic and its unit from a header, whatever its capitals', () => {
  const item = (headers: string): Outcome =>
    decodeSmartcar(packetOn(TOPIC, `{"path":"/odometer","headers":{${headers}},"body":{"distance":1000.0}}`));
  const age = '"Sc-Data-Age":"2026-03-02T09:00:00.000Z"';
  expect(item(`${age},"SC-Unit-System":"metric"`)).toEqual(
    decoded('readings', kilometres('1000.0', 1_000_000_000_000)),
  );
  expect(item(`"sc-unit-system":"imperial"`)).toEqual(
    decoded('readings', {
      observedAtMs: null,
      odometer: { micrometres: 1_609_344_000_000, rawText: '1000.0', rawUnit: 'mi', origin: 'vehicle' },
    }),
  );
  expect(item(age)).toEqual(
    decoded('readings', { unlabelledOdometer: { rawText: '1000.0', origin: 'vehicle' } }),
  );
});

test('a batch item without a distance is no reading, and one of an unset clock is suspect', () => {
  const item = (distance: string): Outcome =>
    decodeSmartcar(
      packetOn(
        TOPIC,
        `{"path":"/odometer","code":200,"headers":{"sc-unit-system":"metric","sc-data-age":"1970-01-01T00:00:00Z"},"body":{"distance":${distance}}}`,
      ),
    );
  expect(item('null')).toEqual(decoded('readings'));
  expect(item('1')).toEqual(
    decoded('readings', { observedAtMs: 0, isClockSuspect: true, ...kilometres('1', 1_000_000_000) }),
  );
});

test.each([
  [odometer('-1'), 'value-out-of-range', 'odometer "-1" km is negative or over 9 million km'],
  [odometer('true'), 'unexpected-shape', 'odometer is true, not a number'],
  [odometer('1', '"league"'), 'unexpected-shape', '"league" is no unit of distance we know'],
  [odometer('1', '"km"', 1.5), 'unexpected-shape', 'oemUpdatedAt 1.5 is not whole milliseconds'],
  [
    signal('closure-islocked', '"value":"shut"'),
    'unexpected-shape',
    'closure-islocked is "shut", neither true nor false',
  ],
  [
    `${odometer('1')},${odometer('2', '"km"', 5)}`,
    'unexpected-shape',
    'the signal odometer-traveleddistance is there twice',
  ],
  ['7', 'unexpected-shape', 'signal 0 is 7, without a code'],
])('signals %s are refused', (signals, reason, detail) => {
  expect(delivery(signals)).toEqual(refusal(reason, detail));
});

test.each([
  ['[]', 'unexpected-shape', 'the body is a list of 0, not an object'],
  ['{"eventType":"VEHICLE_STATE"}', 'unexpected-shape', 'data is absent, not an object'],
  ['{"path":"/odometer","body":5}', 'unexpected-shape', 'the body is 5, not an object'],
  [
    '{"path":"/odometer","headers":{"sc-data-age":"today"},"body":{"distance":1}}',
    'unexpected-shape',
    'sc-data-age is "today", not ISO 8601 with Z or an offset',
  ],
  ['{"path":"/odometer","code":500,"body":null}', 'vendor-error', '"/odometer" was answered with 500: null'],
])('the body %s is refused', (body, reason, detail) => {
  expect(decodeSmartcar(packetOn(TOPIC, body))).toEqual(refusal(reason, detail));
});

test('any mileage of up to nine decimals is exact', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 999_999_999 }), (whole, billionths) => {
      const text = `${whole}.${String(billionths).padStart(9, '0')}`;
      expect(delivery(odometer(text))).toEqual(
        decoded('readings', kilometres(text, whole * 1_000_000_000 + billionths)),
      );
    }),
  );
});

test('whatever the bytes, there is an outcome that can be', () => {
  expectSoundOutcomes(
    decodeSmartcar,
    [TOPIC, '', 'smartcar/', 'smartcar/a b', 'elsewhere'],
    [
      deliveryText(`${odometer('71512.5')},${signal('closure-islocked', '"value":true', null)}`),
      '{"path":"/odometer","code":200,"headers":{"sc-unit-system":"imperial"},"body":{"distance":37829}}',
    ],
  );
});
