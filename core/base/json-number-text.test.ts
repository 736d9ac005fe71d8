import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AssertionError } from './assert.ts';
import { type JsonPath, listItemTexts, numberTextAt } from './json-number-text.ts';

test.each([
  ['a trailing zero', '{"totalMileage":12345.670}', ['totalMileage'], 12345.67, '12345.670'],
  ['more digits than a double has', '{"km":0.10000000000000000001}', ['km'], 0.1, '0.10000000000000000001'],
  ['an exponent', '{"km":1.5E3}', ['km'], 1500, '1.5E3'],
  ['a negative', '[-0.0]', [0], -0, '-0.0'],
  ['the whole document', ' 12345.60\n', [], 12345.6, '12345.60'],
  ['space around the colon', '{"16"\t:\n 7.0 }', ['16'], 7, '7.0'],
  ['the same quoted text as a value', '{"evt":"16","16":7.00}', ['16'], 7, '7.00'],
  ['the same name elsewhere', '{"a":{"16":7.0},"16":7.00}', ['16'], 7, '7.00'],
  ['the same name deeper', '{"16":{"16":7.000}}', ['16', '16'], 7, '7.000'],
  ['a name that ends alike', '{"216":7.0,"16":7.00}', ['16'], 7, '7.00'],
  ['a name twice: the last one counts', '{"16":8,"16":7.0}', ['16'], 7, '7.0'],
  ['a parent twice: the last one counts', '{"a":{"16":7.0},"a":{"16":7.00}}', ['a', '16'], 7, '7.00'],
  ['a name above that stands once', '{"a":{"v":1},"b" : {"w":0,"v":7.0}}', ['b', 'v'], 7, '7.0'],
  ['a name above that is also a text', '{"a":"b","b":{"v":7.0},"c":{"v":7.00}}', ['b', 'v'], 7, '7.0'],
  ['a list above that stands once', '{"v":0,"b":[1,{"v":7.0}]}', ['b', 1, 'v'], 7, '7.0'],
  ['the name inside a text', '{"note":"\\"16\\":9.0","16":7.0}', ['16'], 7, '7.0'],
  ['the name written with escapes', '{"\\u0031\\u0036":7.0}', ['16'], 7, '7.0'],
  ['a name of quotes and backslashes', '{"a\\"\\\\":7.0}', ['a"\\'], 7, '7.0'],
  ['brackets inside texts', '{"x":"]}{[","y":[["}"],{"16":1}],"16":7.0}', ['16'], 7, '7.0'],
  [
    'an item of a list',
    '{"data":[true,null,{"value":{"v":1.0}},{"value":{"v":1.00}}]}',
    ['data', 3, 'value', 'v'],
    1,
    '1.00',
  ],
] as [string, string, JsonPath, number, string][])('%s', (_, json, path, value, text) => {
  expect(numberTextAt(json, path, value)).toBe(text);
});

test('asked for a number that is not there, it stops: the caller has not parsed this document', () => {
  expect(() => numberTextAt('{"a":1}', ['b'], 1)).toThrow(AssertionError);
  expect(() => numberTextAt('{"a":1}', ['a'], 2)).toThrow('"1" stands at a, but 2 was parsed there');
});

test.each([
  ['[]', []],
  [' [ ]\n', []],
  ['[1.0,2.00]', ['1.0', '2.00']],
  [
    '[ {"a":[1,"]"]} , "x,\\"]" ,null,[[]],\t-1.5E3 ]',
    ['{"a":[1,"]"]}', '"x,\\"]"', 'null', '[[]]', '-1.5E3'],
  ],
])('the items of %s, each as it is written', (json, texts) => {
  expect(listItemTexts(json)).toEqual(texts);
});

test('any list falls into the texts of its items', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (list) => {
      const json = JSON.stringify(list, null, 1);
      expect(listItemTexts(json).map((text) => JSON.parse(text) as unknown)).toEqual(JSON.parse(json));
    }),
  );
});

test('thousands of nested lists cost no stack', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  expect(numberTextAt(`{"x":${deep},"y":{"16":0},"16":7.0}`, ['16'], 7)).toBe('7.0');
});

/** Few names, nested in each other and hidden in texts, so that the quick way meets every trap there is. */
const trickyDocument = fc.object({
  key: fc.constantFrom('16', 'a', '"16":', '\\', ''),
  values: [
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom('16', '"16":1', ']}'),
  ],
  maxDepth: 3,
  withNullPrototype: false,
});

test('any document: every number in it is found where it stands, as it is spelled', () => {
  fc.assert(
    fc.property(
      fc.oneof(trickyDocument, fc.jsonValue()),
      fc.constantFrom(undefined, 1, '\t'),
      (value, indent) => {
        const spelled = spellNumbers(value);
        const json = JSON.stringify(spelled.document, null, indent).replaceAll(
          /"#(\d+)"/g,
          (_, index: string) => {
            return spelled.numbers[Number(index)]?.text ?? '';
          },
        );
        for (const { path, text } of spelled.numbers)
          expect(numberTextAt(json, path, Number(text))).toBe(text);
      },
    ),
  );
});

interface Spelled {
  readonly document: unknown;
  readonly numbers: { readonly path: JsonPath; readonly text: string }[];
}

/** Puts "#0", "#1" … in the place of the numbers, and gives each a spelling of its own. */
function spellNumbers(root: unknown): Spelled {
  const numbers: { path: JsonPath; text: string }[] = [];
  const walk = (value: unknown, path: JsonPath): unknown => {
    if (typeof value === 'number')
      return `#${numbers.push({ path, text: spelling(value, numbers.length) }) - 1}`;
    if (typeof value === 'string') return value.replaceAll('#', '+');
    if (Array.isArray(value)) return value.map((item, i) => walk(item, [...path, i]));
    if (typeof value !== 'object' || value === null) return value;
    const names = Object.entries(value).filter(([name]) => !name.includes('#'));
    return Object.fromEntries(names.map(([name, member]) => [name, walk(member, [...path, name])]));
  };
  return { document: walk(root, []), numbers };
}

function spelling(value: number, index: number): string {
  const text = JSON.stringify(value);
  if (/e/i.test(text)) return text.replace('e', 'E');
  return text.includes('.') ? `${text}${'0'.repeat(index % 3)}` : `${text}.${'0'.repeat(1 + (index % 3))}`;
}
