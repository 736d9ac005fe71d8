import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { decodeMapped, isMappedTopic } from './decode-mapped.ts';
import type { Mapping } from './mapping.ts';
import { readMapping } from './read-mapping.ts';

type Outcome = ReturnType<typeof decodeMapped>;

const TS = 1_767_225_600_000;

/** A mapping of one message; `lines` are its settings, without a topic, a payload and a time of their own the usual ones. */
function mappingOf(...lines: readonly string[]): Mapping {
  const usual = ['topic: acme/{device}/up', 'payload: json', 'time: { at: ts, format: unix-ms }'];
  const nameOf = (line: string): string => line.slice(0, line.indexOf(':'));
  const said = new Set(lines.map(nameOf));
  const all = [...usual.filter((line) => !said.has(nameOf(line))), ...lines];
  const read = readMapping(`name: acme\nversion: 1\nmessages:\n  - ${all.join('\n    ')}\n`);
  return must(read.ok ? read.value : null, () => JSON.stringify(read));
}

function decode(mapping: Mapping, payload: string, topic = 'acme/7/up'): Outcome {
  return decodeMapped(mapping, { topic, payload: new TextEncoder().encode(payload) });
}

function readings(...found: readonly object[]): object {
  return {
    ok: true,
    value: {
      provider: 'mapped:acme',
      kind: 'readings',
      device: '7',
      readings: found.map((reading) => ({ device: '7', observedAtMs: TS, ...reading })),
    },
  };
}

function refusal(reason: string, detail: string): object {
  return { ok: false, error: { reason, detail } };
}

test('a device named in the packet is taken from there, and must agree with the topic', () => {
  const inPacket = mappingOf('topic: acme/{account}/up', 'device: id', 'fields: { battery: soc }');
  expect(decode(inPacket, `{"id":"7","ts":${TS},"soc":5}`, 'acme/north/up')).toEqual({
    ok: true,
    value: {
      provider: 'mapped:acme',
      kind: 'readings',
      device: '7',
      scope: 'north',
      readings: [{ device: '7', observedAtMs: TS, batteryPercent: 5 }],
    },
  });
  expect(decode(inPacket, `{"id":"a/b","ts":${TS}}`, 'acme/north/up')).toEqual(
    refusal('bad-device-id', '"a/b" stands where the packet has the device, and is none'),
  );
  expect(decode(inPacket, `{"id":"7","ts":${TS}}`, 'acme//up')).toEqual(
    refusal('bad-device-id', '"" stands where the topic has the account, and is none'),
  );
  const inBoth = mappingOf('device: id', 'fields: { battery: soc }');
  expect(decode(inBoth, `{"id":7,"ts":${TS},"soc":5}`)).toEqual(readings({ batteryPercent: 5 }));
  expect(decode(inBoth, `{"id":8,"ts":${TS},"soc":5}`)).toEqual(
    refusal('bad-device-id', 'the topic is about "7", the packet about "8"'),
  );
});

test('all lines of a CSV packet are about one device', () => {
  const csv = mappingOf(
    'topic: acme/all',
    'payload: { format: csv, columns: [id, ts, soc] }',
    'device: id',
    'fields: { battery: soc }',
  );
  expect(decode(csv, `7,${TS},5\n7,${TS},6\n`, 'acme/all')).toEqual(
    readings({ batteryPercent: 5 }, { batteryPercent: 6 }),
  );
  expect(decode(csv, `7,${TS},5\n8,${TS},6\n`, 'acme/all')).toEqual(
    refusal('bad-device-id', 'the lines of the packet are about several devices'),
  );
});

