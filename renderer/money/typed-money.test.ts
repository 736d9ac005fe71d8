import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPence } from '../parts/formats.ts';
import {
  parseDecimal,
  parsePercent,
  parsePositivePounds,
  parsePounds,
  penceOr,
  poundsField,
} from './typed-money.ts';

const value = (text: string): number | string => {
  const parsed = parsePounds(text);
  return parsed.ok ? parsed.value : parsed.error;
};

test('money is read as people type it', () => {
  expect(
    ['£1,234.56', '1234.56', ' 1234 ', '£0.05', '12.5', '-£3.00', '\u22123', '0', '-0', '£ 1,000,000.00'].map(
      value,
    ),
  ).toEqual([123_456, 123_456, 123_400, 5, 1_250, -300, -300, 0, 0, 100_000_000]);
});

test('what could be meant in two ways is asked for again', () => {
  for (const text of ['1,23', '12,34.00', '1.234,56', '1.', '.5', '£', '1 000', '1e3', '$5', '12p'])
    expect(value(text)).toBe('write it like £1,234.56');
  expect(value('')).toBe('give an amount, such as £1,234.56');
  expect(value('1.005')).toBe('a penny is the smallest: two decimals at most');
  expect(value('10,000,000,000.01')).toBe('that is more than the book takes at once');
  expect(value('9'.repeat(30))).toBe('that is more than the book takes at once');
  expect(value('10,000,000,000.00')).toBe(1_000_000_000_000);
});

test('every amount reads back as it is shown and as a field holds it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (pence) => {
      expect(value(formatPence(pence))).toBe(pence);
      expect(value(poundsField(pence))).toBe(pence);
      expect(value(formatPence(0 - pence))).toBe(0 - pence);
    }),
  );
});

test('an amount that has to be paid is above zero', () => {
  expect([parsePositivePounds('0.01'), parsePositivePounds('0'), parsePositivePounds('-5')]).toEqual([
    { ok: true, value: 1 },
    { ok: false, error: 'an amount above £0.00' },
    { ok: false, error: 'an amount above £0.00' },
  ]);
  expect([penceOr('2.50', 7), penceOr('2.5.', 7)]).toEqual([250, 7]);
});

test('a quantity is the exact decimal that was typed', () => {
  expect(['1,000', '12.50', '£1,234.5', '6.75p', '0'].map(parseDecimal)).toEqual([
    '1000',
    '12.50',
    '1234.5',
    '6.75',
    '0',
  ]);
  expect(['', '1e3', '-1', '1,00', '1.'].map(parseDecimal)).toEqual([null, null, null, null, null]);
});

test('a percentage is a share of one, digit by digit', () => {
  expect(['20', '17.5', '5 %', '100', '0', '0.1%', '10', '7.25', '05'].map(parsePercent)).toEqual([
    '0.2',
    '0.175',
    '0.05',
    '1',
    '0',
    '0.001',
    '0.1',
    '0.0725',
    '0.05',
  ]);
  expect(['', '100.5', '120', 'none', '-1'].map(parsePercent)).toEqual([null, null, null, null, null]);
});
