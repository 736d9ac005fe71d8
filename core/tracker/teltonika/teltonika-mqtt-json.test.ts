import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeTeltonikaMqttJson } from './teltonika-mqtt-json.ts';

const IMEI = '356000000000001';
const TOPIC = `master/c1/teltonika/${IMEI}/data`;
const NEW_YEAR = Date.UTC(2026, 0, 1);

type Outcome = ReturnType<typeof decodeTeltonikaMqttJson>;

/** A record as JSON text, so that a test says how each number is spelled. */
function record(reported: string, model?: string): Outcome {
  const packet = packetOn(TOPIC, `{"state":{"reported":{${reported}}}}`);
  return decodeTeltonikaMqttJson(model === undefined ? packet : { ...packet, context: { model } });
}

function at(time: string, rest: string, model?: string): Outcome {
  return record(`"ts":${time}${rest === '' ? '' : ','}${rest}`, model);
}

function decodedAs(...readings: object[]): object {
  return { ok: true, value: { provider: 'teltonika-mqtt-json', kind: 'readings', device: IMEI, readings } };
}

function readingAtNewYear(values: object): object {
  return { device: IMEI, observedAtMs: NEW_YEAR, ...values };
}

function metres(rawText: string, micrometres: number, origin = 'tracker'): object {
  return { micrometres, rawText, rawUnit: 'm', origin };
}

test('a record of the device itself: position, state, odometer and trip', () => {
  const decoded = at(
    '1767225600000',
    '"pr":1,"latlng":"51.500123,-1.234568","alt":35,"ang":271,"sat":11,"sp":48,"evt":239,"239":1,"240":1,"66":12650,"16":123456789,"199":4321,"113":87,"182":6,"21":4',
  );
  expect(decoded).toEqual(
    decodedAs(
      readingAtNewYear({
        satellites: 11,
        hasGnssFix: true,
        latitudeDegrees: 51.500123,
        longitudeDegrees: -1.234568,
        altitudeMetres: 35,
        headingDegrees: 271,
        hdop: 0.6,
        speedKmh: 48,
        isIgnitionOn: true,
        isMoving: true,
        externalVolts: 12.65,
        trackerBatteryPercent: 87,
        tripOdometerMetres: 4321,
        odometer: metres('123456789', 123_456_789_000_000),
      }),
    ),
  );
});

test('a bridge writes numbers as text; without fix or clock the position is left out and the time is suspect', () => {
  const decoded = record(
    '"16":123456789,"18":64536,"66":0,"239":0,"latlng":"0,0","ts":1072915201000,"alt":"0","ang":"0","sat":"0","sp":"0"',
  );
  expect(decoded).toEqual(
    decodedAs({
      device: IMEI,
      observedAtMs: 1_072_915_201_000,
      isClockSuspect: true,
      satellites: 0,
      hasGnssFix: false,
      altitudeMetres: 0,
      headingDegrees: 0,
      speedKmh: 0,
      isIgnitionOn: false,
      externalVolts: 0,
      odometer: metres('123456789', 123_456_789_000_000),
    }),
  );
});

test('only what is sent is there: a record with nothing but a time says the tracker lives', () => {
  expect(at('1767225600000', '')).toEqual(decodedAs(readingAtNewYear({})));
  expect(at('"1767225600000"', '"sat":null,"sp":"","66":null,"16":null,"latlng":""')).toEqual(
    decodedAs(readingAtNewYear({})),
  );
});

