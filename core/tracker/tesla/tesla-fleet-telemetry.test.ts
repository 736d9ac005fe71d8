import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeTeslaFleetTelemetry } from './tesla-fleet-telemetry.ts';

const VIN = '5YJ3E1EA0TEST0001';

/** A publish of one field, as JSON text. */
function field(name: string, payload: string): ReturnType<typeof decodeTeslaFleetTelemetry> {
  return decodeTeslaFleetTelemetry(packetOn(`telemetry/${VIN}/v/${name}`, payload));
}

function decodedReading(values: object): object {
  const reading = { device: VIN, vin: VIN, observedAtMs: null, ...values };
  return {
    ok: true,
    value: { provider: 'tesla-fleet-telemetry', kind: 'readings', device: VIN, readings: [reading] },
  };
}

const noReading = {
  ok: true,
  value: { provider: 'tesla-fleet-telemetry', kind: 'readings', device: VIN, readings: [] },
};

function odometer(micrometres: number, rawText: string): object {
  return decodedReading({ odometer: { micrometres, rawText, rawUnit: 'mi', origin: 'vehicle' } });
}

test('the odometer is miles, exact to the micrometre, and has no reading time', () => {
  expect(field('Odometer', '12345.678')).toEqual(odometer(19_868_442_815_232, '12345.678'));
});

test('a number as text means the same, as older firmware sends it', () => {
  expect(field('Odometer', '"12345.678"')).toEqual(odometer(19_868_442_815_232, '12345.678'));
});

test('the raw text keeps what a double forgets: trailing zeros, exponents, space around it is not part of it', () => {
  expect(field('Odometer', '12345.670')).toEqual(odometer(19_868_429_940_480, '12345.670'));
  expect(field('Odometer', ' 1.2e4\n')).toEqual(odometer(19_312_128_000_000, '1.2e4'));
  expect(field('Odometer', '50000')).toEqual(odometer(80_467_200_000_000, '50000'));
});

test.each(['null', '""', '"nan"', '"NaN"', '"unavailable"', '"<invalid>"'])(
  'an odometer of %s is no reading, and never 0',
  (payload) => expect(field('Odometer', payload)).toEqual(noReading),
);

test('a literal 0 is a reading; the meter judges it', () => {
  expect(field('Odometer', '0')).toEqual(odometer(0, '0'));
});

test.each([
  ['-1', 'value-out-of-range', 'odometer "-1" mi is negative or over 9 million km'],
  ['-0.0000000001', 'value-out-of-range', 'odometer "-0.0000000001" mi is negative or over 9 million km'],
  ['9999999', 'value-out-of-range', 'odometer "9999999" mi is negative or over 9 million km'],
  ['1e400', 'value-out-of-range', 'odometer "1e400" mi is negative or over 9 million km'],
  ['"12 345"', 'unexpected-shape', 'odometer is "12 345", not a decimal number'],
  ['"0x10"', 'unexpected-shape', 'odometer is "0x10", not a decimal number'],
  ['true', 'unexpected-shape', 'Odometer is true, not a number'],
  ['{"value":1}', 'unexpected-shape', 'Odometer is an object with value, not a number'],
  ['12345,6', 'not-json', 'the payload is not JSON: "12345,6"'],
  ['', 'not-json', 'the payload is not JSON: ""'],
])('an odometer of %s is refused', (payload, reason, detail) => {
  expect(field('Odometer', payload)).toEqual({ ok: false, error: { reason, detail } });
});

test.each([
  ['VehicleSpeed', '37.5', { speedKmh: 60.3504 }],
  ['VehicleSpeed', '"37.5"', { speedKmh: 60.3504 }],
  ['VehicleSpeed', '0', { speedKmh: 0 }],
  ['Location', '{"latitude":51.5,"longitude":-0.12}', { latitudeDegrees: 51.5, longitudeDegrees: -0.12 }],
  ['Location', '"(41.5 N, 8.25 W)"', { latitudeDegrees: 41.5, longitudeDegrees: -8.25 }],
  ['Location', '"(41.5 S, 8.25 E)"', { latitudeDegrees: -41.5, longitudeDegrees: 8.25 }],
  ['Location', '{"latitude":0,"longitude":0}', { hasGnssFix: false }],
  ['GpsHeading', '271', { headingDegrees: 271 }],
  ['GpsState', 'true', { hasGnssFix: true }],
  ['GpsState', 'false', { hasGnssFix: false }],
  ['Soc', '64.25', { batteryPercent: 64.25 }],
  ['BatteryLevel', '"75.5"', { batteryPercent: 75.5 }],
  ['RatedRange', '200', { rangeMetres: 321_869 }],
  ['Gear', '"ShiftStateP"', { gear: 'P' }],
  ['Gear', '"ShiftStateR"', { gear: 'R' }],
  ['Gear', '"ShiftStateN"', { gear: 'N' }],
  ['Gear', '"ShiftStateD"', { gear: 'D' }],
  ['DetailedChargeState', '"DetailedChargeStateCharging"', { isCharging: true }],
  ['DetailedChargeState', '"DetailedChargeStateComplete"', { isCharging: false }],
  ['DetailedChargeState', '"DetailedChargeStateDisconnected"', { isCharging: false }],
  ['Locked', 'true', { isLocked: true }],
  ['Locked', 'false', { isLocked: false }],
])('%s %s', (name, payload, values) => {
  expect(field(name, payload)).toEqual(decodedReading(values));
});

