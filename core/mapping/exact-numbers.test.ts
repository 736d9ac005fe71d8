import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExactNumbers, withNumbersQuoted } from './exact-numbers.ts';

test('numbers become the text they were sent as, texts and words stay', () => {
  const json =
    '{"a":[1.50,-0,1E+3,0.1e-7],"b1":"2 \\"3","c":true,"d":null,"e\\\\":4,"f":12345678901234567890}';
  expect(JSON.parse(withNumbersQuoted(json))).toEqual({
    a: ['1.50', '-0', '1E+3', '0.1e-7'],
    b1: '2 "3',
    c: true,
    d: null,
    'e\\': '4',
    f: '12345678901234567890',
  });
});

test('of any JSON document every number is kept, and nothing else is changed', () => {
  const asText = (value: unknown): unknown => {
    if (typeof value === 'number') return JSON.stringify(value);
    if (Array.isArray(value)) return value.map(asText);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asText(part)]));
  };
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 2 }), (value, indent) => {
      const json = JSON.stringify(value, null, indent);
      expect(JSON.parse(withNumbersQuoted(json))).toEqual(asText(JSON.parse(json)));
    }),
  );
});

test('each object and list of a document finds its twin; of members with one name the last counts', () => {
  const json = '{"list":[{"n":1.0},[2.50]],"n":1,"n":3.10}';
  const document = JSON.parse(json) as { list: [object, object] };
  const exact = new ExactNumbers(json, document);
  expect(exact.of(document)).toEqual({ list: [{ n: '1.0' }, ['2.50']], n: '3.10' });
  expect(exact.of(document.list[0])).toEqual({ n: '1.0' });
  expect(exact.of(document.list[1])).toEqual(['2.50']);
  expect(exact.of({ n: 1 })).toBeUndefined();
});

test('depth costs no stack', () => {
  const json = `${'['.repeat(50_000)}1.0${']'.repeat(50_000)}`;
  const document = JSON.parse(json) as unknown;
  expect(new ExactNumbers(json, document).of(document)).toBeInstanceOf(Array);
});