test.each([
  [
    'satellites 0 repeats the last position',
    '"latlng":"51.5,-1.2","sat":0',
    { satellites: 0, hasGnssFix: false },
  ],
  ['0/0 is no place', '"latlng":"0.000000,0.000000","sat":7', { satellites: 7, hasGnssFix: false }],
  [
    'private mode withholds the position',
    '"latlng":"51.5,-1.2","sat":7,"391":1',
    { satellites: 7, hasGnssFix: true },
  ],
  ['half a position is none', '"latlng":"51.5,","sat":7', { satellites: 7, hasGnssFix: true }],
  [
    'the dead-reckoned zero meridian is a place',
    '"latlng":"51.5,0","sat":7',
    { satellites: 7, hasGnssFix: true, latitudeDegrees: 51.5, longitudeDegrees: 0 },
  ],
  ['no word on satellites', '"latlng":"51.5,-1.2"', { latitudeDegrees: 51.5, longitudeDegrees: -1.2 }],
  ['below the sea, through a bridge', '"alt":"65531"', { altitudeMetres: -5 }],
  ['below the sea, from the device', '"alt":-5', { altitudeMetres: -5 }],
  ['speed of the receiver where there is no "sp"', '"24":51', { speedKmh: 51 }],
  ['speed on the bus', '"37":"52"', { speedKmh: 52 }],
  ['"sp" before the others', '"sp":48,"24":51', { speedKmh: 48 }],
  ['level of the traction battery', '"152":64', { batteryPercent: 64 }],
  [
    "level and charging by the maker's own codes",
    '"411":63,"410":1',
    { batteryPercent: 63, isCharging: true },
  ],
  ['range in kilometres', '"755":212', { rangeMetres: 212_000 }],
  ['range, the other id', '"866":"213"', { rangeMetres: 213_000 }],
  ['ignition and movement off', '"239":"0","240":0', { isIgnitionOn: false, isMoving: false }],
  ['trip outside a trip', '"199":0', { tripOdometerMetres: 0 }],
  [
    'the receiver itself has no fix',
    '"latlng":"51.5,-1.2","sat":7,"69":"2"',
    { satellites: 7, hasGnssFix: false },
  ],
  ['the VIN', '"256":"VF1AAAAA555000001"', { vin: 'VF1AAAAA555000001' }],
  ['the VIN as a number is none', '"256":5600001', {}],
])('%s', (_, reported, values) => {
  expect(at('1767225600000', reported)).toEqual(decodedAs(readingAtNewYear(values)));
});

test.each([
  ['"evt":247,"247":1', 'crash'],
  ['"247":"6"', 'crash'],
  ['"252":1', 'unplugged'],
  ['"246":1', 'tow'],
  ['"249":1', 'jamming'],
  ['"253":1', 'harsh-acceleration'],
  ['"253":2', 'harsh-braking'],
  ['"253":3', 'harsh-cornering'],
  ['"252":1,"247":1', 'crash'],
  ['"evt":250,"250":1', 'trip-start'],
])('%s is the event %s', (reported, event) => {
  expect(at('1767225600000', reported)).toEqual(decodedAs(readingAtNewYear({ event })));
});

test.each([
  '"evt":239,"250":1',
  '"250":0',
  '"247":2',
  '"247":5',
  '"252":0',
  '"246":0',
  '"249":0',
  '"252":"constructor"',
])('%s is no event', (reported) => {
  expect(at('1767225600000', reported)).toEqual(decodedAs(readingAtNewYear({})));
});

test('the raw text is the one sent, as number or as text', () => {
  const zeros = decodedAs(readingAtNewYear({ odometer: metres('5000.10', 5_000_100_000) }));
  expect(at('1767225600000', '"16":5000.10')).toEqual(zeros);
  expect(at('1767225600000', '"16":"5000.10"')).toEqual(zeros);
});

test('a name of an IO element hidden in a text does not lend its number', () => {
  const decoded = at('1767225600000', '"note":"\\"16\\":99","16":5000.0');
  expect(decoded).toEqual(decodedAs(readingAtNewYear({ odometer: metres('5000.0', 5_000_000_000) })));
});

