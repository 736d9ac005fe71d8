import { expect, test } from 'vitest';
import { readLength, readRate, readStages, readTerms } from './read-load-options.ts';

test('rates, lengths and stages are read strictly', () => {
  expect(['500/s', '500', '0.5/s'].map(readRate)).toEqual([500, 500, 0.5]);
  for (const text of ['0', '-1/s', '500/m', '2000000', '']) expect(() => readRate(text)).toThrow('500/s');
  expect(['0s', '500ms', '30s', '5m', '24h'].map(readLength)).toEqual([0, 500, 30_000, 300_000, 86_400_000]);
  for (const text of ['30', '1d', '25h', '1.5s']) expect(() => readLength(text)).toThrow('such as 500ms');
  expect(readStages('30s:100, 2m:500,0s:50,30s:0')).toEqual([
    { durationMs: 30_000, fromPerSecond: 0, toPerSecond: 100 },
    { durationMs: 120_000, fromPerSecond: 100, toPerSecond: 500 },
    { durationMs: 0, fromPerSecond: 500, toPerSecond: 50 },
    { durationMs: 30_000, fromPerSecond: 50, toPerSecond: 0 },
  ]);
  for (const text of ['30s', '30s:x', '30s:1:2', '30s:1e9'])
    expect(() => readStages(text)).toThrow('30s:100');
  expect(() => readStages('0s:10')).toThrow('take some time');
  expect(readTerms('loss=0')).toEqual([{ kind: 'loss', max: 0, isShare: false }]);
  expect(() => readTerms('fast')).toThrow('"fast" is no threshold');
});
