import { expect, test } from 'vitest';
import { aDoor } from '../../../tests/support/a-door.ts';
import { builtInProviders, type BuiltInProvider } from '../../protocol/book.ts';
import { providerOfTopic } from '../../tracker/decode-packet.ts';
import { defaultPublishFilters } from './publish-filters.ts';

const VIN = '5YJ3E1EA7KF000001';
const IMEI = '356000000000001';

/** A device of each feed, and every kind of topic it publishes on. */
const topics: readonly [BuiltInProvider, string, readonly string[]][] = [
  [
    'tesla-fleet-telemetry',
    VIN,
    [`telemetry/${VIN}/v/Odometer`, `telemetry/${VIN}/alerts/X/current`, `telemetry/${VIN}/connectivity`],
  ],
  [
    'teltonika-mqtt-json',
    IMEI,
    [`fleet/c1/teltonika/${IMEI}/data`, `x/teltonika/${IMEI}/data`, `teltonika/${IMEI}/commands`],
  ],
  ['renault-kamereon', VIN, [`kamereon/${VIN}/cockpit`]],
  [
    'bmw-cardata',
    VIN,
    [`account-1/${VIN}`, `bmw/${VIN}`, `bmw/raw/${VIN}/event`, `bmw/vehicles/${VIN}/vehicle.isMoving`],
  ],
  ['ovms', 'user/car', ['ovms/user/car/metric/v/p/odometer', 'ovms/user/car/event']],
  ['ovms', 'car', ['ovms/car/metric/v/p/odometer']],
  ['teslamate', '7', ['teslamate/cars/7/odometer']],
  ['teslamate', 'north/7', ['teslamate/north/cars/7/odometer']],
  ['smartcar', 'c9af-1', ['smartcar/c9af-1']],
  ['owntracks', 'jane/phone', ['owntracks/jane/phone', 'owntracks/jane/phone/event']],
  ['flespi', IMEI, [`flespi/message/gw/channels/42/${IMEI}`]],
  [
    'flespi',
    'gw/devices/7',
    [
      'flespi/message/gw/devices/7',
      'flespi/state/gw/devices/7/telemetry/vehicle.mileage',
      'flespi/state/gw/devices/7/connected',
    ],
  ],
];

test.each(topics)(
  'a device of %s called %s may publish on its topics, and no other device may',
  (provider, device, own) => {
    const { gate, issueSecret } = aDoor();
    const admitted = (name: string) => {
      const publish = [...defaultPublishFilters(provider, name)];
      return {
        role: 'device',
        credential: issueSecret({ username: name, publish }).credential.credential,
      } as const;
    };
    const [itself, other] = [admitted(device), admitted(`${device}9`)];
    expect(
      own.map((topic) => [
        providerOfTopic(topic),
        gate.mayPublish(itself, topic),
        gate.mayPublish(other, topic),
      ]),
    ).toEqual(own.map(() => [provider, true, false]));
  },
);

test('feeds whose topics do not say whose they are have no filters of a device', () => {
  const without = builtInProviders.filter((provider) => defaultPublishFilters(provider, 'x').length === 0);
  expect(without).toEqual(['teltonika', 'queclink', 'traccar']);
  expect(defaultPublishFilters('mapped:acme', 'x')).toEqual([]);
});

test('a name with a wildcard in it opens nothing', () => {
  expect(builtInProviders.flatMap((provider) => defaultPublishFilters(provider, '+'))).toEqual([]);
  expect(builtInProviders.flatMap((provider) => defaultPublishFilters(provider, 'x/#'))).toEqual([]);
});
