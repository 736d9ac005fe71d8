import { expect, test } from 'vitest';
import { decodeLine, decodeLines } from './decode.ts';

const VIN = '5YJ3E1EA0TEST0001';

function answerTo(line: object): unknown {
  return JSON.parse(decodeLine(JSON.stringify(line)));
}

function utf8(line: object): unknown {
  return answerTo({ payload_encoding: 'utf8', ...line });
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

const odometerReading = {
  device_id: VIN,
  vin: VIN,
  timestamp: null,
  odometer_m: 19_868_443,
  odometer_raw: '12345.678',
  odometer_unit: 'mi',
  odometer_origin: 'vehicle',
  billable: true,
};

test('a packet in, its reading out; the topic says the format', () => {
  expect(utf8({ topic: `telemetry/${VIN}/v/Odometer`, payload: '12345.678' })).toEqual({
    ok: true,
    kind: 'readings',
    device_id: VIN,
    readings: [odometerReading],
  });
});

test('all that a reading can hold is printed in the words of the contract', () => {
  const reported =
    '"ts":1767225600000,"latlng":"51.5,-1.2","alt":35,"ang":271,"sat":11,"sp":48,"239":1,"240":0,"66":12650,"113":87,"152":64,"182":7,"199":4321,"410":1,"755":210,"247":1,"16":123456789';
  const topic = 'master/c1/teltonika/356000000000001/data';
  expect(utf8({ topic, payload: `{"state":{"reported":{${reported}}}}` })).toEqual({
    ok: true,
    kind: 'readings',
    device_id: '356000000000001',
    readings: [
      {
        device_id: '356000000000001',
        timestamp: '2026-01-01T00:00:00.000Z',
        latitude: 51.5,
        longitude: -1.2,
        altitude_m: 35,
        heading_deg: 271,
        speed_kmh: 48,
        satellites: 11,
        gnss_fix: true,
        hdop: 0.7,
        odometer_m: 123_456_789,
        odometer_raw: '123456789',
        odometer_unit: 'm',
        odometer_origin: 'tracker',
        billable: true,
        trip_odometer_m: 4321,
        battery_level_pct: 64,
        range_m: 210_000,
        is_charging: true,
        ignition: true,
        movement: false,
        external_voltage_v: 12.65,
        tracker_battery_pct: 87,
        event: 'crash',
      },
    ],
  });
});

test('a reading of an unset clock says so and is not billable', () => {
  const payload = '{"state":{"reported":{"ts":1072915201000,"16":5}}}';
  expect(utf8({ topic: 'a/teltonika/356000000000001/data', payload })).toMatchObject({
    readings: [
      { timestamp: '2004-01-01T00:00:01.000Z', odometer_m: 5, billable: false, clock_suspect: true },
    ],
  });
});

test('plug, lock, gear and a resent record are printed too', () => {
  const plugged = {
    format: 'renault-kamereon',
    topic: 'kamereon/VIN1/battery-status',
    payload: '{"data":{"attributes":{"plugStatus":1}}}',
  };
  expect(utf8(plugged)).toMatchObject({ readings: [{ plugged: true }] });
  const record = `{"Vin":"${VIN}","IsResend":true,"Locked":true,"Gear":"ShiftStateD"}`;
  expect(utf8({ format: 'tesla-fleet-telemetry-logger-json', topic: null, payload: record })).toMatchObject({
    readings: [{ locked: true, gear: 'D', buffered: true }],
  });
  expect(utf8({ format: 'tesla-fleet-telemetry-record-json', payload: '{"data":[],"vin":"VIN1"}' })).toEqual({
    ok: true,
    kind: 'readings',
    device_id: 'VIN1',
    readings: [],
  });
});

test('the payload may come as hex or base64', () => {
  const topic = `telemetry/${VIN}/v/Odometer`;
  const expected = { ok: true, kind: 'readings', device_id: VIN, readings: [odometerReading] };
  expect(answerTo({ topic, payload_encoding: 'hex', payload: '31323334352E363738' })).toEqual(expected);
  expect(answerTo({ topic, payload_encoding: 'base64', payload: 'MTIzNDUuNjc4' })).toEqual(expected);
});

test.each([
  ['cockpit'],
  ['kca/car-adapter/v2/cars/{vin}/cockpit'],
  ['/commerce/v1/accounts/a1/kamereon/kca/car-adapter/v1/cars/VF1AAAAA000000001/cockpit'],
])('without a topic, the resource %s says what a Kamereon body is', (resource) => {
  const payload = '{"data":{"id":"VF1AAAAA000000001","attributes":{"totalMileage":7.50}}}';
  expect(utf8({ format: 'renault-kamereon', topic: null, payload, context: { resource } })).toMatchObject({
    ok: true,
    device_id: 'VF1AAAAA000000001',
    readings: [{ vin: 'VF1AAAAA000000001', odometer_m: 7500, odometer_raw: '7.50', odometer_unit: 'km' }],
  });
});

test('a path that names another vehicle than the body is refused', () => {
  const payload = '{"data":{"id":"VF1AAAAA000000001","attributes":{"totalMileage":7.50}}}';
  const context = { resource: 'kca/car-adapter/v2/cars/VF1AAAAA000000002/cockpit' };
  expect(utf8({ format: 'renault-kamereon', payload, context })).toMatchObject({
    ok: false,
    refused: 'bad-device-id',
  });
});

test('the model says what an IO element of Teltonika means', () => {
  const line = {
    format: 'teltonika',
    topic: 'a/teltonika/356000000000001/data',
    payload: '{"state":{"reported":{"ts":1767225600000,"16":5}}}',
  };
  expect(utf8(line)).toMatchObject({ readings: [{ odometer_origin: 'tracker' }] });
  expect(utf8({ ...line, context: { model: 'FMC650' } })).toMatchObject({
    readings: [{ odometer_origin: 'can' }],
  });
});

test.each([
  [
    { format: 'geotab', topic: 'a/b', payload: '1' },
    'unsupported-format',
    'no decoder for "geotab"; --help lists the formats',
  ],
  [{ topic: 'a/b', payload: '1' }, 'unknown-topic', 'no tracker we know publishes on "a/b"'],
  [{ payload: '1' }, 'bad-input-line', 'name a format, or a topic that says which it is'],
  [
    { topic: `t/${VIN}/v/Soc` },
    'bad-input-line',
    'payload: Invalid input: expected string, received undefined',
  ],
  [
    { topic: `t/${VIN}/v/Soc`, payload: '50', payload_encoding: 'utf16' },
    'bad-encoding',
    '"utf16" is no encoding; there are utf8, hex, base64',
  ],
  [
    { topic: `t/${VIN}/v/Soc`, payload: '5', payload_encoding: 'hex' },
    'bad-encoding',
    'the payload is not hex: pairs of 0-9 and a-f',
  ],
  [
    { topic: `t/${VIN}/v/Soc`, payload: '5!', payload_encoding: 'base64' },
    'bad-encoding',
    'the payload is not base64: fours of A-Z a-z 0-9 + /',
  ],
  [
    { topic: `t/${VIN}/v/Soc`, payload: '\ud800' },
    'bad-encoding',
    'the payload is not utf8: half a surrogate pair',
  ],
  [
    { topic: `t/${VIN}/v/Soc`, payload: '900' },
    'value-out-of-range',
    'battery level 900 is not within 0 to 100',
  ],
])('%j is refused', (line, refused, detail) => {
  expect(utf8(line)).toEqual({ ok: false, refused, detail });
});

test('every line is answered on its own line and in order, also those that cannot be read', async () => {
  const good = JSON.stringify({ topic: `t/${VIN}/v/Soc`, payload_encoding: 'utf8', payload: '50' });
  const answers: unknown[] = [];
  for await (const answer of decodeLines(each([good, '', 'nope', '[]', good])))
    answers.push(JSON.parse(answer));
  const reading = {
    ok: true,
    kind: 'readings',
    device_id: VIN,
    readings: [{ device_id: VIN, vin: VIN, timestamp: null, battery_level_pct: 50 }],
  };
  const refused = { ok: false, refused: 'bad-input-line' };
  expect(answers).toEqual([
    reading,
    { ...refused, detail: 'the line is not JSON' },
    { ...refused, detail: 'the line is not JSON' },
    { ...refused, detail: 'the line is no packet: Invalid input: expected object, received array' },
    reading,
  ]);
});
