import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packRows, unpackRows } from './packed-rows.ts';

const HOUR_MS = 3_600_000;
const numbers = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .oneof(
      fc.array(fc.maxSafeInteger(), { minLength: length, maxLength: length }),
      fc.array(fc.integer(), { minLength: length, maxLength: length }),
      fc.array(fc.double(), { minLength: length, maxLength: length }),
    )
    .map((values) => Float64Array.from(values));
const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc
    .oneof(
      fc.uint8Array({ minLength: length, maxLength: length }),
      fc.nat(255).map((value) => new Uint8Array(length).fill(value)),
    )
    .map((column) => Uint8Array.from(column));

test('property: rows come out as they went in, to the bit', () => {
  const rows = fc.tuple(fc.nat(40), fc.nat(5)).chain(([length, stretches]) =>
    fc.record({
      atMs: numbers(length),
      micrometres: numbers(length),
      position: numbers(length),
      receivedAtMs: numbers(length),
      status: bytes(length),
      rank: bytes(length),
      backlogPlace: bytes(length),
      thinned: fc.record({
        afterMs: numbers(stretches),
        reference: numbers(stretches),
        hasQuarantined: bytes(stretches),
      }),
    }),
  );
  fc.assert(
    fc.property(rows, (given) => {
      expect(unpackRows(packRows(given))).toEqual(given);
    }),
  );
});

test('a day of ordinary readings takes less than half the bytes', () => {
  const length = 260;
  const column = (value: (i: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, i) => value(i));
  const packed = packRows({
    atMs: column((i) => Date.UTC(2026, 2, 2) + i * 330_000),
    micrometres: column((i) => (20_000_000 + i * 1_234) * 1_000_000),
    position: column((i) => 5_000_000_000 + i * 100_003),
    receivedAtMs: column((i) => Date.UTC(2026, 2, 2) + i * 330_000 + (i % 7) * HOUR_MS),
    status: new Uint8Array(length),
    rank: new Uint8Array(length).fill(2),
    backlogPlace: new Uint8Array(length),
    thinned: {
      afterMs: new Float64Array(0),
      reference: new Float64Array(0),
      hasQuarantined: new Uint8Array(0),
    },
  });
  expect(packed.length).toBeLessThan((length * 35) / 2);
});
