import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../base/result.ts';
import { readExpression, valueOf } from './expression.ts';

function evaluate(text: string, record: unknown, packet: unknown = record): Result<unknown, string> {
  const expression = readExpression(text, 'numbers');
  return expression.ok ? valueOf(expression.value, record, packet) : expression;
}

function problemOf(text: string, numbersAre: 'numbers' | 'text' = 'numbers'): string | null {
  const expression = readExpression(text, numbersAre);
  return expression.ok ? null : expression.error;
}

const RECORD = {
  gps: { lat: 51.5, fix: 'A' },
  'a.b': 1,
  io: [
    { id: 16, v: 7 },
    { id: 9, v: 8 },
  ],
  place: '51.5,-0.12',
  zero: 0,
  list: [3, 1, 2],
};

test.each([
  ['gps.lat', 51.5],
  ['"a.b"', 1],
  ['io[1].v', 8],
  ['io[-1].v', 8],
  ['io[?id == `16`].v | [0]', 7],
  ['io[*].v', [7, 8]],
  ["split(place, ',')[0]", '51.5'],
  ['missing || gps.lat', 51.5],
  ['zero || gps.lat', 0],
  ['missing && lower(missing)', null],
  ["gps.fix == 'A'", true],
  ["gps.fix == 'A' ? zero : missing", 0],
  ['max(list)', 3],
  ['@.zero', 0],
  ['gps.lat.deeper', undefined],
  ['missing.deeper', undefined],
  ['list.lat', undefined],
])('%s gives %j', (text, value) => {
  expect(evaluate(text, RECORD)).toEqual({ ok: true, value });
});

test('"$" is the whole packet, "@" the record, in plain paths and beside others', () => {
  const packet = { name: 'north', records: [{ name: 'one' }] };
  const record = packet.records[0];
  expect(evaluate('$.name', record, packet)).toEqual({ ok: true, value: 'north' });
  expect(evaluate("name == 'one' && $.name", record, packet)).toEqual({ ok: true, value: 'north' });
  expect(evaluate('missing || @.name', record, packet)).toEqual({ ok: true, value: 'one' });
});

test('a function given what it cannot work on says so', () => {
  expect(evaluate('lower(missing)', RECORD)).toEqual({
    ok: false,
    error: 'Invalid type: lower() expected argument 1 to be type (string) but received type null instead.',
  });
});

test.each([
  ['toString', '"toString" cannot be read: it is a name every object has'],
  ['a.constructor.name', '"constructor" cannot be read: it is a name every object has'],
  ['"__proto__".x', '"__proto__" cannot be read: it is a name every object has'],
  ['a[?valueOf]', '"valueOf" cannot be read: it is a name every object has'],
  ['a + b', 'expressions do not calculate: use "unit" or "dividedBy"'],
  ['[a, b]', 'an expression gives one value that is in the packet; it cannot build lists or objects'],
  [
    'map(&a, b)',
    'there is no function map() here; there are abs, ceil, contains, ends_with, floor, keys, length, lower, max, min, not_null, split, starts_with, upper, values',
  ],
  ['let $a = b in $a', '"&", "let" and variables cannot be used'],
  ['a == b', "a comparison needs a fixed value on one side, such as status == 'on'"],
  ['contains(a, b)', "the second value of contains() has to be fixed, such as contains(status, 'on')"],
  ['a[?x == $.y]', "a comparison needs a fixed value on one side, such as status == 'on'"],
  ['a[?$.y]', '"$" can only stand in plain paths, such as $.gateway.name'],
  ['`[1,2]`', 'a fixed value can be text, a number, true, false or null'],
  ['a.', 'this is no JMESPath expression: unexpected token: (EOF)'],
  ['a b', 'this is no JMESPath expression: unexpected token type: UnquotedIdentifier, value: b'],
])('%s is turned down', (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test('where numbers are text, they are neither compared nor worked on as numbers', () => {
  expect(problemOf('io[?id == `16`].v | [0]', 'text')).toBe(
    "in an odometer's expression numbers are text: compare with '16', not with `16`",
  );
  expect(problemOf('max(odo)', 'text')).toBe(
    "in an odometer's expression numbers are text: max() cannot work on them",
  );
  expect(problemOf("io[?id == '16'].v | [0]", 'text')).toBeNull();
});

test('an expression too long to be read is turned down', () => {
  expect(problemOf('a'.repeat(257))).toBe('the expression has 257 characters; 256 are the most');
});

/** What expressions are made of, and some of what they may not be. */
const PIECES = [
  'a',
  'b.',
  '[0]',
  '[*]',
  '[?',
  ']',
  '(',
  ')',
  '`1`',
  "'x'",
  '||',
  '&&',
  '==',
  '!',
  '|',
  '@',
  '$',
  '.',
  '*',
  ',',
  'lower(',
  'split(',
  'values(',
  '"q"',
  '? ',
  ': ',
  '[]',
  '[1:2]',
  '-',
  '&',
  'let ',
  '{',
  '}',
  '<',
];

test('any text is an expression or a problem, and any expression gives a value or a problem', () => {
  const piece = fc.constantFrom(...PIECES);
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, fc.jsonValue(), (written, record) => {
      const outcome = evaluate(written, record);
      expect(outcome.ok ? '' : outcome.error).toBeTypeOf('string');
    }),
    { numRuns: 2_000 },
  );
});

test('a plain path and the library agree on every value', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    name.map((name) => `.${name}`),
    fc.nat({ max: 2 }).map((index) => `[${index}]`),
  );
  const leaf = fc.oneof(fc.integer(), fc.string(), fc.constant(null));
  const { value: json } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value')),
    ),
  }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 4 }), json, (steps, record) => {
      const path = `@${steps.join('')}`;
      const plain = evaluate(path, record);
      const piped = evaluate(`${path} | @`, record);
      expect(plain.ok ? (plain.value ?? null) : plain).toEqual(piped.ok ? piped.value : piped);
    }),
  );
});
