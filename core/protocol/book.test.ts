import { expect, test } from 'vitest';
import { aBook, TELTONIKA, TESLA } from '../../tests/support/a-book.ts';
import { bookSchema } from './book.ts';

test('a tracker is in one vehicle at a time; one after the other it may be in several', () => {
  const book = aBook([TELTONIKA, TESLA]);
  const [tracker] = book.trackers;
  if (tracker === undefined) throw new Error('a book with trackers');
  const [noon, evening] = ['2026-03-10T12:00:00Z', '2026-03-10T18:00:00Z'];
  const moved = (from: string) => ({
    ...book,
    trackers: [
      { ...tracker, vehicle: 'V-TESLA', from },
      { ...tracker, to: evening },
    ],
  });
  expect(bookSchema.safeParse(moved(evening)).success).toBe(true);
  expect(bookSchema.safeParse(moved(noon)).error?.issues).toMatchObject([
    {
      path: ['trackers', 0, 'from'],
      message:
        'teltonika-mqtt-json 356000000000019 is in vehicle "V-TELTONIKA" at that time; end that before this begins',
    },
  ]);
});

test('what a server worked out is billed by no book', () => {
  const book = aBook([TELTONIKA]);
  const trackers = book.trackers.map((tracker) => ({ ...tracker, origin: 'server' }));
  expect(bookSchema.safeParse({ ...book, trackers }).error?.issues).toMatchObject([
    {
      path: ['trackers', 0, 'origin'],
      message: 'vehicle, tracker or can; what a server worked out is never billed',
    },
  ]);
});

test('periods are counted from an anchor that is not after the contract’s start', () => {
  const book = aBook([TELTONIKA]);
  const anchoredOn = (anchor: string) => ({
    ...book,
    contracts: book.contracts.map((contract) => ({ ...contract, anchor })),
  });
  expect(bookSchema.safeParse(anchoredOn('2025-12-31')).success).toBe(true);
  expect(bookSchema.safeParse(anchoredOn('2026-03-03')).error?.issues).toMatchObject([
    {
      path: ['contracts', 0, 'anchor'],
      message: 'periods are counted from the anchor on: give a day at or before the start',
    },
  ]);
});

test('a contract has an id of its own, and a vehicle is in one contract at a time', () => {
  const book = aBook([TELTONIKA]);
  const twice = (id: string, from: string, to?: string) => ({
    ...book,
    contracts: book.contracts.flatMap((contract) => [
      { ...contract, assignments: [{ vehicle: TELTONIKA.id, from: '2026-03-10T12:00:00Z' }] },
      { ...contract, id, assignments: [{ vehicle: TELTONIKA.id, from, to }] },
    ]),
  });
  const apart = ['2026-03-02T00:00:00Z', '2026-03-10T12:00:00Z'] as const;
  expect(bookSchema.safeParse(twice('C2', ...apart)).success).toBe(true);
  expect(bookSchema.safeParse(twice('C1', ...apart)).error?.issues).toMatchObject([
    { path: ['contracts', 1, 'id'], message: 'there are two contracts "C1"' },
  ]);
  expect(bookSchema.safeParse(twice('C2', '2026-03-09T00:00:00Z')).error?.issues).toMatchObject([
    {
      path: ['contracts', 1, 'assignments', 0],
      message: '"V-TELTONIKA" is in contract "C1" at that time; end that before this begins',
    },
  ]);
});
