import fs from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MappingProblem } from './read-mapping.ts';
import { mappingOf, readMapping } from './read-mapping.ts';

const GOOD = `name: acme
version: 3
messages:
  - topic: acme/{device}/up
    payload: json
    time: { at: ts, format: unix-ms }
    fields:
      latitude: gps.lat
      longitude: gps.lon
      speed: { at: gps.spd, unit: mph }
      odometer: { at: odo, unit: km, origin: tracker }
      event: { at: alarm, names: { 3: crash } }
`;

/** Problems as a person reads them: "line:column path message". */
function problemsOf(text: string): readonly string[] {
  const read = readMapping(text);
  return read.ok ? [] : read.error.map(shown);
}

function shown({ line, column, path, message }: MappingProblem): string {
  return [`${line}:${column}`, path, message].filter((part) => part !== '').join(' ');
}

function changed(from: string, to: string): string {
  expect(GOOD).toContain(from);
  return GOOD.replace(from, to);
}

test('a good file is a mapping under its name', () => {
  const read = readMapping(GOOD);
  expect(read).toMatchObject({
    ok: true,
    value: { name: 'acme', provider: 'mapped:acme', version: 3, isTimed: true },
  });
});

test.each([
  ['name: acme', 'name: Acme', ['1:7 name small letters, digits and hyphens, a letter first, 40 at most']],
  ['name: acme\n', '', ['1:1 name "name" is missing']],
  ['version: 3', 'version: three', ['2:10 version a number is expected here, not "three"']],
  [
    'version: 3',
    'verison: 3',
    ['1:1 version "version" is missing', '2:1 verison there is no "verison" here; did you mean "version"?'],
  ],
  [
    'payload: json',
    'payload: jsno',
    [
      '5:14 messages[0].payload "jsno" cannot stand here: json, text, or settings with "format: csv" and "columns"',
    ],
  ],
  [
    'format: unix-ms',
    'format: unix-m',
    [
      '6:29 messages[0].time.format "unix-m" is none of unix-s, unix-ms, iso8601, iso8601-utc; did you mean "unix-s"?',
    ],
  ],
  [
    'format: unix-ms',
    'zone: utc',
    [
      '6:11 messages[0].time.format "format" is missing',
      '6:21 messages[0].time.zone there is no "zone" here; there are at, format, noValue, optional',
    ],
  ],
  [
    'time: { at: ts, format: unix-ms }',
    'time: nnoe',
    [
      '6:11 messages[0].time "nnoe" cannot stand here: "none" (metered when it arrives), or settings with "at" and "format"',
    ],
  ],
  ['latitude: gps.lat\n      ', '', ['8:7 messages[0].fields "latitude" and "longitude" belong together']],
  [
    'latitude: gps.lat',
    'latitude: gps..lat',
    ['8:17 messages[0].fields.latitude this is no JMESPath expression: unexpected token: .(Dot)'],
  ],
  [
    'unit: mph',
    'unit: kmh',
    ['10:35 messages[0].fields.speed.unit "kmh" is none of km/h, mph, m/s, knots; did you mean "km/h"?'],
  ],
  [
    '{ at: gps.spd, unit: mph }',
    'gps.spd',
    ['10:14 messages[0].fields.speed a set of settings is expected here, not "gps.spd"'],
  ],
  [
    'origin: tracker',
    'origin: gps',
    ['11:46 messages[0].fields.odometer.origin "gps" is none of vehicle, tracker, can, server'],
  ],
  ['unit: km, origin: tracker', 'unit: km', ['11:17 messages[0].fields.odometer.origin "origin" is missing']],
  [
    'at: odo,',
    "at: 'io[?id == `16`] | [0]',",
    [
      "11:23 messages[0].fields.odometer.at in an odometer's expression numbers are text: compare with '16', not with `16`",
    ],
  ],
  [
    'odometer:',
    'odometr:',
    ['11:7 messages[0].fields.odometr there is no "odometr" here; did you mean "odometer"?'],
  ],
  [
    '3: crash',
    '3: carsh',
    ['12:39 messages[0].fields.event.names.3 "carsh" is no event; did you mean "crash"?'],
  ],
  [
    'acme/{device}/up',
    'acme/device/up',
    ['4:12 messages[0].topic nothing names the device: write {device} in the topic, or add "device"'],
  ],
] as [string, string, string[]][])('%s changed to %s is shown where it stands', (from, to, problems) => {
  expect(problemsOf(changed(from, to))).toEqual(problems);
});

test('problems of different places are shown together, in the order of the file', () => {
  const text = changed('version: 3', 'version: 0')
    .replace('unit: mph', 'unit: mhp')
    .replace('origin: tracker', 'orign: tracker')
    .replace('gps.lat', 'toString');
  expect(problemsOf(text)).toEqual([
    '2:10 version versions count from 1',
    '8:17 messages[0].fields.latitude "toString" cannot be read: it is a name every object has',
    '10:35 messages[0].fields.speed.unit "mhp" is none of km/h, mph, m/s, knots',
    '11:17 messages[0].fields.odometer.origin "origin" is missing',
    '11:38 messages[0].fields.odometer.orign there is no "orign" here; did you mean "origin"?',
  ]);
});

