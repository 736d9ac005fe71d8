import { expect, test } from 'vitest';
import { drivableWay } from './drivable-way.ts';

test('a street runs both ways unless its tags, or its being a motorway or a roundabout, say otherwise', () => {
  const direction = (tags: Record<string, string>): string | undefined => drivableWay(tags)?.direction;
  expect(direction({ highway: 'residential' })).toBe('both');
  expect(direction({ highway: 'residential', oneway: 'yes' })).toBe('forward');
  expect(direction({ highway: 'residential', oneway: '-1' })).toBe('backward');
  expect(direction({ highway: 'motorway' })).toBe('forward');
  expect(direction({ highway: 'motorway_link' })).toBe('forward');
  expect(direction({ highway: 'motorway', oneway: 'no' })).toBe('both');
  expect(direction({ highway: 'tertiary', junction: 'roundabout' })).toBe('forward');
});

test('the signed limit is used, miles an hour converted, and a default where none is signed', () => {
  const speed = (tags: Record<string, string>): number | undefined => drivableWay(tags)?.speedKmh;
  expect(speed({ highway: 'residential' })).toBe(30);
  expect(speed({ highway: 'residential', maxspeed: '40' })).toBe(40);
  expect(speed({ highway: 'primary', maxspeed: '30 mph' })).toBe(48);
  expect(speed({ highway: 'primary', maxspeed: 'signals' })).toBe(50);
  expect(speed({ highway: 'motorway', maxspeed: '200' })).toBe(110);
});

test('what no car uses is no street, and a closed street is known as closed', () => {
  expect(drivableWay({ highway: 'footway' })).toBeNull();
  expect(drivableWay({ highway: 'pedestrian', area: 'yes' })).toBeNull();
  expect(drivableWay({})).toBeNull();
  expect(drivableWay({ highway: 'service', access: 'private' })?.isOpen).toBe(false);
  expect(drivableWay({ highway: 'service', access: 'no', motor_vehicle: 'yes' })?.isOpen).toBe(true);
  expect(drivableWay({ highway: 'service', motor_vehicle: 'destination' })?.isOpen).toBe(true);
});
