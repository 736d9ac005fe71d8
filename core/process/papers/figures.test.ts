import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alignedDecimals,
  countText,
  distanceText,
  odometerText,
  percentText,
  poundsText,
  rangesText,
} from './figures.ts';

test('figures are printed as people write them', () => {
  expect([123_456, 5, 0, -1_200, -100_000_001].map(poundsText)).toEqual([
    '£1,234.56',
    '£0.05',
    '£0.00',
    '−£12.00',
    '−£1,000,000.01',
  ]);
  expect([12_345, 9, 0, -335].map(distanceText)).toEqual(['1,234.5', '0.9', '0.0', '−33.5']);
  expect([0, 999, 1_000, 3_000_000].map(countText)).toEqual(['0', '999', '1,000', '3,000,000']);
  expect(['0.2', '0.175', '0', '0.05', '1', '0.20'].map(percentText)).toEqual([
    '20%',
    '17.5%',
    '0%',
    '5%',
    '100%',
    '20%',
  ]);
});

test('an odometer is cut to whole tenths of the unit, never rounded up', () => {
  expect(odometerText(160_934_400 * 10 - 1, 'mi')).toBe('0.9');
  expect(odometerText(160_934_400 * 10, 'mi')).toBe('1.0');
  expect(odometerText(1_234_599_999_999, 'km')).toBe('1,234.5');
});

test('rates of one column have the decimal places of the longest', () => {
  expect([...alignedDecimals(['12', '30.5', '0.125'])]).toEqual([
    ['12', '12.000'],
    ['30.5', '30.500'],
    ['0.125', '0.125'],
  ]);
  expect([...alignedDecimals(['12', '30'])]).toEqual([
    ['12', '12'],
    ['30', '30'],
  ]);
});

test('positions are printed as ranges, and what is left out is counted', () => {
  expect(rangesText([12, 3, 5, 6, 7, 6], 9)).toBe('3, 5–7, 12');
  expect(rangesText([1, 3, 5, 6, 7, 9], 2)).toBe('1, 3 and 4 more');
});

test('no penny and no tenth is lost in print', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (whole) => {
      const read = (text: string): number => Number(text.replace('−', '-').replaceAll(/[£,.]/g, ''));
      expect(read(poundsText(whole))).toBe(whole);
      expect(read(distanceText(whole))).toBe(whole);
    }),
  );
});
