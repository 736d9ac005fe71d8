import { expect, test } from 'vitest';
import type { ChargeExplanation } from '../../../core/protocol/link.ts';
import { chargeSentence, floorSum, hexRows, priceSum, wordsOfSource, wordsOfStatus } from './charge-words.ts';

const charge: ChargeExplanation = {
  vehicle: 'v1',
  day: '2026-11-22',
  contract: 'C-1',
  timezone: 'Europe/London',
  unit: 'mi',
  fromMs: 0,
  toMs: 1,
  isProvisional: true,
  startMicrometres: 1_609_344_000 * 1_000,
  endMicrometres: 1_609_344_000 * 1_000 + 804_672_000,
  startTenths: 10_000,
  endTenths: 10_005,
  tenths: 5,
  ratePence: '30',
  pence: 15,
  readings: [],
  readingsOmitted: 0,
  entries: [],
};

test('the charge reads as one sentence with its sum', () => {
  expect(chargeSentence(charge, 'AB12 CDE')).toBe(
    'AB12 CDE drove 0.5 mi so far, provisional until the next reading, at 30p a mile: £0.15.',
  );
  expect(chargeSentence({ ...charge, isProvisional: false, unit: 'km' }, 'X')).toBe(
    'X drove 0.5 km, at 30p a kilometre: £0.15.',
  );
  expect(priceSum(charge)).toBe('5 tenths × 30p ÷ 10 = 15p');
  expect(floorSum(charge.endMicrometres, charge.endTenths, 'mi')).toBe(
    '1,000.5 mi holds 10,005 whole tenths',
  );
});

test('every status says what it means for the bill', () => {
  const faults = ['rollback', 'jump', 'clock', 'conflict', 'rejected'];
  for (const status of ['accepted', 'superseded', 'jitter', 'repeat', ...faults])
    expect(wordsOfStatus(status)[1]).not.toBe('');
  expect(wordsOfStatus('jump')[0]).toBe('Quarantined: jump');
  expect(wordsOfStatus('brand-new')).toEqual(['brand new', '']);
  expect([wordsOfSource('handover'), wordsOfSource('else-where')]).toEqual(['signed handover', 'else where']);
});

test('a packet’s bytes are shown sixteen a row, the unprintable as dots', () => {
  expect(hexRows('48656c6c6f000affc3a5207b7d303132333435')).toEqual([
    { offset: '0000', bytes: '48 65 6c 6c 6f 00 0a ff c3 a5 20 7b 7d 30 31 32', text: 'Hello····· {}012' },
    { offset: '0010', bytes: '33 34 35'.padEnd(47), text: '345' },
  ]);
  expect(hexRows('')).toEqual([]);
});