test.each([
  ['u', '"km"', { micrometres: 1_500_000_000, rawText: '1.50', rawUnit: 'km', origin: 'vehicle' }],
  ['u', '"miles"', { micrometres: 2_414_016_000, rawText: '1.50', rawUnit: 'mi', origin: 'vehicle' }],
])('a unit in the packet, %s: %s, is the odometer’s', (name, unit, odometer) => {
  const mapping = mappingOf(
    'fields: { odometer: { at: odo, unit: { at: u, names: { miles: mi } }, origin: vehicle } }',
  );
  expect(decode(mapping, `{"ts":${TS},"odo":1.50,"${name}":${unit}}`)).toEqual(readings({ odometer }));
});

test('without the unit the odometer is evidence; an unknown unit is refused', () => {
  const mapping = mappingOf('fields: { odometer: { at: odo, unit: { at: u }, origin: vehicle } }');
  expect(decode(mapping, `{"ts":${TS},"odo":1.50,"u":null}`)).toEqual(
    readings({ unlabelledOdometer: { rawText: '1.50', origin: 'vehicle' } }),
  );
  expect(decode(mapping, `{"ts":${TS},"odo":1.50,"u":"leagues"}`)).toEqual(
    refusal('unexpected-shape', '"leagues" is no unit of distance the mapping knows'),
  );
});

test('every kind of expression keeps the digits of an odometer', () => {
  const kept = (at: string, payload: string, ...more: readonly string[]): unknown => {
    const mapping = mappingOf(...more, `fields: { odometer: { at: '${at}', unit: m, origin: can } }`);
    const outcome = decode(mapping, payload);
    return outcome.ok ? outcome.value.readings.map(({ odometer }) => odometer?.rawText) : outcome.error;
  };
  const text = '9007199254740993.10';
  expect(kept('a.b', `{"ts":${TS},"a":{"b":0012}}`)).toMatchObject({ reason: 'not-json' });
  expect(kept('a.b', `{"ts":${TS},"a":{"b":12.3400}}`)).toEqual(['12.3400']);
  expect(kept('a[-1]', `{"ts":${TS},"a":[1,12.3400]}`)).toEqual(['12.3400']);
  expect(kept('x || y', `{"ts":${TS},"y":1.20e3}`)).toEqual(['1.20e3']);
  expect(kept("io[?id == ''16''].v | [0]", `{"ts":${TS},"io":[{"id":16,"v":5.0},{"id":9,"v":6}]}`)).toEqual([
    '5.0',
  ]);
  expect(kept('split(v, ` `)[0]'.replaceAll('`', "''"), `{"ts":${TS},"v":"7.70 km"}`)).toEqual(['7.70']);
  expect(kept('v', `{"list":[{"ts":${TS},"v":1.0},{"ts":${TS},"v":2.00}]}`, 'records: list')).toEqual([
    '1.0',
    '2.00',
  ]);
  expect(kept('$.v', `{"v":3.0,"list":[{"ts":${TS}}]}`, 'records: list')).toEqual(['3.0']);
  expect(kept('v', `{"ts":${TS},"v":${text}}`)).toEqual({
    reason: 'value-out-of-range',
    detail: `odometer "${text}" m is negative or over 9 million km`,
  });
});

test('records that an expression put together have no odometer text: refused, never passed over', () => {
  const mapping = mappingOf(
    'records: a[*].b[*]',
    'time: none',
    "fields: { odometer: { at: '[0]', unit: m, origin: can } }",
  );
  expect(decode(mapping, '{"a":[{"b":[5]}]}')).toEqual(
    refusal(
      'unexpected-shape',
      'the records are lists that the mapping put together: an odometer cannot be read in them',
    ),
  );
});

