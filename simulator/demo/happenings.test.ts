import { expect, test } from 'vitest';
import { someTraits } from '../stand-in/some-traits.ts';
import { lockdown, vehicleFault, vendorOutage } from './demo-faults.ts';
import { Happenings } from './happenings.ts';

const MINUTE_MS = 60_000;
const fleet = [
  ...someTraits('courier', 3, { provider: 'renault-kamereon', registration: 'MP26 AAA' }),
  ...someTraits('courier', 3, { registration: 'MP26 BBB' }),
];

test('what is on is told newest first, and ends with the normal day', () => {
  const happenings = new Happenings();
  happenings.begin(vehicleFault('network-loss', fleet, 4, 0));
  happenings.begin(lockdown(fleet, MINUTE_MS));
  happenings.endAll(2 * MINUTE_MS);
  happenings.note('Normal day', 2 * MINUTE_MS);
  expect(happenings.view()).toEqual([
    { id: 3, words: 'Normal day', vehicles: 0, fromMs: 2 * MINUTE_MS, toMs: 2 * MINUTE_MS },
    {
      id: 2,
      words: 'Lockdown: demand is 30 % of what it was, until the normal day is played',
      vehicles: 6,
      fromMs: MINUTE_MS,
      toMs: 2 * MINUTE_MS,
    },
    {
      id: 1,
      words: 'MP26 BBB has no network for 5 minutes, then sends what it kept',
      vehicles: 1,
      fromMs: 0,
      toMs: 2 * MINUTE_MS,
    },
  ]);
});

test('a difference is explained by what a vehicle is under, or was, but not by what befell everybody', () => {
  const happenings = new Happenings();
  happenings.begin(vendorOutage(fleet, 0));
  happenings.begin(lockdown(fleet, 0));
  const words = 'The Renault feed is silent for 5 minutes, then sends what it kept';
  expect(happenings.troubleOf(0, MINUTE_MS, fleet.length)).toBe(words);
  expect(happenings.troubleOf(0, 6 * MINUTE_MS, fleet.length)).toBe(`before: ${words}`);
  expect(happenings.troubleOf(4, MINUTE_MS, fleet.length)).toBeNull();
});
