import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesOfHex,
  type FrameCodec,
  type FrameRecord,
  replacedAt,
  teltonikaData,
  teltonikaDatagram,
  teltonikaFrame,
} from '../../../tests/support/teltonika-frames.ts';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import type { PacketContext } from '../decoded-packet.ts';
import { decodeTeltonika } from './teltonika-binary.ts';

const IMEI = '356000000000001';
const TCP = `$tcp/teltonika/${IMEI}`;
const UDP = `$udp/teltonika/${IMEI}`;
const SPRING = Date.UTC(2026, 2, 2, 9);

const codecs = fc.constantFrom<FrameCodec[]>(0x08, 0x8e, 0x10);
const elements = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom(16, 24, 66, 69, 87, 105, 113, 182, 199, 239, 240, 247, 252), fc.nat(255)),
    fc.constantFrom<(1 | 2 | 4 | 8)[]>(1, 2, 4, 8),
    fc.nat(100),
  ),
  { maxLength: 20 },
);
const records: fc.Arbitrary<FrameRecord> = fc.record({
  timeMs: fc.integer({ min: 0, max: SPRING }),
  longitude: fc.integer({ min: -180, max: 180 }),
  latitude: fc.integer({ min: -90, max: 90 }),
  altitude: fc.integer({ min: -500, max: 9000 }),
  angle: fc.nat(360),
  satellites: fc.nat(255),
  speed: fc.nat(300),
  cause: fc.nat(255),
  elements,
});
const frames = fc
  .tuple(codecs, fc.array(records, { maxLength: 6 }))
  .map(([codec, list]) => teltonikaFrame(teltonikaData(codec, ...list)));

test('any record gives its time and place back, and the reply counts the records', () => {
  fc.assert(
    fc.property(codecs, fc.array(records, { minLength: 1, maxLength: 6 }), (codec, list) => {
      const plain = list.map((record) => ({ ...record, elements: [], satellites: 5 }));
      const decoded = decodeTeltonika(packetOn(TCP, teltonikaFrame(teltonikaData(codec, ...plain))));
      const places = decoded.ok
        ? decoded.value.readings.map((reading) => [reading.observedAtMs, reading.speedKmh])
        : [];
      const expected = plain
        .toSorted((a, b) => a.timeMs - b.timeMs)
        .map(({ timeMs, speed }) => [timeMs, speed]);
      expect(places).toEqual(expected);
      expect(decoded).toMatchObject({ value: { reply: Uint8Array.of(0, 0, 0, list.length) } });
    }),
  );
});

test.each<FrameCodec>([0x08, 0x8e, 0x10])(
  'a frame of codec %i with any one bit changed is refused',
  (codec) => {
    const frame = teltonikaFrame(
      teltonikaData(codec, {
        timeMs: SPRING,
        elements: [
          [239, 1, 1],
          [16, 4, 48_211_903],
        ],
      }),
    );
    expect(decodeTeltonika(packetOn(TCP, frame)).ok).toBe(true);
    for (let bit = 0; bit < frame.length * 8; bit += 1) {
      const at = bit >> 3;
      const flipped = replacedAt(frame, at, (frame[at] ?? 0) ^ (1 << (bit & 7)));
      expect(decodeTeltonika(packetOn(TCP, flipped)).ok, `bit ${bit}`).toBe(false);
      expect(decodeTeltonika(packetOn('', flipped)).ok, `bit ${bit}, tried by hand`).toBe(false);
    }
  },
);

test('a frame with two bytes changed, or with some lost or added, is refused', () => {
  const damage = fc.oneof(
    fc.record({ at: fc.nat(), lost: fc.integer({ min: 1, max: 9 }), added: fc.constant([]) }),
    fc.record({ at: fc.nat(), lost: fc.constant(0), added: fc.array(fc.nat(255), { minLength: 1 }) }),
    fc.record({ at: fc.nat(), lost: fc.constant(2), added: fc.tuple(fc.nat(255), fc.nat(255)) }),
  );
  fc.assert(
    fc.property(frames, damage, (frame, { at, lost, added }) => {
      const damaged = [...frame].toSpliced(at % (frame.length - 1), lost, ...added);
      fc.pre(damaged.join() !== frame.join());
      expect(decodeTeltonika(packetOn(TCP, Uint8Array.from(damaged))).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('any bytes give an outcome', () => {
  const heads = fc.constantFrom('', '00000000', '0000000000000034', '0000000000000003', '000F', '0049CAFE01');
  const contexts = fc.constantFrom('tcp', 'udp', 'mqtt') satisfies fc.Arbitrary<PacketContext['transport']>;
  fc.assert(
    fc.property(
      fc.constantFrom(TCP, UDP, ''),
      contexts,
      heads,
      fc.uint8Array({ maxLength: 90 }),
      (topic, transport, head, rest) => {
        const payload = Uint8Array.of(...bytesOfHex(head), ...rest);
        const decoded = decodeTeltonika({ topic, payload, context: { transport } });
        expect(decoded.ok ? decoded.value.provider : decoded.error.detail).not.toBe('');
      },
    ),
    { numRuns: 500 },
  );
});

test('a datagram has no checksum: with any bytes as its data it is decoded or refused, and never thrown at', () => {
  const someCodec = fc.constantFrom(0x08, 0x8e, 0x10, 0x0c, 0x07);
  fc.assert(
    fc.property(someCodec, fc.uint8Array({ maxLength: 120 }), fc.nat(4), (codec, rest, count) => {
      const payload = teltonikaDatagram(IMEI, Uint8Array.of(codec, count, ...rest, count));
      const decoded = decodeTeltonika(packetOn(UDP, payload));
      expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
