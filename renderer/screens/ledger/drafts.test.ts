import { expect, test } from 'vitest';
import { must } from '../../../core/base/assert.ts';
import { ledgerEventSchema } from '../../../core/protocol/ledger-event.ts';
import { emptyLine, entryOf, imbalance } from './entry-draft.ts';
import { eventKinds, eventOf, ofTheEvent } from './event-draft.ts';

const kindOf = (event: string) =>
  must(
    eventKinds.find((each) => each.event === event),
    event,
  );

test('every event of the book can be recorded, and each is what it says', () => {
  const known = ledgerEventSchema.options.map((option) => option.shape.event.value);
  expect(eventKinds.map(({ event }) => event)).toEqual(known);
  for (const kind of eventKinds)
    expect(
      eventOf(kind, { valueDay: '2026-03-02', reference: ' R1 ', party: ' V1 ', pounds: '£1,000.50' }),
    ).toEqual({
      ok: true,
      value: {
        event: kind.event,
        valueDay: '2026-03-02',
        reference: 'R1',
        ...(kind.party === null ? {} : { [kind.party]: 'V1' }),
        [kind.amount]: 100_050,
      },
    });
});

test('what is wrong with an event stands at its field', () => {
  expect(
    eventOf(kindOf('capital-call-paid'), { valueDay: 'today', reference: '', party: '', pounds: '' }),
  ).toEqual({
    ok: false,
    error: {
      valueDay: 'give a day like 2026-03-31',
      reference: 'give the paper or the bank line it stands on',
      party: 'say which investor',
      amount: 'give an amount, such as £1,234.56',
    },
  });
  const written = { valueDay: '2026-03-02', reference: 'R1', party: 'a:b', pounds: '0' };
  expect(eventOf(kindOf('deposit-received'), written)).toEqual({
    ok: false,
    error: { amount: 'an amount above £0.00' },
  });
  expect(eventOf(kindOf('deposit-received'), { ...written, pounds: '1' })).toEqual({
    ok: false,
    error: { party: 'without a colon' },
  });
  expect(eventOf(kindOf('allowance-set'), { ...written, party: 'north' }).ok).toBe(true);
  expect(eventOf(kindOf('allowance-set'), { ...written, party: 'north', pounds: '-1' })).toEqual({
    ok: false,
    error: { amount: '£0.00 or more' },
  });
  expect(
    ofTheEvent(kindOf('total-loss'), { 'event.vehicle': 'a', 'event.claimPence': 'b', '': 'c' }),
  ).toEqual({
    party: 'a',
    amount: 'b',
    '': 'c',
  });
});

test('a set by hand has two sides that come to the same', () => {
  const lines = [
    { account: '5310', debit: '£1,000.00', credit: '' },
    { account: ' 1200:V1 ', debit: '', credit: '1000' },
  ];
  expect(entryOf({ valueDay: '2026-03-02', corrects: '', lines })).toEqual({
    ok: true,
    value: {
      valueDay: '2026-03-02',
      corrects: null,
      entries: [
        { account: '5310', pence: 100_000 },
        { account: '1200:V1', pence: -100_000 },
      ],
    },
  });
  expect(imbalance([...lines, { account: '', debit: '5', credit: 'x' }])).toBe(500);
});

test('what is wrong with a set stands at its line', () => {
  const entry = (lines: Parameters<typeof imbalance>[0]) =>
    entryOf({ valueDay: '2026-03-02', corrects: 'S1', lines });
  expect(entry([emptyLine, { account: '1000', debit: '1', credit: '1' }])).toEqual({
    ok: false,
    error: {
      'entries.0.account': 'give an account, like 1000 or 1200:V1',
      'entries.0.pence': 'give an amount, such as £1,234.56',
      'entries.1.pence': 'a debit or a credit, not both',
    },
  });
  expect(
    entry([
      { account: '1000', debit: '1', credit: '' },
      { account: '4030', debit: '', credit: '2' },
    ]),
  ).toEqual({ ok: false, error: { entries: 'debits and credits have to come to the same' } });
});
