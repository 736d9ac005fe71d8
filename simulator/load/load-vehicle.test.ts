import { expect, test } from 'vitest';
import { loadBook } from './load-book.ts';
import { LoadVehicle } from './load-vehicle.ts';

const NOW_MS = Date.parse('2026-03-02T09:00:00.250Z');

function recordOf(payload: string | Uint8Array): { readonly ts: number; readonly 16: number } {
  const { state } = JSON.parse(String(payload)) as { state: { reported: { ts: number; 16: number } } };
  return state.reported;
}

test('no two records are the same, however close they are due, and the odometer follows the clock', () => {
  const vehicle = new LoadVehicle(3);
  const at = (nowMs: number, ageMs: number) => {
    const { ts, 16: metres } = recordOf(vehicle.publish(nowMs, ageMs).payload);
    return [ts - Math.floor(NOW_MS), metres];
  };
  const [, start = 0] = at(NOW_MS, 0);
  expect(at(NOW_MS, 0)).toEqual([1, start]);
  expect(at(NOW_MS + 10_000, 0)).toEqual([10_000, start + 50]);
  expect(at(NOW_MS + 10_000, 3_610_000)).toEqual([-3_600_000, start - 18_000]);
});

test('the book has the same trackers, and opens each odometer where it stood then', () => {
  const book = loadBook(60, NOW_MS);
  expect(book.contracts.map(({ assignments }) => assignments.length)).toEqual([50, 10]);
  expect(book.trackers.map(({ externalId }) => externalId)).toEqual(
    Array.from({ length: 60 }, (_, index) => new LoadVehicle(index).device),
  );
  const openedMs = Date.parse('2026-02-27T00:00:00Z');
  const { 16: metres } = recordOf(new LoadVehicle(59).publish(openedMs, 0).payload);
  expect(book.openings[59]).toMatchObject({ at: '2026-02-27T00:00:00.000Z', unit: 'km' });
  expect(Number(book.openings[59]?.value) * 1_000).toBeCloseTo(metres, 3);
});
