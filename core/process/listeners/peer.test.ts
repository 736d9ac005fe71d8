import { expect, test } from 'vitest';
import { endpointText, peerOf } from './peer.ts';

test('an address is written as networks are: IPv4 plain, IPv6 without a zone', () => {
  const addresses = [
    '10.0.0.7',
    '::ffff:10.0.0.7',
    '::FFFF:10.0.0.7',
    '2001:db8::7',
    'fe80::7%eth0',
    undefined,
  ];
  expect(addresses.map((address) => endpointText(peerOf('tcp', address, 40_000)))).toEqual([
    '10.0.0.7:40000',
    '10.0.0.7:40000',
    '10.0.0.7:40000',
    '[2001:db8::7]:40000',
    '[fe80::7]:40000',
    'unknown:40000',
  ]);
});