test.each([
  [
    'an alias',
    'a: &x 1\nb: *x\n',
    ['1:7 anchors (&name) cannot be used: write it out', '2:4 aliases (*name) cannot be used: write it out'],
  ],
  ['a tag', 'a: !!binary aGk=\n', ['1:13 the tag tag:yaml.org,2002:binary cannot be used']],
  ['a name twice', 'a: 1\na: 2\n', ['2:1 Map keys must be unique']],
  [
    'an open bracket',
    'a: [1\n',
    ['2:1 Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  ['a list as a name', '? [a]\n: 1\n', ['1:3 a name has to be text']],
  ['two documents', 'a: 1\n---\nb: 1\n', ['2:1 a second document begins here']],
  ['too much', ' '.repeat(65_537), ['1:1 the file has 65537 characters; 65536 are the most']],
  ['too deep in brackets', '['.repeat(40_000), ['1:1 the file is nested deeper than 32 levels']],
  ['too deep in one line', '- '.repeat(30_000), ['1:1 the file is nested deeper than 32 levels']],
  ['nothing', '', ['1:1 a set of settings is expected here, not nothing']],
  ['a text', 'acme', ['1:1 a set of settings is expected here, not "acme"']],
])('%s is no mapping file', (_, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

test('a topic described twice, records of CSV and columns of one name are no mapping', () => {
  const csv = GOOD.replace('payload: json', 'payload: { format: csv, columns: [a, a] }\n    records: x');
  const twice = `${csv}${csv.slice(csv.indexOf('  - topic'))}`;
  expect(problemsOf(twice).map((problem) => problem.replace(/^\S+ /, ''))).toEqual([
    'messages[0].payload.columns two columns have the same name',
    'messages[0].records only a json payload has a list of records; of csv each line is one',
    'messages[1].topic acme/{device}/up is described twice',
    'messages[1].payload.columns two columns have the same name',
    'messages[1].records only a json payload has a list of records; of csv each line is one',
  ]);
});

test('a feed is timed when each message with an odometer has a time in every record', () => {
  const timed = (text: string): unknown => {
    const read = readMapping(text);
    return read.ok ? read.value.isTimed : read.error;
  };
  expect(timed(GOOD)).toBe(true);
  expect(timed(changed('{ at: ts, format: unix-ms }', 'none'))).toBe(false);
  expect(timed(changed('unix-ms }', 'unix-ms, optional: true }'))).toBe(false);
  const untimedFix =
    '  - { topic: "acme/{device}/soc", payload: text, time: none, fields: { battery: "@" } }\n';
  expect(timed(GOOD + untimedFix)).toBe(true);
});

test('the same text is read once, and many texts push out the one read longest ago', () => {
  const first = mappingOf(GOOD);
  expect(mappingOf(GOOD)).toBe(first);
  for (let version = 0; version < 64; version += 1) mappingOf(changed('version: 3', `version: 1${version}`));
  expect(mappingOf(GOOD)).not.toBe(first);
  expect(mappingOf(GOOD)).toEqual(first);
});

/** What mapping files are made of, and some of what they may not be. */
const PIECES = [
  'name: a',
  'messages:',
  '\n',
  '  ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '*x',
  '&x ',
  '!!set ',
  '|',
  '? ',
  '# ',
  '---',
  '%YAML 1.1',
  '<<: ',
  'topic: a/{device}',
  '\t',
  '\u0000',
  'é',
  '\r',
  'fields: ',
  '__proto__: ',
];

test('any text gives a mapping or problems with a line and a column', () => {
  const piece = fc.constantFrom(...PIECES);
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (written) => hasPlaces(written)),
    { numRuns: 1_000 },
  );
});

const examples = new URL('../../resources/mappings/', import.meta.url);
const files = fs.readdirSync(examples).map((name) => fs.readFileSync(new URL(name, examples), 'utf8'));

test('a good file with a piece cut out, doubled or changed gives a mapping or problems with their places', () => {
  const mutation = fc.record({
    file: fc.constantFrom(GOOD, ...files),
    at: fc.nat(),
    length: fc.nat({ max: 30 }),
    put: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('\n', ': ', '  ', '{', ']', '&a ', '- ')),
    isDoubled: fc.boolean(),
  });
  fc.assert(
    fc.property(mutation, ({ file, at, length, put, isDoubled }) => {
      const start = at % file.length;
      const piece = file.slice(start, start + length);
      const middle = isDoubled ? piece + put + piece : put;
      return hasPlaces(file.slice(0, start) + middle + file.slice(start + length));
    }),
    { numRuns: 400 },
  );
});

test('a name of a good file that is misspelt is named on its own line', () => {
  const lines = GOOD.split('\n');
  const named = lines.flatMap((line, index) => (/^ *(- )?[a-z]+:/.test(line) ? [index] : []));
  fc.assert(
    fc.property(fc.constantFrom(...named), (index) => {
      const wrong = lines.with(index, (lines[index] ?? '').replace(/([a-z]+):/, '$1zz:'));
      const read = readMapping(wrong.join('\n'));
      const lineNumbers = read.ok ? [] : read.error.map(({ line }) => line);
      expect(lineNumbers).toContain(index + 1);
    }),
  );
});

function hasPlaces(text: string): boolean {
  const read = readMapping(text);
  if (read.ok) return true;
  const lines = text.split(/\r?\n|\r/).length + 1;
  return (
    read.error.length > 0 &&
    read.error.every(
      ({ line, column, message }) => line >= 1 && line <= lines && column >= 1 && message !== '',
    )
  );
}
