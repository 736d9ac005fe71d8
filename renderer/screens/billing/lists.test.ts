import { expect, test } from 'vitest';
import type { DocumentRow, PeriodRow } from '../../../core/protocol/money-asks.ts';
import { billingStart, closeOpen } from './billing-place.ts';
import { byStep } from './dunning-groups.ts';
import { periodsShown } from './period-views.ts';

const late = (number: string, daysPastDue: number, dunning: string | null, openPence = 100): DocumentRow => ({
  number,
  kind: 'invoice',
  contract: 'con-1',
  operator: 'op-1',
  operatorName: 'North',
  startDay: '2026-03-01',
  endDay: '2026-04-01',
  issuedDay: '2026-04-04',
  dueDay: '2026-04-18',
  daysPastDue,
  netPence: 100,
  vatPence: 0,
  grossPence: 100,
  openPence,
  status: dunning === null ? 'disputed' : 'overdue',
  isProvisional: false,
  dunning,
});

test('what is past due stands by its step, the oldest first', () => {
  const groups = byStep([
    late('A', 2, 'reminder'),
    late('B', -3, 'reminder'),
    late('C', 95, 'default'),
    late('D', 5, 'reminder', 250),
    late('E', 40, null),
    late('F', 9, 'reminder', 0),
  ]);
  expect(
    groups.map(({ step, documents, openPence }) => [step, documents.map(({ number }) => number), openPence]),
  ).toEqual([
    ['Default', ['C'], 100],
    ['Disputed, no reminders', ['E'], 100],
    ['Reminder', ['D', 'A'], 350],
  ]);
});

const period = (contract: string, state: PeriodRow['state']): PeriodRow => ({
  contract,
  operator: 'op-1',
  operatorName: 'North Taxis',
  period: 0,
  startDay: '2026-03-01',
  endDay: '2026-04-01',
  unit: 'mi',
  state,
  vehicles: 1,
  tenths: 0,
  netPence: 0,
  issuedNetPence: 0,
  exceptions: 0,
  isProvisional: false,
  documents: [],
});

test('periods are narrowed by state and by words', () => {
  const all = [period('con-1', 'open'), period('con-2', 'draft'), period('con-3', 'correction due')];
  const names = (...args: [Parameters<typeof periodsShown>[1], string]) =>
    periodsShown(all, ...args).map(({ contract }) => contract);
  expect(names('all', '')).toEqual(['con-1', 'con-2', 'con-3']);
  expect(names('to-close', '')).toEqual(['con-2']);
  expect(names('correction', '')).toEqual(['con-3']);
  expect(names('all', ' CON-2 ')).toEqual(['con-2']);
  expect(names('open', 'north')).toEqual(['con-1']);
  expect(names('final', '')).toEqual([]);
});

test('back closes what is open and stays on the tab', () => {
  expect(closeOpen({ ...billingStart, tab: 'documents', document: 'INV-000001' })).toEqual({
    tab: 'documents',
    period: null,
    document: null,
    contract: null,
  });
});