test('odometers of different origins are readings of their own, at the same time', () => {
  const decoded = at('1767225600000', '"sp":48,"389":98765,"105":300,"87":2000,"16":1000');
  expect(decoded).toEqual(
    decodedAs(
      readingAtNewYear({ speedKmh: 48, odometer: metres('1000', 1_000_000_000) }),
      readingAtNewYear({ odometer: metres('2000', 2_000_000_000, 'vehicle') }),
      readingAtNewYear({ odometer: metres('300', 300_000_000, 'can') }),
    ),
  );
});

test('the dashboard by OBD is in kilometres', () => {
  const odometer = { micrometres: 98_765_000_000_000, rawText: '98765', rawUnit: 'km', origin: 'vehicle' };
  expect(at('1767225600000', '"389":98765')).toEqual(decodedAs(readingAtNewYear({ odometer })));
});

test('every reading of a record with an unset clock is suspect', () => {
  expect(at('1000', '"16":1000,"87":2000')).toEqual(
    decodedAs(
      { device: IMEI, observedAtMs: 1000, isClockSuspect: true, odometer: metres('1000', 1_000_000_000) },
      {
        device: IMEI,
        observedAtMs: 1000,
        isClockSuspect: true,
        odometer: metres('2000', 2_000_000_000, 'vehicle'),
      },
    ),
  );
});

test('on a tracker for heavy vehicles the ids mean something else', () => {
  const decoded = at(
    '1767225600000',
    '"16":1000,"192":2000,"216":3000,"87":55,"113":900,"152":7,"252":1',
    'FMC650',
  );
  expect(decoded).toEqual(
    decodedAs(
      readingAtNewYear({ odometer: metres('3000', 3_000_000_000) }),
      readingAtNewYear({ odometer: metres('2000', 2_000_000_000, 'vehicle') }),
      readingAtNewYear({ odometer: metres('1000', 1_000_000_000, 'can') }),
    ),
  );
});

test('a model we do not know is taken for the default family, where 192 is a geofence', () => {
  const decoded = at('1767225600000', '"16":1000,"192":1,"216":3000', 'FMB920');
  expect(decoded).toEqual(decodedAs(readingAtNewYear({ odometer: metres('1000', 1_000_000_000) })));
});

test.each([
  ['"16":-1', 'value-out-of-range', 'odometer "-1" m is negative or over 9 million km'],
  ['"16":true', 'unexpected-shape', 'odometer (IO 16) is true, not a number'],
  ['"16":"12 km"', 'unexpected-shape', 'odometer is "12 km", not a decimal number'],
  ['"latlng":"91,0.5"', 'value-out-of-range', 'latitude 91 is not within -90 to 90'],
  ['"latlng":"0.5,-180.1"', 'value-out-of-range', 'longitude -180.1 is not within -180 to 180'],
  ['"latlng":"51.5 -1.2"', 'unexpected-shape', 'latlng is "51.5 -1.2", not "latitude,longitude"'],
  ['"latlng":[51.5,-1.2]', 'unexpected-shape', 'latlng is a list of 2, not "latitude,longitude"'],
  ['"113":900', 'value-out-of-range', 'battery level 900 is not within 0 to 100'],
  ['"sp":-3', 'value-out-of-range', 'speed -3 is not within 0 to 500'],
  ['"sp":"fast"', 'unexpected-shape', 'speed is "fast", neither a number nor a number as text'],
  ['"239":2', 'value-out-of-range', 'on/off 2 is not within 0 to 1'],
])('%s is refused', (reported, reason, detail) => {
  expect(at('1767225600000', reported)).toEqual({ ok: false, error: { reason, detail } });
});

test.each([
  ['"16":1000', 'unexpected-shape', 'the record has no time ("ts")'],
  ['"ts":null', 'unexpected-shape', 'the record has no time ("ts")'],
  ['"ts":1767225600000.5', 'unexpected-shape', 'ts 1767225600000.5 is not whole milliseconds'],
  ['"ts":-5', 'value-out-of-range', 'ts -5 is not within 0 to 253402214400000'],
  ['"ts":1e20', 'value-out-of-range', 'ts 100000000000000000000 is not within 0 to 253402214400000'],
])('a record with %s has no usable time', (reported, reason, detail) => {
  expect(record(reported)).toEqual({ ok: false, error: { reason, detail } });
});

