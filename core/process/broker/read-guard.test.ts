import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { connectPacket, publishPacket } from '../../../tests/support/raw-mqtt-client.ts';
import { judgeFirstPacket } from './first-packet.ts';
import { HeaderScan } from './read-guard.ts';

const LIMIT = 300;

/** The bytes cut into chunks at the given places. */
function chunksOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

test('however the bytes are cut, a stream is let through exactly as long as no packet is over the limit', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.array(fc.nat(), { maxLength: 12 }), (payloadSizes, cuts) => {
      const packets = payloadSizes.map((size, i) => generate(publishPacket(i + 1, Buffer.alloc(size, 0xff))));
      const isTooLong = packets.some((packet) => packet.length - (packet.length < 130 ? 2 : 3) > LIMIT);
      const scan = new HeaderScan();
      const isLetThrough = chunksOf(Buffer.concat(packets), cuts).every((chunk) => scan.scan(chunk, LIMIT));
      expect(isLetThrough).toBe(!isTooLong);
    }),
  );
});

test('a packet is refused as soon as its length is known, before its body', () => {
  const scan = new HeaderScan();
  expect(scan.scan(Buffer.from([0xc0, 0x00, 0x32, 0xff, 0xff]), 1_048_576)).toBe(true);
  expect(scan.scan(Buffer.from([0xff]), 1_048_576)).toBe(true);
  expect(scan.scan(Buffer.from([0x7f]), 1_048_576)).toBe(false);
  expect(scan.packetBytes).toBe(268_435_455);
});

test('a CONNECT is recognised as soon as its protocol level has come, and not before', () => {
  for (const [level, verdict] of [
    [3, 'mqtt'],
    [4, 'mqtt'],
    [5, 'mqtt5'],
  ] as const) {
    const bytes = generate(connectPacket('x'.repeat(200), level));
    const verdicts = Array.from({ length: bytes.length + 1 }, (_, end) =>
      judgeFirstPacket(bytes.subarray(0, end)),
    );
    const known = verdicts.findIndex((each) => each !== 'incomplete');
    expect(known).toBe(level === 3 ? 12 : 10);
    expect(new Set(verdicts.slice(known))).toEqual(new Set([verdict]));
  }
});

test('any bytes are judged, and a verdict once given stands whatever follows', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (head, tail) => {
      const first = judgeFirstPacket(Buffer.from(head));
      if (first === 'incomplete') return true;
      return judgeFirstPacket(Buffer.concat([head, tail])) === first;
    }),
  );
});
