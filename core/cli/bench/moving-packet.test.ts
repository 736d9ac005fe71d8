import { expect, test } from 'vitest';
import { decodePacket } from '../../tracker/decode-packet.ts';
import { benchFleet, OPENING_METRES } from './bench-fleet.ts';
import { metresIn, moveOn, MOVING_PAYLOAD } from './moving-packet.ts';

test('a bench’s packet is some 250 bytes, and the core decodes what was written over it', () => {
  const packet = Buffer.concat([Buffer.from('head'), MOVING_PAYLOAD]);
  moveOn(packet, 4, Date.UTC(2026, 2, 2, 9), 1_234);
  const [vehicle] = benchFleet(1, () => 'teltonika-mqtt-json');
  const decoded = decodePacket({
    topic: `fleet/b/teltonika/${vehicle?.device}/data`,
    payload: packet.subarray(4),
  });
  expect(MOVING_PAYLOAD.length).toBeGreaterThan(230);
  expect(MOVING_PAYLOAD.length).toBeLessThan(330);
  expect(packet.subarray(0, 4).toString()).toBe('head');
  expect(metresIn(packet.subarray(4))).toBe(OPENING_METRES + 1_234);
  expect(decoded).toMatchObject({
    ok: true,
    value: {
      device: vehicle?.device,
      readings: [
        {
          observedAtMs: Date.UTC(2026, 2, 2, 9),
          latitudeDegrees: 51.511106,
          odometer: { rawText: String(OPENING_METRES + 1_234), rawUnit: 'm', origin: 'tracker' },
        },
      ],
    },
  });
});