test('a missing fix is a fix only where the mapping says so, and never overrules 0/0, satellites or HDOP', () => {
  const mapping = mappingOf(
    'fields: { latitude: lat, longitude: lon, satellites: sat, hdop: h, fix: { at: ok, missingMeansFix: true } }',
  );
  const place = { latitudeDegrees: 1, longitudeDegrees: 2 };
  expect(decode(mapping, `{"ts":${TS},"lat":1,"lon":2}`)).toEqual(readings(place));
  expect(decode(mapping, `{"ts":${TS},"lat":1,"lon":2,"ok":true}`)).toEqual(
    readings({ ...place, hasGnssFix: true }),
  );
  expect(decode(mapping, `{"ts":${TS},"lat":1,"lon":2,"ok":false}`)).toEqual(readings({ hasGnssFix: false }));
  expect(decode(mapping, `{"ts":${TS},"lat":0,"lon":0,"ok":true}`)).toEqual(readings({ hasGnssFix: false }));
  expect(decode(mapping, `{"ts":${TS},"lat":1,"lon":2,"ok":true,"sat":0}`)).toEqual(
    readings({ hasGnssFix: false, satellites: 0 }),
  );
  expect(decode(mapping, `{"ts":${TS},"lat":1,"lon":2,"h":0}`)).toEqual(
    readings({ hasGnssFix: false, hdop: 0 }),
  );
});

test.each([
  ['{ at: v, unit: mph }', '10.5', { speedKmh: 16.8981 }],
  ['{ at: v, unit: m/s }', '13.9', { speedKmh: 50.04 }],
  ['{ at: v, unit: knots }', '1', { speedKmh: 1.852 }],
  ['{ at: v, unit: km/h, dividedBy: 10 }', '483', { speedKmh: 48.3 }],
  ['{ at: v, unit: km/h, noValue: [65535] }', '65535.0', null],
  ['{ at: v, unit: km/h, noValue: [n/a] }', '"n/a"', null],
])('speed %s of %s', (settings, value, expected) => {
  const mapping = mappingOf(`fields: { speed: ${settings} }`);
  expect(decode(mapping, `{"ts":${TS},"v":${value}}`)).toEqual(
    expected === null ? readings() : readings(expected),
  );
});

test('ranges, trips, altitudes and voltages come out in our units', () => {
  const mapping = mappingOf(
    'fields: { range: { at: r, unit: mi }, tripOdometer: { at: t, unit: km }, altitude: { at: a, unit: ft }, externalVoltage: { at: v, unit: V } }',
  );
  expect(decode(mapping, `{"ts":${TS},"r":100,"t":1.5,"a":1000,"v":12.6}`)).toEqual(
    readings({ rangeMetres: 160_934, tripOdometerMetres: 1_500, altitudeMetres: 304.8, externalVolts: 12.6 }),
  );
});

test('switches by their words, by the usual ones, and by everything else', () => {
  const mapping = mappingOf(
    'fields: { ignition: i, moving: { at: m, trueValues: [driving] }, locked: { at: l, falseValues: [open] }, charging: { at: c, trueValues: [1], falseValues: [2] } }',
  );
  expect(decode(mapping, `{"ts":${TS},"i":"ON","m":"parked","l":"shut","c":2}`)).toEqual(
    readings({ isIgnitionOn: true, isMoving: false, isLocked: true, isCharging: false }),
  );
  expect(decode(mapping, `{"ts":${TS},"c":3}`)).toEqual(
    refusal('unexpected-shape', 'charging is 3, neither yes nor no'),
  );
});

test('a gear, a whole VIN of the packet, and the gravest event', () => {
  const mapping = mappingOf(
    'records: list',
    "fields: { gear: g, vin: $.vin, event: [{ at: hit, names: { 'true': crash } }, { at: alarms, names: { 7: tow } }] }",
  );
  expect(decode(mapping, `{"vin":"WVWZZZ1JZXW000001","list":[{"ts":${TS},"g":"R","alarms":[1,7]}]}`)).toEqual(
    readings({ gear: 'R', vin: 'WVWZZZ1JZXW000001', event: 'tow' }),
  );
  expect(decode(mapping, `{"vin":"0000","list":[{"ts":${TS},"hit":true,"alarms":[7]}]}`)).toEqual(
    readings({ event: 'crash' }),
  );
});

