import { expect, test } from 'vitest';
import { demoFleet } from '../fleet/demo-fleet.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { ActiveFault } from '../faults/fault.ts';
import { aFault, NEW_YEAR_MS } from '../stand-in/a-fault.ts';
import { aVehicleState } from '../stand-in/a-vehicle-state.ts';
import { trackerIdentity } from '../trackers/tracker-identity.ts';
import { DEMO_PACE, plainView } from '../trackers/tracker.ts';
import { fitTracker } from '../trackers/fit-tracker.ts';
import { plainTraits } from './tracker-traits.ts';
import { type RigOptions, VehicleRig } from './vehicle-rig.ts';

function vehicleWith(provider: FleetVehicle['provider']): FleetVehicle {
  const [first] = demoFleet(1, 1);
  if (first === undefined) throw new Error('one vehicle');
  return { ...first, provider, ...trackerIdentity(provider, 0, first.vin), openingMm: 5_000_000_000 };
}

function rig(faults: readonly ActiveFault[], change: Partial<RigOptions> = {}): VehicleRig {
  const vehicle = change.vehicle ?? vehicleWith('teltonika-mqtt-json');
  return new VehicleRig({
    seed: 1,
    vehicle,
    index: 0,
    timeZone: 'Europe/London',
    openingMs: NEW_YEAR_MS,
    pace: DEMO_PACE,
    traits: plainTraits(vehicle),
    faults,
    ...change,
  });
}

const stateAt = (second: number): ReturnType<typeof aVehicleState> =>
  aVehicleState({ atMs: NEW_YEAR_MS + second * 1_000, odometerMm: 5_000_000_000 + second * 1_000_000 });

/** The devices that speak in a second, and the metres each says. */
function speaking(own: VehicleRig, second: number): string[] {
  return own.report(stateAt(second), 'final').map(({ publish }) => {
    const device = publish.topic.split('/').at(-2) ?? '';
    const metres = /"16":(\d+)/.exec(String(publish.payload))?.[1] ?? '';
    return `${device.slice(-7)} ${metres}${publish.odometer === null ? '' : ' true'}`;
  });
}

test('a rig without faults says what its tracker says, word for word', () => {
  const vehicle = vehicleWith('teltonika-mqtt-json');
  const tracker = fitTracker(vehicle, DEMO_PACE);
  const own = rig([]);
  for (let second = 0; second < 20; second += 1) {
    const said = own.report(stateAt(second), 'due').map(({ publish }) => publish);
    expect(said).toEqual(tracker.report(plainView(stateAt(second)), 'due'));
  }
});

test('a swapped box falls silent, and the new one counts from where it was set', () => {
  const own = rig([aFault('device-swap', { params: { km: 3 } })]);
  expect(speaking(own, 9)).toEqual([`${deviceEnd('own')} 5009000 true`]);
  expect(speaking(own, 10)).toEqual([`${deviceEnd('swap')} 3000`]);
  expect(speaking(own, 15)).toEqual([`${deviceEnd('swap')} 8000`]);
});

test('a second tracker rides along with a counter of its own, which is not the truth’s', () => {
  const own = rig([aFault('double-tracker', { toMs: NEW_YEAR_MS + 20_000 })]);
  expect(speaking(own, 10)).toEqual([`${deviceEnd('own')} 5010000 true`, `${deviceEnd('double')} 0`]);
  expect(speaking(own, 12)).toEqual([`${deviceEnd('own')} 5012000 true`, `${deviceEnd('double')} 2000`]);
  expect(speaking(own, 20)).toEqual([`${deviceEnd('own')} 5020000 true`]);
});

test('a copy speaks under the same name from elsewhere, and pushes the first one out each minute', () => {
  const own = rig([aFault('clone')]);
  speaking(own, 9);
  expect(speaking(own, 10)).toEqual([`${deviceEnd('own')} 5010000 true`, `${deviceEnd('own')} 5040000`]);
  const kinds = (after: number, until: number): string[] =>
    own.disturbances(NEW_YEAR_MS + after * 1_000, NEW_YEAR_MS + until * 1_000).map(({ kind }) => kind);
  expect([kinds(0, 9), kinds(9, 10), kinds(10, 60), kinds(60, 70), kinds(70, 80)]).toEqual([
    [],
    ['takeover'],
    [],
    ['takeover'],
    [],
  ]);
});

