import { expect, test } from 'vitest';
import { aBook, BOOK_START, BOOK_START_MS, TELTONIKA } from '../../tests/support/a-book.ts';
import { fold, recordsOf, teltonika } from '../../tests/support/fold-packets.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import { describeDevices } from './describe-door.ts';
import { type ProposedClaim, previewClaim } from './preview-claim.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const NINE_MS = BOOK_START_MS + 9 * 3_600_000;
const STRANGER = '356000000000027';
const PROVIDER = 'teltonika-mqtt-json';

/** A vehicle with a tracker and one without, both on contract; a stranger that drove for ten minutes from nine. */
function aWorld(device = STRANGER, ...decisions: readonly (Claim | Release)[]): World {
  const book = aBook([TELTONIKA, { ...TELTONIKA, id: 'V-BARE', device: 'none' }]);
  book.trackers = book.trackers.filter(({ vehicle }) => vehicle !== 'V-BARE');
  const arrivals = Array.from({ length: 10 }, (_, i) => {
    const atMs = NINE_MS + i * MINUTE_MS;
    return { atMs: atMs + 2_000, ...teltonika(device, atMs, 20_000_000 + i * 1_000) };
  });
  const packets = recordsOf(book, arrivals);
  const decided = decisions.map((decision, i) => ({
    kind: 'decision' as const,
    position: packets.length + i,
    receivedAtMs: NINE_MS + 60 * MINUTE_MS,
    decision,
  }));
  return fold([...packets, ...decided]);
}

type Claim = DecisionOf<'claim-device'>;
type Release = DecisionOf<'release-device'>;
const who = { actor: 'Ada', reason: 'fitted', provider: PROVIDER } as const;

function claim(vehicle: string, device = STRANGER): Claim {
  const binding = { origin: 'tracker', from: BOOK_START, group: 'default' } as const;
  return { decision: 'claim-device', ...who, device, vehicle, ...binding };
}

function release(atMs: number): Release {
  return { decision: 'release-device', ...who, device: STRANGER, at: new Date(atMs).toISOString() };
}

const proposed: ProposedClaim = {
  provider: PROVIDER,
  device: STRANGER,
  vehicle: 'V-BARE',
  origin: 'tracker',
  fromMs: NINE_MS,
};

test('the readings that wait are counted from the instant of the claim', () => {
  const world = aWorld();
  const nothing = { carried: [], isOnContract: true, billedBy: null };
  expect(previewClaim(world, proposed)).toEqual({ waiting: 10, ...nothing });
  expect(previewClaim(world, { ...proposed, fromMs: NINE_MS + 4 * MINUTE_MS })).toEqual({
    waiting: 6,
    ...nothing,
  });
  expect(previewClaim(world, { ...proposed, origin: 'vehicle' })).toEqual({ waiting: 0, ...nothing });
});

test('a new vehicle is on no contract, and a device nobody heard of has nothing', () => {
  expect(previewClaim(aWorld(), { ...proposed, vehicle: null, device: 'x' })).toEqual({
    waiting: 0,
    carried: [],
    isOnContract: false,
    billedBy: null,
  });
});

test('a vehicle that is billed by another tracker is said to stay so', () => {
  expect(previewClaim(aWorld(), { ...proposed, vehicle: TELTONIKA.id })).toMatchObject({
    waiting: 10,
    billedBy: { provider: PROVIDER, device: TELTONIKA.device },
  });
});

test('what a move or a release takes from a vehicle is counted there', () => {
  const { device } = TELTONIKA;
  const moving = { ...proposed, device, fromMs: NINE_MS + 5 * MINUTE_MS };
  const carried = [{ vehicle: TELTONIKA.id, registration: 'MP26 AAA', readings: 5 }];
  expect(previewClaim(aWorld(device), moving)).toEqual({
    waiting: 0,
    carried,
    isOnContract: true,
    billedBy: null,
  });
  expect(previewClaim(aWorld(device), { ...moving, vehicle: null, origin: null })).toMatchObject({ carried });
});

test('a device is unclaimed since its first reading, or since it was released', () => {
  const since = (world: World): (number | null)[] =>
    describeDevices(world, { unclaimedOnly: false, limit: 10, search: STRANGER }).devices.map(
      ({ unclaimedSinceMs }) => unclaimedSinceMs,
    );
  expect(since(aWorld())).toEqual([NINE_MS]);
  expect(since(aWorld(STRANGER, claim('V-BARE')))).toEqual([null]);
  const atMs = NINE_MS + 4 * MINUTE_MS;
  expect(since(aWorld(STRANGER, claim('V-BARE'), release(atMs)))).toEqual([atMs]);
});

test('devices are found by a part of their name or of the registration of who carries them', () => {
  const found = (search: string): string[] =>
    describeDevices(aWorld(), { unclaimedOnly: false, limit: 10, search }).devices.map(({ name }) => name);
  expect(found('0027')).toEqual([STRANGER]);
  expect(found('mp26 aaa')).toEqual([TELTONIKA.device]);
  expect(found('nothing')).toEqual([]);
});