test('a record without its time is taken only where the mapping says it may be', () => {
  const mapping = mappingOf('time: { at: ts, format: unix-s, optional: true }', 'fields: { battery: soc }');
  expect(decode(mapping, '{"soc":5}')).toEqual(readings({ observedAtMs: null, batteryPercent: 5 }));
  expect(decode(mapping, '{"ts":1767225600.5,"soc":5}')).toEqual(
    readings({ observedAtMs: TS + 500, batteryPercent: 5 }),
  );
});

test('an expression that cannot work on a packet refuses it', () => {
  const mapping = mappingOf('fields: { gear: lower(g) }');
  expect(decode(mapping, `{"ts":${TS},"g":1}`)).toEqual(
    refusal(
      'unexpected-shape',
      'gear: "lower(g)" cannot be worked out: Invalid type: lower() expected argument 1 to be type (string) but received type number instead.',
    ),
  );
});

test('more than a thousand records are too many', () => {
  const mapping = mappingOf('records: list', 'time: none', 'fields: { battery: soc }');
  const list = (count: number): string =>
    JSON.stringify({ list: Array.from({ length: count }, () => ({ soc: 5 })) });
  expect(decode(mapping, list(1_000))).toMatchObject({ ok: true });
  expect(decode(mapping, list(1_001))).toEqual(
    refusal('unexpected-shape', '1001 records; 1000 are the most of a packet'),
  );
});

test('members that every object has are not taken for a tracker’s', () => {
  const mapping = mappingOf('fields: { battery: a.b }');
  expect(decode(mapping, `{"ts":${TS},"__proto__":{"a":{"b":5}}}`)).toEqual(readings());
});

/** Every kind of message, field and expression there is. */
const EVERYTHING = ['json', 'text', '{ format: csv, columns: [ts, v, id, a] }'].map((payload) =>
  mappingOf(
    'topic: acme/{device}/up',
    `payload: ${payload}`,
    ...(payload === 'json' ? ['records: list || values(@)[0]', 'when: a != `false`'] : []),
    'time: { at: ts, format: iso8601, optional: true }',
    `fields: { latitude: v, longitude: v, fix: a, odometer: [{ at: v, unit: mi, origin: can }, { at: 'a || v', unit: { at: id }, origin: tracker }], speed: { at: 'split(v, '':'')[0]', unit: mph }, satellites: a, gear: id, vin: id, event: { at: a, names: { 1: crash } }, charging: a }`,
  ),
);

test('any bytes on the topic give readings or a refusal', () => {
  fc.assert(
    fc.property(fc.constantFrom(...EVERYTHING), fc.uint8Array({ maxLength: 200 }), (mapping, payload) => {
      expect(isMappedTopic(mapping, 'acme/7/up')).toBe(true);
      const outcome = decodeMapped(mapping, { topic: 'acme/7/up', payload });
      expect(outcome.ok ? outcome.value.device : outcome.error.detail).not.toBe('');
    }),
  );
});

test('any JSON under the mapped names, whole or damaged, gives readings or a refusal', () => {
  const name = fc.constantFrom('list', 'ts', 'v', 'id', 'a');
  const leaf = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('1.50', 'km', 1, 0, true, '2026-01-01T00:00:00Z'),
  );
  const record = fc.dictionary(name, leaf);
  const document = fc.oneof(record, fc.record({ list: fc.array(fc.oneof(record, leaf)) }), fc.array(leaf));
  const damage = fc.record({ at: fc.nat(), length: fc.nat({ max: 9 }), put: fc.string({ maxLength: 3 }) });
  fc.assert(
    fc.property(fc.constantFrom(...EVERYTHING), document, fc.option(damage), (mapping, value, hit) => {
      const json = JSON.stringify(value);
      const at = hit === null ? 0 : hit.at % json.length;
      const payload = hit === null ? json : json.slice(0, at) + hit.put + json.slice(at + hit.length);
      const outcome = decode(mapping, payload);
      expect(outcome).toEqual(decode(mapping, payload));
      expect(outcome.ok ? outcome.value.device : outcome.error.detail).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