test('a car known by its VIN has another kind of box fitted beside it', () => {
  const own = rig([aFault('double-tracker')], { vehicle: vehicleWith('renault-kamereon') });
  const topics = own.report(stateAt(10), 'final').map(({ publish }) => publish.topic.split('/')[0]);
  expect(topics).toEqual(['kamereon', 'fleet']);
});

test('a server’s connection is not lost because one of its vehicles is', () => {
  const dropped = (provider: FleetVehicle['provider'], type: ActiveFault['type']): number => {
    const own = rig([aFault(type)], { vehicle: vehicleWith(provider) });
    own.report(stateAt(9), 'final');
    return own.disturbances(NEW_YEAR_MS, NEW_YEAR_MS + 10_000).length;
  };
  expect([dropped('tesla-fleet-telemetry', 'network-loss'), dropped('teltonika', 'network-loss')]).toEqual([
    0, 1,
  ]);
  expect([dropped('tesla-fleet-telemetry', 'vendor-outage'), dropped('teltonika', 'vendor-outage')]).toEqual([
    1, 1,
  ]);
  expect(dropped('ovms', 'credential-revoked')).toBe(1);
});

test('the truth is told when a fault begins and ends, with what is true and what is shown', () => {
  const own = rig([aFault('odometer-rollback', { toMs: NEW_YEAR_MS + 20_000, params: { km: 500 } })]);
  for (const second of [0, 10, 15, 20]) own.report(stateAt(second), 'due');
  const common = { vehicle: 0, device: vehicleWith('teltonika-mqtt-json').device, packets: 0 };
  expect(own.takeNotes()).toEqual([
    {
      ...common,
      atMs: NEW_YEAR_MS + 10_000,
      what: 'odometer-rollback',
      moment: 'begins',
      trueMm: 5_010_000_000,
      shownMm: 4_510_000_000,
    },
    {
      ...common,
      atMs: NEW_YEAR_MS + 20_000,
      what: 'odometer-rollback',
      moment: 'ends',
      trueMm: 5_020_000_000,
      shownMm: 5_020_000_000,
    },
  ]);
  expect(own.takeNotes()).toEqual([]);
});

test('a tracker’s own errors are told once, when they begin', () => {
  const vehicle = vehicleWith('teltonika-mqtt-json');
  const odometer = { drift: 0.02, rollsOverAtKm: null, unitChangesAtMs: NEW_YEAR_MS + 5_000 };
  const own = rig([], { traits: { ...plainTraits(vehicle), clock: { kind: 'unset' }, odometer } });
  for (const second of [0, 5, 10]) own.report(stateAt(second), 'due');
  expect(own.takeNotes().map(({ what, atMs }) => [what, atMs - NEW_YEAR_MS])).toEqual([
    ['gps-accumulated', 0],
    ['clock-wrong', 0],
    ['unit-changed', 5_000],
  ]);
});

test('a clock that is off by seconds, as all are, is no news; by minutes it is', () => {
  const vehicle = vehicleWith('teltonika-mqtt-json');
  const told = (offsetMs: number): number => {
    const own = rig([], { traits: { ...plainTraits(vehicle), clock: { kind: 'skew', offsetMs } } });
    own.report(stateAt(0), 'due');
    return own.takeNotes().length;
  };
  expect([told(2_000), told(-2_000), told(120_000), told(-120_000)]).toEqual([0, 0, 1, 1]);
});

test('packets that were never sent are told at the end', () => {
  const own = rig([aFault('network-loss')]);
  for (const second of [9, 11, 13]) own.report(stateAt(second), 'final');
  own.noteEnd(NEW_YEAR_MS + 14_000);
  expect(own.takeNotes().map(({ what, packets }) => [what, packets])).toEqual([
    ['network-loss', 0],
    ['never-sent', 2],
  ]);
});

test('something may befall it that nobody knew of before, and be over again', () => {
  const own = rig([]);
  expect(speaking(own, 9)).toEqual([`${deviceEnd('own')} 5009000 true`]);
  own.befall(aFault('odometer-jump', { params: { km: 1_000 } }));
  own.befall(aFault('clone'));
  expect(speaking(own, 10).length).toBe(2);
  own.recover(NEW_YEAR_MS + 12_000);
  expect(speaking(own, 12)).toEqual([`${deviceEnd('own')} 5012000 true`]);
});

function deviceEnd(kind: 'own' | 'swap' | 'double'): string {
  const index = { own: 0, swap: 200_000, double: 100_000 }[kind];
  return trackerIdentity('teltonika-mqtt-json', index, '').device.slice(-7);
}
