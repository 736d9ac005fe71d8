import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetOn } from '../../tests/support/tracker-packet.ts';
import { decodePacket, decodeSafely, providerOfTopic } from './decode-packet.ts';
import { refusalReasons } from './refusal.ts';

test.each([
  ['telemetry/5YJ3E1EA0TEST0001/v/Odometer', 'tesla-fleet-telemetry'],
  ['fleet/uk/telemetry/5YJ3E1EA0TEST0001/connectivity', 'tesla-fleet-telemetry'],
  ['master/c1/teltonika/356000000000001/data', 'teltonika-mqtt-json'],
  ['master/c1/teltonika/356000000000001/commands', 'teltonika-mqtt-json'],
  ['kamereon/VF1AAAAA000000001/cockpit', 'renault-kamereon'],
  // What ends like one feed's topic and stands in another's layout.
  ['kamereon/VF1AAAAA000000001/connectivity', 'renault-kamereon'],
  ['kamereon/5YJ3E1EA0TEST0001/v/Soc', 'tesla-fleet-telemetry'],
  ['x/teltonika/356000000000001/connectivity', 'teltonika-mqtt-json'],
  ['ovms/ada/van2/metric/v/Soc', 'ovms'],
  ['teslamate/north/cars/7/connectivity', 'teslamate'],
  ['owntracks/ada/connectivity', 'owntracks'],
  ['smartcar/WBA00000000000123', 'smartcar'],
  ['a1b2c3d4/WBA00000000000123', 'bmw-cardata'],
  ['bmw/raw/WBA00000000000123/positions', 'bmw-cardata'],
  ['flespi/message/gw/channels/7/positions', 'flespi'],
  ['owntracks/ada/positions', 'owntracks'],
  ['kamereon/VF1AAAAA000000001/positions', 'renault-kamereon'],
  ['fleet/positions', 'traccar'],
])('%s belongs to %s', (topic, provider) => {
  expect(providerOfTopic(topic)).toBe(provider);
});

test('a packet goes to the decoder of its topic', () => {
  expect(decodePacket(packetOn('t/5YJ3E1EA0TEST0001/v/Soc', '50'))).toMatchObject({
    ok: true,
    value: {
      provider: 'tesla-fleet-telemetry',
      device: '5YJ3E1EA0TEST0001',
      readings: [{ batteryPercent: 50 }],
    },
  });
  expect(
    decodePacket(packetOn('kamereon/VIN1/cockpit', { errors: [{ errorCode: 'err.func.400' }] })),
  ).toMatchObject({
    ok: false,
    error: { reason: 'vendor-error' },
  });
});

test.each(['', '/', '$SYS/broker/uptime', 'owntracks/ada', 'kamereon/VIN1/cockpit/extra'])(
  'no feed of ours has the topic "%s"',
  (topic) => {
    expect(providerOfTopic(topic)).toBeNull();
    expect(decodePacket(packetOn(topic, '{}'))).toEqual({
      ok: false,
      error: { reason: 'unknown-topic', detail: `no tracker we know publishes on ${JSON.stringify(topic)}` },
    });
  },
);

test('a decoder that throws costs its one packet, which is refused as our defect', () => {
  const decoded = decodeSafely(() => {
    throw new Error('the table is empty');
  });
  expect(decoded).toEqual({ ok: false, error: { reason: 'decoder-fault', detail: 'the table is empty' } });
});

const topics = fc.oneof(
  fc.constantFrom(
    'telemetry/5YJ3E1EA0TEST0001/v/Odometer',
    'telemetry/5YJ3E1EA0TEST0001/v/Location',
    'telemetry/5YJ3E1EA0TEST0001/alerts/A/history',
    'master/c1/teltonika/356000000000001/data',
    'master/c1/teltonika/356000000000001/commands',
    'kamereon/VF1AAAAA000000001/cockpit',
    'kamereon/VF1AAAAA000000001/battery-status',
    'ovms/ada/van2/metric/v/p/odometer',
    'ovms/ada/van2/event',
    'teslamate/cars/1/odometer',
    'teslamate/cars/1/location',
    'owntracks/ada/phone',
  ),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('v', 'alerts', 'errors', 'connectivity', 'teltonika', 'kamereon', 'data', ''))
    .map((levels) => levels.join('/')),
);

test('any bytes on any topic give readings or a reason from the list, never a fault', () => {
  const payloads = fc.oneof(fc.uint8Array(), fc.json(), fc.string());
  fc.assert(
    fc.property(topics, payloads, (topic, payload) => {
      const decoded = decodePacket(packetOn(topic, payload));
      if (decoded.ok) return;
      expect(refusalReasons).toContain(decoded.error.reason);
      expect(decoded.error.reason).not.toBe('decoder-fault');
    }),
    { numRuns: 500 },
  );
});

test('a packet of nothing but brackets is refused like any other', () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  expect(decodePacket(packetOn('telemetry/5YJ3E1EA0TEST0001/v/Odometer', deep))).toEqual({
    ok: false,
    error: {
      reason: 'unexpected-shape',
      detail: 'Odometer is a list of 1, not a number',
    },
  });
});
