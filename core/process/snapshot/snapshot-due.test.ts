import { expect, test } from 'vitest';
import { isSnapshotDue } from './snapshot-due.ts';

test('a young journal gets a snapshot every so many records, an old one after a quarter more', () => {
  expect([isSnapshotDue(249_999, 0), isSnapshotDue(250_000, 0)]).toEqual([false, true]);
  expect([isSnapshotDue(799_999, 550_000), isSnapshotDue(800_000, 550_000)]).toEqual([false, true]);
  expect([isSnapshotDue(3_999_999, 3_000_000), isSnapshotDue(4_000_000, 3_000_000)]).toEqual([false, true]);
});