const command = {
  ok: true,
  value: { provider: 'teltonika-mqtt-json', kind: 'command', device: IMEI, readings: [] },
};

test.each([
  [TOPIC, '{"RSP":"Data Link: 1 GPRS: 1"}'],
  [TOPIC, '{"state":{"reported":{"command_response":"ok"}}}'],
  [`master/c1/teltonika/${IMEI}/commands`, '{"CMD":"getinfo"}'],
  [`master/c1/teltonika/${IMEI}/commands`, 'getinfo'],
])('a command or its answer on %s is no telemetry', (topic, payload) => {
  expect(decodeTeltonikaMqttJson(packetOn(topic, payload))).toEqual(command);
});

test.each([
  [TOPIC, '[1]', 'unexpected-shape', 'no {"state":{"reported":{…}}} in a list of 1'],
  [
    TOPIC,
    '{"state":{"reported":[]}}',
    'unexpected-shape',
    'no {"state":{"reported":{…}}} in an object with state',
  ],
  [TOPIC, '{"state":', 'not-json', 'the payload is not JSON: "{\\"state\\":"'],
  [
    'a/teltonika/35600000000000/data',
    '{}',
    'bad-device-id',
    'an IMEI has 15 digits; the topic has "35600000000000"',
  ],
  [
    'a/teltonika/35600000000000x/data',
    '{}',
    'bad-device-id',
    'an IMEI has 15 digits; the topic has "35600000000000x"',
  ],
  ['a/teltonika//data', '{}', 'bad-device-id', 'an IMEI has 15 digits; the topic has ""'],
  [
    `a/teltonika/${IMEI}/state`,
    '{}',
    'unknown-resource',
    'the topic ends in "state", not in data or commands',
  ],
  [
    `a/xteltonika/${IMEI}/data`,
    '{}',
    'unknown-topic',
    `"a/xteltonika/${IMEI}/data" is not …/teltonika/<IMEI>/data`,
  ],
  ['data', '{}', 'unknown-topic', '"data" is not …/teltonika/<IMEI>/data'],
])('%s %s is refused', (topic, payload, reason, detail) => {
  expect(decodeTeltonikaMqttJson(packetOn(topic, payload))).toEqual({ ok: false, error: { reason, detail } });
});

test('the layout in front of "teltonika" is the installer\'s, and may be nothing', () => {
  expect(
    decodeTeltonikaMqttJson(
      packetOn(`teltonika/${IMEI}/data`, '{"state":{"reported":{"ts":1767225600000}}}'),
    ),
  ).toEqual(decodedAs(readingAtNewYear({})));
});

test('any odometer a device can count is exact', () => {
  fc.assert(
    fc.property(fc.nat({ max: 4_294_967_295 }), fc.boolean(), (count, isText) => {
      const decoded = at('1767225600000', isText ? `"16":"${count}"` : `"16":${count}`);
      expect(decoded).toEqual(
        decodedAs(readingAtNewYear({ odometer: metres(String(count), count * 1_000_000) })),
      );
    }),
  );
});

test('any JSON under the keys of a record is decoded or refused, and never thrown at', () => {
  const key = fc.constantFrom(
    'ts',
    'latlng',
    'alt',
    'ang',
    'sat',
    'sp',
    '16',
    '87',
    '66',
    '239',
    '247',
    '391',
  );
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.integer(), fc.double())), (reported) => {
      const decoded = decodeTeltonikaMqttJson(
        packetOn(TOPIC, { state: { reported: { ts: NEW_YEAR, ...reported } } }),
      );
      expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
    }),
  );
});
