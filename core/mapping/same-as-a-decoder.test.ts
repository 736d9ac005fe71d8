import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import type { DecodedPacket } from '../tracker/decoded-packet.ts';
import { decodeFlespi } from '../tracker/flespi/flespi.ts';
import { decodeTeltonikaMqttJson } from '../tracker/teltonika/teltonika-mqtt-json.ts';
import { decodeMapped } from './decode-mapped.ts';
import type { Mapping } from './mapping.ts';
import { readMapping } from './read-mapping.ts';

/** What two feeds with decoders would be as mapping files: both ways have to give the same readings. */
const FLESPI = mapping(`
name: like-flespi
version: 1
messages:
  - topic: flespi/message/gw/channels/+/{device}
    payload: json
    device: ident
    time: { at: timestamp, format: unix-s }
    fields:
      latitude: '"position.latitude"'
      longitude: '"position.longitude"'
      altitude: { at: '"position.altitude"', unit: m }
      heading: '"position.direction"'
      speed: { at: '"position.speed"', unit: km/h }
      satellites: '"position.satellites"'
      hdop: '"position.hdop"'
      fix: { at: '"position.valid"', missingMeansFix: true }
      odometer:
        - { at: '"can.vehicle.mileage"', unit: km, origin: can }
        - { at: '"vehicle.mileage"', unit: km, origin: vehicle }
        - { at: '"gnss.vehicle.mileage"', unit: km, origin: tracker }
        - { at: '"gps.vehicle.mileage"', unit: km, origin: tracker }
      ignition: '"engine.ignition.status"'
      moving: '"movement.status"'
      externalVoltage: { at: '"external.powersource.voltage"', unit: V }
      trackerBattery: '"battery.level"'
      vin: '"vehicle.vin"'
      buffered: '"message.buffered.status"'
      event:
        - { at: '"shock.event.trigger"', names: { 'true': shock } }
        - { at: '"towing.event.trigger"', names: { 'true': tow } }
`);

const TELTONIKA = mapping(`
name: like-teltonika
version: 1
messages:
  - topic: x/teltonika/{device}/data
    payload: json
    time: { at: state.reported.ts, format: unix-ms }
    fields:
      latitude: state.reported.latlng && split(state.reported.latlng, ',')[0]
      longitude: state.reported.latlng && split(state.reported.latlng, ',')[1]
      altitude: { at: state.reported.alt, unit: m }
      heading: state.reported.ang
      speed: { at: state.reported.sp, unit: km/h }
      satellites: state.reported.sat
      odometer:
        - { at: state.reported."16", unit: m, origin: tracker }
        - { at: state.reported."87" , unit: m, origin: vehicle }
        - { at: state.reported."105", unit: m, origin: can }
      ignition: state.reported."239"
      moving: state.reported."240"
      externalVoltage: { at: state.reported."66", unit: mV }
      trackerBattery: state.reported."113"
      tripOdometer: { at: state.reported."199", unit: m }
      event:
        - { at: state.reported."247", names: { 1: crash, 6: crash } }
        - { at: state.reported."252", names: { 1: unplugged } }
`);

function mapping(yaml: string): Mapping {
  const read = readMapping(yaml);
  return must(read.ok ? read.value : null, () => JSON.stringify(read));
}

/** Readings, or the reason for a refusal; who decoded and how it words its details may differ. */
function comparable(outcome: ReturnType<typeof decodeMapped>): unknown {
  if (!outcome.ok) return outcome.error.reason;
  const { kind, device, readings }: DecodedPacket = outcome.value;
  return { kind, device, readings };
}

/** A decimal as devices spell one, with zeros at its end. */
const decimal = (max: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat({ max }), fc.stringMatching(/^\d{0,4}$/))
    .map(([whole, places]) => (places === '' ? String(whole) : `${whole}.${places}`));
const coordinate = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant('0'),
    fc.tuple(fc.constantFrom('', '-'), decimal(max)).map((parts) => parts.join('')),
  );
const flag = fc.constantFrom('true', 'false');

/** A JSON object of the members present, in the order of their names. */
function objectOf(members: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(members).filter(([, json]) => json !== undefined);
  return `{${present.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

test('flespi’s messages decode by a mapping as by the decoder', () => {
  const message = fc.record(
    {
      ident: fc.constant('"356000000000009"'),
      timestamp: fc.oneof(decimal(1_800_000_000), fc.constantFrom('1767225600.5', '"1767225600"')),
      'position.latitude': coordinate(91),
      'position.longitude': coordinate(181),
      'position.altitude': decimal(9_000),
      'position.direction': decimal(360),
      'position.speed': decimal(501),
      'position.satellites': fc.constantFrom('0', '7', '12'),
      'position.hdop': fc.constantFrom('0', '0.9', 'null'),
      'position.valid': flag,
      'vehicle.mileage': decimal(900_000),
      'gnss.vehicle.mileage': decimal(900_000),
      'gps.vehicle.mileage': decimal(900_000),
      'can.vehicle.mileage': fc.oneof(decimal(900_000), fc.constantFrom('null', '"12.50"', '-1')),
      'engine.ignition.status': flag,
      'movement.status': flag,
      'external.powersource.voltage': decimal(30),
      'battery.level': decimal(101),
      'vehicle.vin': fc.constantFrom('"WVWZZZ1JZXW000001"', '"0000"'),
      'message.buffered.status': flag,
      'shock.event.trigger': flag,
      'towing.event.trigger': flag,
    },
    { requiredKeys: ['ident', 'timestamp', 'vehicle.mileage'] },
  );
  fc.assert(
    fc.property(message, (members) => {
      const payload = new TextEncoder().encode(objectOf(members));
      const packet = { topic: 'flespi/message/gw/channels/42/356000000000009', payload };
      expect(comparable(decodeMapped(FLESPI, packet))).toEqual(comparable(decodeFlespi(packet)));
    }),
    { numRuns: 1_000 },
  );
});

test('Teltonika’s records decode by a mapping as by the decoder', () => {
  const reported = fc.record(
    {
      ts: fc.constantFrom('1767225600000', '"1767225600000"', '946684800000'),
      latlng: fc
        .tuple(coordinate(91), coordinate(181))
        .map(([latitude, longitude]) => `"${latitude},${longitude}"`),
      alt: decimal(9_000),
      ang: decimal(361),
      sp: decimal(501),
      sat: fc.constantFrom('0', '9'),
      '16': decimal(900_000_000),
      '87': decimal(900_000_000),
      '105': fc.oneof(decimal(900_000_000), fc.constantFrom('null', '"12.50"')),
      '239': fc.constantFrom('0', '1'),
      '240': fc.constantFrom('0', '1'),
      '66': fc.constantFrom('0', '12650', '11999'),
      '113': decimal(101),
      '199': fc.nat().map(String),
      '247': fc.constantFrom('0', '1', '3', '6'),
      '252': fc.constantFrom('0', '1'),
    },
    { requiredKeys: ['ts', '16'] },
  );
  fc.assert(
    fc.property(reported, (members) => {
      const payload = new TextEncoder().encode(`{"state":{"reported":${objectOf(members)}}}`);
      const packet = { topic: 'x/teltonika/356000000000009/data', payload };
      expect(comparable(decodeMapped(TELTONIKA, packet))).toEqual(
        comparable(decodeTeltonikaMqttJson(packet)),
      );
    }),
    { numRuns: 1_000 },
  );
});