test.each([
  ['Location', 'null'],
  ['VehicleSpeed', 'null'],
  ['Locked', 'null'],
  ['Gear', '"ShiftStateSNA"'],
  ['Gear', '"ShiftStateInvalid"'],
  ['Gear', '"ShiftStateUnknown"'],
  ['DetailedChargeState', '"DetailedChargeStateUnknown"'],
  // The other two ranges, the superseded charge state, resettable counters and the screen's unit are not used.
  ['EstBatteryRange', '190'],
  ['IdealBatteryRange', '210'],
  ['ChargeState', '"Charging"'],
  ['MilesSinceReset', '12.5'],
  ['SettingDistanceUnit', '"DistanceUnitKilometers"'],
  ['SentryMode', 'true'],
  ['GpsState', '"GpsStateOfNextYear"'],
  ['DoorState', '{"DriverFront":true,"PassengerFront":false}'],
  ['ScheduledDepartureTime', '"07:30:00"'],
  ['AFieldOfNextYear', '{"a":[1]}'],
])('%s %s gives no reading', (name, payload) => {
  expect(field(name, payload)).toEqual(noReading);
});

test.each([
  ['VehicleSpeed', '-1', 'value-out-of-range', 'speed in mph -1 is not within 0 to 310'],
  ['BatteryLevel', '900', 'value-out-of-range', 'battery level 900 is not within 0 to 100'],
  [
    'Location',
    '{"latitude":123,"longitude":1}',
    'value-out-of-range',
    'latitude 123 is not within -90 to 90',
  ],
  [
    'Location',
    '{"latitude":"x","longitude":1}',
    'unexpected-shape',
    'latitude is "x", neither a number nor a number as text',
  ],
  [
    'Location',
    '"somewhere else"',
    'unexpected-shape',
    'Location is "somewhere else", not a latitude and a longitude',
  ],
  [
    'Location',
    '"(41.5 Q, 8.25 W)"',
    'unexpected-shape',
    'Location is "(41.5 Q, 8.25 W)", not a latitude and a longitude',
  ],
  ['Gear', '4', 'unexpected-shape', '4 is no member of ShiftState'],
  ['Locked', '"yes"', 'unexpected-shape', 'Locked is "yes", neither true nor false'],
  ['DetailedChargeState', '"Charging"', 'unexpected-shape', '"Charging" is no member of DetailedChargeState'],
])('%s %s is refused', (name, payload, reason, detail) => {
  expect(field(name, payload)).toEqual({ ok: false, error: { reason, detail } });
});

const status = {
  ok: true,
  value: { provider: 'tesla-fleet-telemetry', kind: 'status', device: VIN, readings: [] },
};

test.each([
  ['alerts/VCFRONT_a182/current', '{"Audiences":["Customer"],"StartedAt":"2026-01-02T03:04:05Z"}'],
  [
    'alerts/VCFRONT_a182/history',
    '[{"Audiences":null,"StartedAt":"2026-01-02T03:04:05Z","EndedAt":"2026-01-02T03:05:05Z"}]',
  ],
  ['alerts/v/current', '{"Audiences":["Service"]}'],
  ['errors/cloud_error', '{"Body":"try again","Tags":null}'],
  ['errors/connectivity', '{"Body":"try again","Tags":{"a":"b"}}'],
])('%s is a status without readings', (branch, payload) => {
  expect(decodeTeslaFleetTelemetry(packetOn(`telemetry/${VIN}/${branch}`, payload))).toEqual(status);
});

