import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesOfHex,
  type FrameRecord,
  replacedAt,
  teltonikaData,
  teltonikaFrame,
  teltonikaLogin,
} from '../../../tests/support/teltonika-frames.ts';
import type { FrameStep, Framing } from '../framing.ts';
import { imeiOfLogin, teltonikaDataFraming, teltonikaLoginFraming } from './teltonika-framing.ts';

const IMEI = '356000000000001';
const LOGIN = teltonikaLogin(IMEI);
const FRAME = teltonikaFrame(teltonikaData(0x08, { timeMs: 0 }));

function more(atLeast: number): FrameStep {
  return { step: 'more', atLeast };
}

function broken(reason: string, detail: string): object {
  return { step: 'broken', refusal: { reason, detail } };
}

test('a login is cut off behind its digits, whatever follows', () => {
  const bytes = Uint8Array.of(...LOGIN, ...FRAME);
  expect(teltonikaLoginFraming(bytes, 0)).toEqual({ step: 'frame', end: 17 });
  for (const length of [0, 1]) expect(teltonikaLoginFraming(bytes.subarray(0, length), 0)).toEqual(more(2));
  for (const length of [2, 16]) expect(teltonikaLoginFraming(bytes.subarray(0, length), 0)).toEqual(more(17));
});

test('a frame is as long as it says, and 12 bytes', () => {
  const bytes = Uint8Array.of(...FRAME, ...FRAME);
  expect(teltonikaDataFraming(bytes, 0)).toEqual({ step: 'frame', end: FRAME.length });
  expect(teltonikaDataFraming(bytes, FRAME.length)).toEqual({ step: 'frame', end: bytes.length });
  for (const length of [0, 1, 7]) expect(teltonikaDataFraming(bytes.subarray(0, length), 0)).toEqual(more(8));
  for (const length of [8, FRAME.length - 1])
    expect(teltonikaDataFraming(bytes.subarray(0, length), 0)).toEqual(more(FRAME.length));
});

test('keep-alives are skipped, before a login too', () => {
  const keepAlives = Uint8Array.of(0xff, 0xff, ...FRAME);
  expect(teltonikaDataFraming(keepAlives, 0)).toEqual({ step: 'skip', end: 2 });
  expect(teltonikaDataFraming(keepAlives, 1)).toEqual({ step: 'skip', end: 2 });
  expect(teltonikaLoginFraming(Uint8Array.of(0xff), 0)).toEqual({ step: 'skip', end: 1 });
});

test.each([
  ['01', 'not-this-protocol', 'a frame starts with four zero bytes'],
  ['000000FF', 'not-this-protocol', 'a frame starts with four zero bytes'],
  ['000F333536303030', 'not-this-protocol', 'a frame starts with four zero bytes'],
  ['0000000000000002', 'length-mismatch', 'a frame has 3 to 65524 bytes of data; this one announces 2'],
  ['000000000000FFF5', 'length-mismatch', 'a frame has 3 to 65524 bytes of data; this one announces 65525'],
  [
    '00000000FFFFFFFF',
    'length-mismatch',
    'a frame has 3 to 65524 bytes of data; this one announces 4294967295',
  ],
])('no frame starts with %s', (hex, reason, detail) => {
  expect(teltonikaDataFraming(bytesOfHex(hex), 0)).toEqual(broken(reason, detail));
});

test('the smallest and the largest frame', () => {
  expect(teltonikaDataFraming(bytesOfHex('0000000000000003'), 0)).toEqual(more(15));
  expect(teltonikaDataFraming(bytesOfHex('000000000000FFF4'), 0)).toEqual(more(65_536));
});

test.each([
  ['47', 'not-this-protocol', 'a login starts with 000F'],
  ['000E', 'bad-device-id', 'an IMEI has 15 digits; the login announces 14'],
  ['00000000', 'bad-device-id', 'an IMEI has 15 digits; the login announces 0'],
])('no login starts with %s', (hex, reason, detail) => {
  expect(teltonikaLoginFraming(bytesOfHex(hex), 0)).toEqual(broken(reason, detail));
});

test('the IMEI of a login, or null', () => {
  expect(imeiOfLogin(LOGIN)).toBe(IMEI);
  expect(imeiOfLogin(LOGIN.subarray(0, 16))).toBeNull();
  expect(imeiOfLogin(Uint8Array.of(...LOGIN, 0x30))).toBeNull();
  expect(imeiOfLogin(teltonikaLogin('35600000000000'))).toBeNull();
  expect(imeiOfLogin(replacedAt(LOGIN, 1, 0x0e))).toBeNull();
  expect(imeiOfLogin(replacedAt(LOGIN, 2, 0x2f))).toBeNull();
  expect(imeiOfLogin(replacedAt(LOGIN, -1, 0x3a))).toBeNull();
});

/** Takes packets off a stream as a listener does, when it is handed the stream in these pieces. */
function packetsOf(framing: Framing, pieces: readonly Uint8Array[]): string[] {
  const packets: string[] = [];
  let bytes = new Uint8Array();
  for (const piece of pieces) {
    bytes = Uint8Array.of(...bytes, ...piece);
    for (let isWaiting = false; !isWaiting;) {
      const step = framing(bytes, 0);
      if (step.step === 'broken') return [...packets, step.refusal.detail];
      isWaiting = step.step === 'more';
      if (step.step === 'frame') packets.push(bytes.slice(0, step.end).join());
      if (step.step === 'frame' || step.step === 'skip') bytes = bytes.slice(step.end);
    }
  }
  return packets;
}

function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [
    0,
    ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b),
    bytes.length,
  ];
  return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
}

const records: fc.Arbitrary<FrameRecord> = fc.record({
  timeMs: fc.nat(),
  elements: fc.array(fc.tuple(fc.nat(255), fc.constantFrom<(1 | 8)[]>(1, 8), fc.nat(255)), { maxLength: 4 }),
});
const frames = fc
  .array(records, { maxLength: 3 })
  .map((list) => teltonikaFrame(teltonikaData(0x8e, ...list)));
const keepAlives = fc.array(fc.constant(0xff), { maxLength: 3 });

test('any frames and keep-alives come out the same, wherever the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(keepAlives, frames)), fc.array(fc.nat()), (parts, cuts) => {
      const stream = Uint8Array.from(parts.flatMap(([alive, frame]) => [...alive, ...frame]));
      const packets = packetsOf(teltonikaDataFraming, cutAt(stream, cuts));
      expect(packets).toEqual(parts.map(([, frame]) => frame.join()));
    }),
  );
});

test('a stream that breaks does so at the same frame, wherever it is cut', () => {
  const junk = fc.uint8Array({ minLength: 8, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(frames, { maxLength: 3 }), junk, fc.array(fc.nat()), (list, rest, cuts) => {
      const stream = Uint8Array.from([...list.flatMap((frame) => [...frame]), ...rest]);
      const whole = packetsOf(teltonikaDataFraming, [stream]);
      expect(packetsOf(teltonikaDataFraming, cutAt(stream, cuts))).toEqual(whole);
    }),
  );
});

test('any bytes make the framings take a step forward, wait or break', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), fc.nat(24), (bytes, place) => {
      const start = Math.min(place, bytes.length);
      for (const framing of [teltonikaLoginFraming, teltonikaDataFraming]) {
        const step = framing(bytes, start);
        const isForward =
          step.step === 'broken' ||
          (step.step === 'more' ? step.atLeast > bytes.length - start : step.end > start);
        expect(isForward).toBe(true);
      }
    }),
  );
});
