import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyRecord } from '../../fold/apply-record.ts';
import { newWorld, type World } from '../../fold/world.ts';
import type { Decision } from '../../protocol/decision.ts';
import { aBook, BOOK_START, BOOK_START_MS } from '../../../tests/support/a-book.ts';
import { hasOutsideNetwork, rawGateOf } from './raw-gate.ts';

const DEVICE = '356000000000027';
const CAR = { id: 'V-1', provider: 'teltonika', device: DEVICE } as const;
const signed = { actor: 'somebody', reason: 'a test' };

function aWorld(...decisions: readonly Decision[]): World {
  const world = newWorld();
  decide(world, { decision: 'load-book', ...signed, book: aBook([CAR]) }, ...decisions);
  return world;
}

function decide(world: World, ...decisions: readonly Decision[]): void {
  for (const decision of decisions) {
    const { nextPosition: position } = world;
    applyRecord(world, { kind: 'decision', position, receivedAtMs: BOOK_START_MS + position, decision });
  }
}

const claim = (device: string, group: string): Decision => ({
  decision: 'claim-device',
  ...signed,
  provider: 'teltonika',
  device,
  vehicle: CAR.id,
  origin: 'tracker',
  from: BOOK_START,
  group,
});
const allow = (group: string, ...networks: string[]): Decision => ({
  decision: 'allow-networks',
  ...signed,
  group,
  networks,
});

test('without a decision about networks, a device of the book may speak from this machine only', () => {
  const gate = rawGateOf(aWorld());
  const from = [
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.1',
    '::2',
    '128.0.0.1',
    'unknown',
  ];
  expect(from.map((address) => gate.admit('teltonika', DEVICE, address))).toEqual([
    'ok',
    'ok',
    'ok',
    'ok',
    ...Array.from({ length: 4 }, () => 'network-not-allowed'),
  ]);
});

test('a device nobody claimed, one of another feed and one that was released are not known here', () => {
  const world = aWorld();
  const gate = rawGateOf(world);
  expect(gate.admit('teltonika', '356000000000035', '127.0.0.1')).toBe('unclaimed-device');
  expect(gate.admit('queclink', DEVICE, '127.0.0.1')).toBe('unclaimed-device');
  const before = gate.version();
  const at = new Date(BOOK_START_MS + 1).toISOString();
  decide(world, { decision: 'release-device', ...signed, provider: 'teltonika', device: DEVICE, at });
  expect(gate.version()).toBeGreaterThan(before);
  expect(gate.admit('teltonika', DEVICE, '127.0.0.1')).toBe('unclaimed-device');
});

test("a claimed device may speak from its group's networks, as they were decided last", () => {
  const world = aWorld(allow('private', '10.0.0.0/8', '2001:db8::/33'), claim('356000000000035', 'private'));
  const gate = rawGateOf(world);
  const ask = (address: string): string => gate.admit('teltonika', '356000000000035', address);
  expect(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8:7fff::1'].map(ask)).toEqual(['ok', 'ok', 'ok']);
  expect(['11.1.2.3', '2001:db8:8000::1', '127.0.0.1'].map(ask)).toEqual(
    Array.from({ length: 3 }, () => 'network-not-allowed'),
  );
  const before = gate.version();
  decide(world, allow('private', '192.168.7.0/24'));
  expect(gate.version()).toBeGreaterThan(before);
  expect(['10.1.2.3', '192.168.7.255', '192.168.8.0'].map(ask)).toEqual([
    'network-not-allowed',
    'ok',
    'network-not-allowed',
  ]);
});

test('a group without networks may speak from nowhere', () => {
  const gate = rawGateOf(aWorld(claim('356000000000035', 'nobody-decided')));
  expect(gate.admit('teltonika', '356000000000035', '127.0.0.1')).toBe('network-not-allowed');
});

test('an address is in a network when, and only when, its leading bits are', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff), fc.nat(32), (network, address, bits) => {
      const world = aWorld(allow('default', `${dotted(network)}/${bits}`));
      const isInside = bits === 0 || (network ^ address) >>> (32 - bits) === 0;
      expect(rawGateOf(world).admit('teltonika', DEVICE, dotted(address))).toBe(
        isInside ? 'ok' : 'network-not-allowed',
      );
    }),
    { examples: [[0x0a00_0001, 0x0aff_ffff, 8]] },
  );
});

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

test('whether any group reaches beyond this machine', () => {
  expect(hasOutsideNetwork(aWorld())).toBe(false);
  expect(hasOutsideNetwork(aWorld(allow('default', '127.0.0.1/32', '::1/128')))).toBe(false);
  expect(hasOutsideNetwork(aWorld(allow('lorries', '10.0.0.0/8')))).toBe(true);
});