test.each([
  ['CONNECTED', { isOnline: true }],
  ['DISCONNECTED', { isOnline: false }],
  ['UNKNOWN', {}],
])('connectivity %s', (Status, more) => {
  const payload = { ConnectionId: 'c-1', Status, CreatedAt: '2026-01-02T03:04:05Z' };
  expect(decodeTeslaFleetTelemetry(packetOn(`telemetry/${VIN}/connectivity`, payload))).toEqual({
    ok: true,
    value: { provider: 'tesla-fleet-telemetry', kind: 'status', device: VIN, readings: [], ...more },
  });
});

test.each([
  ['alerts/X/history', '[7]', 'an alert history is a list of objects, not a list of 1'],
  ['alerts/X/current', '[]', 'the payload is a list of 0, not an object'],
  ['alerts/X/history', '{}', 'an alert history is a list of objects, not an object with '],
  ['errors/X', '"oops"', 'the payload is "oops", not an object'],
  ['connectivity', '{"Status":"ASLEEP"}', 'Status is "ASLEEP", none of UNKNOWN, CONNECTED, DISCONNECTED'],
])('%s of another shape is refused', (branch, payload, detail) => {
  expect(decodeTeslaFleetTelemetry(packetOn(`telemetry/${VIN}/${branch}`, payload))).toEqual({
    ok: false,
    error: { reason: 'unexpected-shape', detail },
  });
});

test.each(['fleet/eu/telemetry', '', 'v/v', 'connectivity', 'a/alerts/b/current'])(
  'the base "%s" is configuration: the topic is read from the right',
  (base) => {
    const decoded = decodeTeslaFleetTelemetry(packetOn(`${base}/${VIN}/v/Odometer`, '50000'));
    expect(decoded).toEqual(odometer(80_467_200_000_000, '50000'));
  },
);

test.each(['TEST123', '42', 'VYSP0000000000000'])(
  '%s stands where the VIN stands, so it is the vehicle',
  (vin) => {
    expect(decodeTeslaFleetTelemetry(packetOn(`telemetry/${vin}/v/Soc`, '50'))).toMatchObject({
      ok: true,
      value: { device: vin, readings: [{ device: vin, vin, batteryPercent: 50 }] },
    });
  },
);

test.each(['', '5YJ3E1EA0TEST00012', 'AB+CD', 'AB#', 'AB\u0007CD', 'A B'])('the VIN "%s" is none', (vin) => {
  expect(decodeTeslaFleetTelemetry(packetOn(`telemetry/${vin}/v/Soc`, '50'))).toMatchObject({
    ok: false,
    error: { reason: 'bad-device-id' },
  });
});

test.each([
  ['telemetry/VIN1/v/', 'unknown-resource', 'no field of this feed is called ""'],
  ['telemetry/VIN1/v/odometer', 'unknown-resource', 'no field of this feed is called "odometer"'],
  ['VIN1/v/Soc', 'unknown-topic', '"VIN1/v/Soc" is not <base>/<VIN>/v/<Field> or a sibling'],
  [
    'telemetry/VIN1/w/Soc',
    'unknown-topic',
    '"telemetry/VIN1/w/Soc" is not <base>/<VIN>/v/<Field> or a sibling',
  ],
  ['connectivity', 'unknown-topic', '"connectivity" is not <base>/<VIN>/v/<Field> or a sibling'],
])('the topic %s is refused', (topic, reason, detail) => {
  expect(decodeTeslaFleetTelemetry(packetOn(topic, '50'))).toEqual({ ok: false, error: { reason, detail } });
});

test('bytes that are not UTF-8 are refused with the first of them', () => {
  expect(decodeTeslaFleetTelemetry(packetOn(`t/${VIN}/v/Odometer`, Uint8Array.of(0x31, 0xff)))).toEqual({
    ok: false,
    error: { reason: 'not-json', detail: 'the payload is not UTF-8 text: byte 0xff at 1' },
  });
});

test('any odometer of up to three decimals is exact: miles times 1,609,344,000 micrometres', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 5_000_000 }),
      fc.nat({ max: 999 }),
      fc.boolean(),
      (miles, thousandths, asText) => {
        const text = `${miles}.${String(thousandths).padStart(3, '0')}`;
        const micrometres = miles * 1_609_344_000 + thousandths * 1_609_344;
        expect(field('Odometer', asText ? `"${text}"` : text)).toEqual(odometer(micrometres, text));
      },
    ),
  );
});

test('any JSON on any field is decoded or refused, and never thrown at', () => {
  const names = fc.constantFrom(
    'Odometer',
    'VehicleSpeed',
    'Location',
    'Gear',
    'Locked',
    'DetailedChargeState',
    'X',
  );
  fc.assert(
    fc.property(names, fc.json(), (name, json) => {
      const decoded = field(name, json);
      expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
    }),
  );
});
