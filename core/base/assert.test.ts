import { expect, test } from 'vitest';
import { assert, AssertionError, must, unreachable } from './assert.ts';

test('what holds passes, and its message is never made', () => {
  const message = (): string => {
    throw new Error('made for nothing');
  };
  expect(() => assert(true, message)).not.toThrow();
  expect(must(0, message)).toBe(0);
  expect(must('', 'empty is a value')).toBe('');
});

test('what does not hold stops with its message', () => {
  expect(() => assert(false, () => 'two pence lost')).toThrow(new AssertionError('two pence lost'));
  expect(() => must(undefined, 'no such vehicle')).toThrow(new AssertionError('no such vehicle'));
  expect(() => must(null, 'no such vehicle')).toThrow(AssertionError);
});

test('a case nobody thought of is shown', () => {
  expect(() => unreachable({ kind: 'new' } as never)).toThrow('unexpected case: {"kind":"new"}');
});
