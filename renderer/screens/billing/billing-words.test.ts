import { expect, test } from 'vitest';
import type { ExceptionRow } from '../../../core/protocol/money-asks.ts';
import { aFinalDocument } from '../../../tests/support/a-final-document.ts';
import {
  byKind,
  changesBetween,
  exceptionToDo,
  isBeyondLimit,
  isOfQuarantine,
  obstacleTo,
  type Preview,
  sureness,
} from './billing-words.ts';

const exception = (kind: string, changes: Partial<ExceptionRow> = {}): ExceptionRow => ({
  exception: `${kind} V1`,
  kind,
  vehicle: 'V1',
  registration: 'LX24 ABC',
  words: kind,
  canBeWaived: true,
  waived: null,
  ...changes,
});

function aPreview(changes: Partial<Preview> = {}, state: Preview['row']['state'] = 'draft'): Preview {
  const document = aFinalDocument();
  return {
    row: {
      contract: document.contract,
      operator: document.operator.id,
      operatorName: document.operator.name,
      period: 2,
      startDay: '2026-03-01',
      endDay: '2026-04-01',
      unit: 'mi',
      state,
      vehicles: 2,
      tenths: document.tenths,
      netPence: document.netPence,
      issuedNetPence: 0,
      exceptions: 0,
      isProvisional: false,
      documents: [],
    },
    rated: document.rated,
    exceptions: [],
    document,
    ...changes,
  };
}

test('a period is closed only when it is over, nothing stands against it, and it is as it was looked at', () => {
  expect(obstacleTo(aPreview({}, 'open'), false)).toBe(
    'The period goes on until the end of its last day; it can be closed from 1 Apr 2026 on.',
  );
  const waived = { reason: 'seen', by: 'ada', atMs: 1 };
  const exceptions = [exception('gap'), exception('jump', { waived })];
  expect(obstacleTo(aPreview({ exceptions }), false)).toBe(
    '1 exception stands: settle each, or waive it with a reason.',
  );
  expect(obstacleTo(aPreview({ exceptions: [exception('jump', { waived })] }), false)).toBeNull();
  expect(obstacleTo(aPreview({ document: null }), false)).toBe('Nothing is due for this period.');
  const late = aPreview({ document: null }, 'correction due');
  expect([isBeyondLimit(late), obstacleTo(late, false)]).toEqual([
    true,
    'More may be charged only for twelve months after a period, unless the operator caused it.',
  ]);
  expect(isBeyondLimit(aPreview({}, 'correction due'))).toBe(false);
  expect(obstacleTo(aPreview(), true)).toBe('Something changed while you looked: take note of it first.');
  expect(obstacleTo(aPreview({ exceptions }, 'correction due'), false)).toBeNull();
});

test('the difference to a preview is told figure by figure', () => {
  const before = aPreview({ exceptions: [exception('gap')] });
  expect(changesBetween(before, before)).toEqual([]);
  const document = aFinalDocument({ netPence: 63_000 });
  const rated = { ...before.rated, tenths: 12_445, netPence: 63_000, grossPence: 75_600 };
  expect(changesBetween(before, aPreview({ rated, document }))).toEqual([
    { what: 'Distance', before: '1,234.5 mi', now: '1,244.5 mi', difference: '+10.0 mi' },
    { what: 'Net', before: '£640.35', now: '£630.00', difference: '\u2212£10.35' },
    { what: 'Gross', before: '£768.42', now: '£756.00', difference: '\u2212£12.42' },
    { what: 'To be issued, net', before: '£640.35', now: '£630.00', difference: '\u2212£10.35' },
  ]);
});

test('how sure a net is stands beside it', () => {
  expect(
    (['open', 'draft', 'final', 'correction due'] as const).map((state) =>
      sureness({ state, isProvisional: true }),
    ),
  ).toEqual([
    'estimated so far, provisional',
    'not invoiced yet, provisional',
    'invoiced',
    'as it is priced now',
  ]);
});

test('each exception says what to do, and quarantined readings are opened', () => {
  expect(exceptionToDo('jump')).toBe('Look at the readings: accept what is true, reject what is not.');
  expect(exceptionToDo('of tomorrow')).toBe('Look into it, or waive it with a reason.');
  expect(
    [exception('jump'), exception('gap'), exception('clock', { vehicle: null })].map(isOfQuarantine),
  ).toEqual([true, false, false]);
});

test('exceptions stand by their kind, with those that may still be waived', () => {
  const waived = { reason: 'seen', by: 'ada', atMs: 1 };
  const all = [
    exception('period not over', { vehicle: null, canBeWaived: false }),
    exception('gap'),
    exception('jump'),
    exception('gap', { exception: 'gap V2', waived }),
  ];
  expect(
    byKind(all).map(({ kind, exceptions, canBeWaived }) => [kind, exceptions.length, canBeWaived.length]),
  ).toEqual([
    ['period not over', 1, 0],
    ['gap', 2, 1],
    ['jump', 1, 1],
  ]);
});
