import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { degreesOf, mercatorOf, metresPerUnit, pixelsPerUnit } from '../mercator.ts';
import { glideTo, intervalOf, positionAt } from './glide.ts';
import { nextRepaintInMs } from './repaint.ts';
import { createVehicleBuffer, FLOATS_PER_VEHICLE } from './vehicle-buffer.ts';

const GOTHENBURG = mercatorOf(57.7, 11.97);
const METRE = 1 / metresPerUnit(GOTHENBURG.y);
const east = (metres: number) => ({ x: GOTHENBURG.x + metres * METRE, y: GOTHENBURG.y });

describe('a glide', () => {
  test('lasts one reporting interval, measured between this vehicle’s positions', () => {
    const buffer = createVehicleBuffer();
    buffer.place(0, east(0), 10_000);
    buffer.place(0, east(20), 12_000);

    expect(buffer.positionAt(0, 12_000)).toEqual(east(0));
    expect(buffer.positionAt(0, 13_000)?.x).toBeCloseTo(east(10).x, 12);
    expect(buffer.positionAt(0, 14_000)).toEqual(east(20));
    expect(buffer.positionAt(0, 60_000)).toEqual(east(20));
  });

  test('takes the shorter of the last two gaps, so that a stop at the kerb is no interval', () => {
    expect(intervalOf(600_000, 2_000)).toBe(2_000);
    expect(intervalOf(2_000, 600_000)).toBe(2_000);
    expect(intervalOf(4_000, null)).toBe(4_000);
    expect(intervalOf(90_000, 60_000)).toBe(15_000);
  });

  test('starts where the symbol is seen, even in the middle of the one before', () => {
    const buffer = createVehicleBuffer();
    buffer.place(0, east(0), 0);
    buffer.place(0, east(20), 2_000);
    buffer.place(0, east(40), 3_000);

    expect(buffer.positionAt(0, 3_000)?.x).toBeCloseTo(east(10).x, 12);
    expect(buffer.positionAt(0, 4_000)).toEqual(east(40));
  });

  test('is none when no vehicle could have driven there', () => {
    expect(glideTo(east(0), east(5_000), 1_000, 1_000, 1_000)).toMatchObject({
      from: east(5_000),
      durationMs: 0,
    });
    expect(glideTo(east(0), east(100), 1_000, 1_000, 1_000)).toMatchObject({
      from: east(0),
      durationMs: 1_000,
    });
  });

  test('is none for people who asked for less motion', () => {
    const buffer = createVehicleBuffer();
    buffer.setStill(true);
    buffer.place(0, east(0), 0);
    buffer.place(0, east(20), 2_000);
    expect(buffer.positionAt(0, 2_000)).toEqual(east(20));
    expect([...buffer.gliding(2_000)]).toEqual([]);
  });

  test('never leaves the line between where it was and where it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5_000, max: 50_000 }),
        fc.integer({ min: 0, max: 15_000 }),
        (nowMs, durationMs) => {
          const at = positionAt({ from: east(0), to: east(100), startMs: 1_000, durationMs }, nowMs);
          expect(at.x).toBeGreaterThanOrEqual(east(0).x);
          expect(at.x).toBeLessThanOrEqual(east(100).x);
        },
      ),
    );
  });
});

describe('the buffer', () => {
  test('sends only the rows that changed, near ones together', () => {
    const buffer = createVehicleBuffer();
    for (const slot of [0, 1, 5, 400]) buffer.place(slot, east(slot), 0);
    expect(buffer.takeDirtyRuns()).toEqual([
      [0, 6],
      [400, 401],
    ]);
    expect(buffer.takeDirtyRuns()).toEqual([]);

    buffer.place(1, east(1), 1_000);
    buffer.dress(5, null, 1);
    expect(buffer.takeDirtyRuns()).toEqual([[5, 6]]);
    buffer.dress(5, null, 1);
    expect(buffer.takeDirtyRuns()).toEqual([]);
  });

  test('draws no vehicle that has no position', () => {
    const buffer = createVehicleBuffer();
    buffer.dress(3, 90, 2);
    const symbolAt = (slot: number) => buffer.data()[slot * FLOATS_PER_VEHICLE + 7];
    expect(symbolAt(3)).toBe(-1);
    expect(buffer.placed()).toBe(0);

    buffer.place(3, east(0), 0);
    buffer.dress(3, 90, 2);
    expect(symbolAt(3)).toBe(2);
    expect([buffer.placed(), buffer.rows()]).toEqual([1, 4]);
  });

  test('is exact to a centimetre around any anchor, after any move of it', () => {
    const montevideo = mercatorOf(-34.9, -56.2);
    const buffer = createVehicleBuffer();
    buffer.place(2_000, GOTHENBURG, 0);
    buffer.reanchor(montevideo, 0);
    buffer.reanchor(GOTHENBURG, 5_000);
    const row = buffer.data().subarray(2_000 * FLOATS_PER_VEHICLE);

    expect(Math.abs(row[2] ?? 1) / METRE).toBeLessThan(0.01);
    expect(row[4]).toBe(-5);
    expect(buffer.takeDirtyRuns()).toEqual([[2_000, 2_001]]);
  });

  test('finds the nearest vehicle within reach, where it is seen now', () => {
    const buffer = createVehicleBuffer();
    buffer.place(0, east(0), 0);
    buffer.place(7, east(50), 0);
    buffer.place(7, east(100), 2_000);

    expect(buffer.nearest(east(60), 20 * METRE, 2_000)).toBe(7);
    expect(buffer.nearest(east(60), 20 * METRE, 4_000)).toBeNull();
    expect(buffer.nearest(east(60), 100 * METRE, 4_000)).toBe(7);
    expect(buffer.nearest(east(10), 100 * METRE, 4_000)).toBe(0);
  });
});

describe('drawing again', () => {
  const view = (zoom: number) => ({ northWest: { x: 0, y: 0 }, southEast: { x: 1, y: 1 }, zoom });
  const glide = { from: east(0), to: east(28), startMs: 0, durationMs: 2_000 };

  test('waits for half a pixel of the fastest symbol in view', () => {
    const metresPerPixelAt12 = metresPerUnit(GOTHENBURG.y) / pixelsPerUnit(12);
    expect(nextRepaintInMs([glide], view(14))).toBeCloseTo((metresPerPixelAt12 / 4 / 2 / 14) * 1_000, 6);
    expect(nextRepaintInMs([glide], view(5))).toBe(500);
    expect(nextRepaintInMs([glide], view(20))).toBe(16);
  });

  test('is not needed while nothing in view moves', () => {
    expect(nextRepaintInMs([], view(14))).toBeNull();
    expect(nextRepaintInMs([{ ...glide, to: glide.from }], view(14))).toBeNull();
    const elsewhere = { northWest: { x: 0, y: 0.9 }, southEast: { x: 0.1, y: 1 }, zoom: 14 };
    expect(nextRepaintInMs([glide], elsewhere)).toBeNull();
  });
});

test('degrees survive the way to Mercator and back', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -84, max: 84, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (lat, lon) => {
        const back = degreesOf(mercatorOf(lat, lon));
        expect(back.latitudeDegrees).toBeCloseTo(lat, 8);
        expect(back.longitudeDegrees).toBeCloseTo(lon, 8);
      },
    ),
  );
});
