import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('the same data is the same text, in whatever order its names were kept; lists keep theirs', () => {
  expect(canonicalJson({ b: [3, 1], a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":[3,1]}');
  expect(canonicalJson({ a: { c: 'x', d: null }, b: [3, 1] })).toBe(
    canonicalJson({ b: [3, 1], a: { d: null, c: 'x' } }),
  );
});
