import fc from 'fast-check';
import { expect } from 'vitest';
import type { Decoder } from '../../core/tracker/decoded-packet.ts';
import type { Reading } from '../../core/tracker/reading.ts';
import { bytesOf } from './tracker-packet.ts';

/** Good packets after an accident: a bit turned, cut short, a piece doubled, or another packet's end put on. */
export function damaged(packets: readonly string[]): fc.Arbitrary<Uint8Array> {
  const packet = fc.constantFrom(...packets.map(bytesOf));
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  return fc
    .tuple(packet, packet, fc.nat({ max: 3 }), place, place, fc.nat({ max: 7 }))
    .map(([bytes, other, kind, from, to, bit]) => {
      const start = Math.floor(from * bytes.length);
      const end = Math.floor(to * bytes.length);
      if (kind === 0) return bytes.map((byte, at) => (at === start ? byte ^ (1 << bit) : byte));
      if (kind === 1) return bytes.slice(0, start);
      if (kind === 2) return joined(bytes.slice(0, Math.max(start, end)), bytes.slice(Math.min(start, end)));
      return joined(bytes.slice(0, start), other.slice(Math.floor(to * other.length)));
    });
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  return new Uint8Array([...head, ...tail]);
}

/** Whatever the bytes, the decoder returns, and what it reads out of them can be. It is called without its safety net. */
export function expectSoundOutcomes(
  decode: Decoder,
  topics: readonly string[],
  packets: readonly string[],
): void {
  const payload = fc.oneof(
    damaged(packets),
    fc.uint8Array({ maxLength: 64 }),
    fc.jsonValue().map((value) => bytesOf(JSON.stringify(value))),
  );
  fc.assert(
    fc.property(fc.constantFrom(...topics), payload, (topic, payload) => {
      const decoded = decode({ topic, payload });
      if (!decoded.ok) expect(decoded.error.detail).not.toBe('');
      else for (const reading of decoded.value.readings) expectPossible(reading);
    }),
    { numRuns: 1_000 },
  );
}

function expectPossible(reading: Reading): void {
  const { observedAtMs, odometer, latitudeDegrees, longitudeDegrees, batteryPercent } = reading;
  if (observedAtMs !== null) expect(new Date(observedAtMs).toISOString()).toHaveLength(24);
  if (odometer !== undefined) {
    expect(Number.isSafeInteger(odometer.micrometres)).toBe(true);
    expect(odometer.micrometres).toBeGreaterThanOrEqual(0);
  }
  expect(latitudeDegrees === undefined).toBe(longitudeDegrees === undefined);
  expect(Math.abs(latitudeDegrees ?? 0)).toBeLessThanOrEqual(90);
  expect(Math.abs(longitudeDegrees ?? 0)).toBeLessThanOrEqual(180);
  expect(batteryPercent ?? 0).toBeGreaterThanOrEqual(0);
  expect(batteryPercent ?? 0).toBeLessThanOrEqual(100);
}
