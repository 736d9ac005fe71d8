import { describe, expect, test } from 'vitest';
import type { ClaimPreview } from '../../../core/protocol/door-asks.ts';
import {
  billableOrigins,
  type ClaimWordsInput,
  claimFromMs,
  claimWords,
  idOfRegistration,
  instantOfField,
  releaseWords,
  situationWords,
  subjectWords,
  utcField,
  utcWords,
} from './devices-words.ts';

const NINE_MS = Date.parse('2026-03-02T09:00:00.250Z');
const nothing: ClaimPreview = { waiting: 0, carried: [], isOnContract: true, billedBy: null };
const input = (preview: Partial<ClaimPreview>, more: Partial<ClaimWordsInput> = {}): ClaimWordsInput => ({
  preview: { ...nothing, ...preview },
  vehicle: 'V-2',
  registration: 'MP26 AAB',
  isNewVehicle: false,
  from: '2 Mar 2026 09:00:00 UTC',
  ...more,
});

describe('a claim says what it does before it is taken', () => {
  test('readings that wait, and that money hangs on them', () => {
    expect(claimWords(input({ waiting: 12 }))).toEqual([
      '12 odometer readings since 2 Mar 2026 09:00:00 UTC will count for MP26 AAB.',
      'Its miles are billed to the contract of MP26 AAB.',
    ]);
  });

  test('readings that another vehicle loses; its own are not called moved', () => {
    const carried = [
      { vehicle: 'V-1', registration: 'MP26 AAA', readings: 1 },
      { vehicle: 'V-2', registration: 'MP26 AAB', readings: 7 },
    ];
    expect(claimWords(input({ carried }))[0]).toBe(
      '1 odometer reading since 2 Mar 2026 09:00:00 UTC will move from MP26 AAA to MP26 AAB, and the miles with them.',
    );
    expect(claimWords(input({ carried }))).toHaveLength(2);
  });

  test('nothing yet; and no money for a new vehicle, one in no contract, and one with another tracker', () => {
    expect(claimWords(input({}))[0]).toBe(
      'No reading has come since 2 Mar 2026 09:00:00 UTC; what comes counts for MP26 AAB.',
    );
    const billedBy = { provider: 'teltonika', device: '356000000000019' } as const;
    const money = [
      claimWords(input({ isOnContract: false }, { isNewVehicle: true })),
      claimWords(input({ isOnContract: false })),
      claimWords(input({ billedBy })),
    ].map((sentences) => sentences.at(-1));
    expect(money).toEqual([
      'MP26 AAB is in no contract: its miles are kept and drawn, not billed.',
      'MP26 AAB is in no contract then: its miles are kept, not billed.',
      'MP26 AAB stays billed by Teltonika 356000000000019: the miles of this tracker are kept beside it, not billed.',
    ]);
  });
});

test('a release says which readings stop counting', () => {
  const carried = [{ vehicle: 'V-1', registration: 'MP26 AAA', readings: 3 }];
  expect(releaseWords({ ...nothing, carried }, 'MP26 AAA', 'noon')).toEqual([
    '3 odometer readings since noon will no longer count for MP26 AAA, and the miles go with them.',
    'They wait until the tracker is claimed again; what MP26 AAA drove before stays.',
  ]);
  expect(releaseWords(nothing, 'MP26 AAA', 'noon')).toEqual([
    'No reading has come since noon; what comes counts for no vehicle, and waits to be claimed.',
  ]);
});

test('a distance that a server worked out is not offered for billing', () => {
  expect(billableOrigins(['server', 'tracker'])).toEqual(['tracker']);
  expect(billableOrigins(['server'])).toEqual(['vehicle', 'tracker', 'can']);
});

test('a date field holds UTC in whole seconds, and never cuts off the reading it starts at', () => {
  expect(utcField(NINE_MS)).toBe('2026-03-02 09:00:00');
  const nine = Date.parse('2026-03-02T09:00:00Z');
  const typed = ['2026-03-02 09:00:00', ' 2026-03-02 09:00', '2026-03-02T09:00:00Z'];
  expect(typed.map(instantOfField)).toEqual([nine, nine, nine]);
  const wrong = ['', 'soon', '2026-02-31 09:00:00', '2026-03-02 25:00:00', '2026-03-02'];
  expect(wrong.map(instantOfField)).toEqual([null, null, null, null, null]);
  expect(utcWords(NINE_MS)).toBe('2 Mar 2026 09:00:00 UTC');
  expect([claimFromMs({ unclaimedSinceMs: 5 }, 9), claimFromMs({ unclaimedSinceMs: null }, 9)]).toEqual([
    5, 9,
  ]);
});

test('a situation nobody has words for goes by its name', () => {
  expect(situationWords('brand-new')).toEqual({ name: 'brand new', toDo: 'See its detail.' });
  expect(situationWords('two-trackers').name).toBe('Two trackers are claimed by one vehicle');
});

test('what a situation is about is said in names that people know', () => {
  const registrationOf = (vehicle: string) => (vehicle === 'V-1' ? 'MP26 AAA' : undefined);
  const said = ['V-1', 'teltonika 356 and mapped:acme 7; the first one is billed', 'client x'].map((text) =>
    subjectWords(text, registrationOf),
  );
  expect(said).toEqual(['MP26 AAA', 'Teltonika 356 and acme 7; the first one is billed', 'client x']);
});

test('a registration makes an id', () => {
  expect(idOfRegistration('mp26 aab')).toBe('MP26AAB');
});
