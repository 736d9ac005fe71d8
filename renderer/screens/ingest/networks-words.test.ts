import { expect, test } from 'vitest';
import { networksConsequence, readNetworkLines } from './networks-words.ts';

test('networks stand one a line; empty lines and repeats mean nothing', () => {
  expect(readNetworkLines(' 10.20.0.0/16 \n\nfd00::/8\n10.20.0.0/16\n')).toEqual({
    ok: true,
    networks: ['10.20.0.0/16', 'fd00::/8'],
  });
  expect(readNetworkLines('')).toEqual({ ok: true, networks: [] });
});

test('every wrong line is named, with what would be right', () => {
  expect(readNetworkLines('10.0.0.0/8\n10.1.2.3\n\nfd00::1\nthe office')).toEqual({
    ok: false,
    problem:
      'Line 2: "10.1.2.3" has no length; one address is 10.1.2.3/32\n' +
      'Line 4: "fd00::1" has no length; one address is fd00::1/128\n' +
      'Line 5: "the office" is no network; write it like 10.20.0.0/16',
  });
  const many = Array.from({ length: 65 }, (_, i) => `10.0.${i}.0/24`).join('\n');
  expect(readNetworkLines(many)).toEqual({
    ok: false,
    problem: '65 networks, but a group has at most 64',
  });
});

test('the consequence names who is served from where', () => {
  expect(networksConsequence('depot', [])).toBe(
    'Raw trackers of group depot will be served from nowhere, and those connected are cut.',
  );
  expect(networksConsequence('depot', ['10.0.0.0/8'])).toBe(
    'Raw trackers of group depot will be served from 10.0.0.0/8 and from nowhere else; those connected from elsewhere are cut.',
  );
});
