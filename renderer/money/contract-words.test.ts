import { expect, test } from 'vitest';
import type { MoneyContractRow } from '../../core/protocol/money-asks.ts';
import type { ContractTerms } from '../../core/protocol/terms.ts';
import { contractsShown, termsNow, versionsOf } from './contract-words.ts';

const flat = (rate: string): ContractTerms => ({ tiers: [{ upTo: null, rate }] });

const row: MoneyContractRow = {
  contract: 'con-1',
  operator: 'op-1',
  operatorName: 'North Taxis',
  timezone: 'Europe/London',
  unit: 'mi',
  anchor: '2026-01-01',
  start: '2026-01-01',
  end: null,
  scope: 'contract',
  terms: flat('30'),
  amendments: [
    { from: '2026-06-01', terms: flat('40') },
    { from: '2026-03-01', terms: flat('35') },
    { from: '2026-06-01', terms: flat('41') },
  ],
  targetMiles: null,
  tenths: 0,
  vatRate: '0.2',
  paymentTermsDays: 14,
  vehicles: [{ vehicle: 'V1', registration: 'LX24 ABC', fromMs: 0, toMs: null }],
};

test('versions stand newest first, and say which of them holds', () => {
  const told = (today: string) =>
    versionsOf(row, today).map(({ from, terms, standing }) => [from, terms.tiers[0]?.rate, standing]);
  expect(told('2026-04-01')).toEqual([
    ['2026-06-01', '41', 'to come'],
    ['2026-06-01', '40', 'to come'],
    ['2026-03-01', '35', 'holds today'],
    ['2026-01-01', '30', 'ended'],
  ]);
  expect(told('2026-06-01').map(([, rate, standing]) => [rate, standing])).toEqual([
    ['41', 'holds today'],
    ['40', 'ended'],
    ['35', 'ended'],
    ['30', 'ended'],
  ]);
  expect(['2025-12-31', '2026-02-28', '2026-03-01', '2027-01-01'].map((day) => termsNow(row, day))).toEqual([
    flat('30'),
    flat('30'),
    flat('35'),
    flat('41'),
  ]);
});

test('a contract is found by its name, operator or vehicle', () => {
  const found = (search: string) => contractsShown([row], search).length;
  expect(['', 'CON', 'north', 'lx24', 'south'].map(found)).toEqual([1, 1, 1, 1, 0]);
});
