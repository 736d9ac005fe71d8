import { expect, test } from 'vitest';
import { smokeDurationMs, withDemo } from './app-arguments.mjs';

test('npm start brings the demo fleet unless it is told not to', () => {
  expect([withDemo(['--vehicles', '9']), withDemo(['--no-demo']), withDemo(['--demo'])]).toEqual([
    ['--demo', '--vehicles', '9'],
    ['--no-demo'],
    ['--demo'],
  ]);
});

test('the time of a smoke run is read in every spelling', () => {
  const spellings = [[], ['--smoke', '60s'], ['--smoke=2m'], ['--report', 'r.json', '--smoke', '1500ms']];
  expect(spellings.map(smokeDurationMs)).toEqual([undefined, 60_000, 120_000, 1_500]);
});

test('a time without a unit is refused in words', () => {
  expect(() => smokeDurationMs(['--smoke', '60'])).toThrow(
    '--smoke takes a time such as 60s or 2m, not "60"',
  );
});
