import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeAt } from './mapping-places.ts';

const text = 'name: acme\nspeed: { at: gps.spd, unit: kmh }\nodometr: "a b" \n';
const marked = (line: number, column: number): string => {
  const { from, to } = rangeAt(text, { line, column });
  return text.slice(from, to);
};

test('a problem marks the word it stands on', () => {
  expect([marked(1, 7), marked(2, 14), marked(2, 29), marked(3, 1), marked(3, 10), marked(2, 8)]).toEqual([
    'acme',
    'gps.spd',
    'kmh',
    'odometr',
    '"a b"',
    '{',
  ]);
});

test('a place past the end of its line marks the line, and past the last line the last', () => {
  expect([marked(1, 99), marked(99, 1)]).toEqual(['name: acme', '']);
});

test('whatever the place, the range lies in the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), fc.integer(), (any, line, column) => {
      const { from, to } = rangeAt(any, { line, column });
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeGreaterThanOrEqual(from);
      expect(to).toBeLessThanOrEqual(any.length);
    }),
  );
});
