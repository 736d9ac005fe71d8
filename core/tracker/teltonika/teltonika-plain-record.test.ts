import fc from 'fast-check';
import { expect, test } from 'vitest';
import { teltonikaModel } from './teltonika-io.ts';
import { decodeAnyData, decodeTeltonikaMqttJson } from './teltonika-mqtt-json.ts';
import { readPlainRecord } from './teltonika-plain-record.ts';

const IMEI = '356000000000001';
const TOPIC = `teltonika/${IMEI}/data`;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function record(members: string): Uint8Array {
  return bytesOf(`{"state":{"reported":{${members}}}}`);
}

/** The decoder, which may read the quick way, against JSON.parse, which defines the outcome. */
function expectSameBothWays(payload: Uint8Array): void {
  expect(decodeTeltonikaMqttJson({ topic: TOPIC, payload })).toEqual(
    decodeAnyData(IMEI, payload, teltonikaModel(undefined)),
  );
}

test('a record in the spelling of the devices is read without JSON.parse', () => {
  const reported = readPlainRecord(
    record(
      '"ts":1767225600000,"pr":0,"latlng":"51.5,-0.1","alt":-5,"ang":9,"sat":0,"sp":"48","16":12,"16":13',
    ),
  );
  expect(reported).toMatchObject({
    ts: 1_767_225_600_000,
    latlng: '51.5,-0.1',
    alt: -5,
    ang: 9,
    sat: 0,
    sp: '48',
  });
  expect(reported?.io(16)).toBe(13);
  expect(reported?.ioNumberText(16, 13)).toBe('13');
  expect(reported?.io(17)).toBeUndefined();
});

test.each([
  '',
  '"16":1',
  '"ts":1,',
  '"ts": 1',
  '"ts":1.0',
  '"ts":1e3',
  '"ts":01',
  '"ts":-0',
  '"ts":-',
  '"ts":1234567890123456',
  '"ts":null',
  '"ts":1,"":2',
  '"ts":1,"016":2',
  '"ts":1,"a1":2',
  '"ts":1,"1a":2',
  '"ts":1,"\\u0061":2',
  '"ts":1,"sp":"\\u0034"',
  '"ts":1,"sp":"é"',
  '"ts":1,"sp":"a\tb"',
  '"ts":1,"sp":{}',
  '"ts":1,"sp":[1]',
  '"ts":1,"sp":"4',
])('%s is left to JSON.parse, with the same outcome', (members) => {
  expect(readPlainRecord(record(members))).toBeNull();
  expectSameBothWays(record(members));
});

test.each([
  '',
  '{',
  '{"state":{"reported":{"ts":1}}',
  '{"state":{"reported":{"ts":1}}}}',
  '{"state":{"reported":{"ts":1}}} ',
])('the payload %j is left to JSON.parse, with the same outcome', (text) => {
  expect(readPlainRecord(bytesOf(text))).toBeNull();
  expectSameBothWays(bytesOf(text));
});

const name = fc.oneof(
  fc.constantFrom(
    'ts',
    'latlng',
    'alt',
    'ang',
    'sat',
    'sp',
    'pr',
    'evt',
    '69',
    '16',
    '87',
    '105',
    '389',
    '24',
    '37',
  ),
  fc.constantFrom(
    '66',
    '113',
    '152',
    '182',
    '199',
    '239',
    '240',
    '247',
    '250',
    '252',
    '256',
    '391',
    '410',
    '411',
    '755',
    '016',
  ),
  fc.string({ maxLength: 8 }),
);
const value = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 120 }).map(String) },
  { weight: 4, arbitrary: fc.maxSafeInteger().map(String) },
  { weight: 2, arbitrary: fc.constantFrom('"51.5,-0.1"', '"0,0"', '"48"', '"nan"', '""', '"12.50"') },
  fc.constantFrom(
    '1.50',
    '1e2',
    '-0',
    '007',
    'true',
    'null',
    '{}',
    '[1]',
    '"\\u0031"',
    '-',
    '1767225600000.0',
  ),
  fc.jsonValue().map((any) => JSON.stringify(any)),
);
const members = fc
  .array(
    fc.tuple(name, value).map(([key, text]) => `${JSON.stringify(key)}:${text}`),
    { maxLength: 24 },
  )
  .map((list) => ['"ts":1767225600000', ...list].join(','));

test('whatever a record holds, both ways give the same', () => {
  fc.assert(fc.property(members, (text) => expectSameBothWays(record(text))));
});

test('a record with some bytes changed, lost or added comes out the same both ways', () => {
  const change = fc.record({
    at: fc.nat({ max: 400 }),
    lost: fc.nat({ max: 2 }),
    added: fc.uint8Array({ maxLength: 2 }),
  });
  fc.assert(
    fc.property(members, fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
      let bytes = [...record(text)];
      for (const { at, lost, added } of changes) bytes = bytes.toSpliced(at % bytes.length, lost, ...added);
      expectSameBothWays(Uint8Array.from(bytes));
    }),
  );
});

test('any bytes come out the same both ways', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), expectSameBothWays));
});
