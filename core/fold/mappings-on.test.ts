import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TELTONIKA } from '../../tests/support/a-book.ts';
import { fold } from '../../tests/support/fold-packets.ts';
import type { Decision } from '../protocol/decision.ts';
import type { JournalRecord } from '../protocol/journal-record.ts';
import { decisionProblem } from './check-decision.ts';
import { countUp } from './count-up.ts';
import { newWorld, type World } from './world.ts';

const outside = { acknowledged: 0, journal: { records: 0, bytes: 0 } };
const NINE_MS = BOOK_START_MS + 9 * 3_600_000;
const YAML = `
name: acme
version: 1
messages:
  - topic: acme/{device}/up
    payload: json
    time: { at: t, format: unix-s }
    fields:
      odometer: { at: km, unit: km, origin: tracker }
`;

function switchTo(isOn: boolean, yaml = YAML): Decision {
  return { decision: 'switch-mapping', actor: 'Ada', reason: 'new vendor', mapping: 'acme', isOn, yaml };
}

function acme(minute: number, km: string): { topic: string; payload: string } {
  return { topic: 'acme/box-7/up', payload: `{"t":${(NINE_MS + minute * 60_000) / 1_000},"km":${km}}` };
}

type Step = Decision | { readonly topic: string; readonly payload: string };

function world(...steps: readonly Step[]): World {
  const book = aBook([TELTONIKA, { ...TELTONIKA, id: 'V-BARE', device: 'none', opening: '20000' }]);
  book.trackers = book.trackers.filter(({ vehicle }) => vehicle !== 'V-BARE');
  const load: Decision = { decision: 'load-book', actor: 'system', reason: 'test', book };
  return fold(
    [load, ...steps].map((step, position): JournalRecord =>
      'decision' in step
        ? { kind: 'decision', decision: step, position, receivedAtMs: NINE_MS + position * 60_000 }
        : {
            kind: 'packet',
            topic: step.topic,
            payload: Buffer.from(step.payload),
            clientId: 'test',
            omittedBytes: 0,
            position,
            receivedAtMs: NINE_MS + position * 60_000,
          },
    ),
  );
}

const claim: Decision = {
  decision: 'claim-device',
  actor: 'Ada',
  reason: 'fitted',
  provider: 'mapped:acme',
  device: 'box-7',
  vehicle: 'V-BARE',
  origin: 'tracker',
  from: new Date(NINE_MS).toISOString(),
  group: 'default',
};

test('a vendor nobody has heard of is decoded, claimed and billed by a mapping file', () => {
  const folded = world(
    acme(0, '20000.0'),
    switchTo(true),
    acme(1, '20000.0'),
    acme(2, '20001.7'),
    claim,
    acme(3, '20003.4'),
  );
  expect(countUp(folded, outside)).toMatchObject({
    packets: { received: 4, decoded: 3, refused: { 'unknown-topic': 1 } },
    readings: { decoded: 3, accepted: 3, unclaimed: 0 },
    tenths: 21,
    pence: 63,
  });
});

test('switched off, its packets are refused again; what it decoded before stands', () => {
  const folded = world(
    switchTo(true),
    claim,
    acme(1, '20000.0'),
    acme(2, '20001.7'),
    switchTo(false),
    acme(3, '20003.4'),
  );
  expect(countUp(folded, outside)).toMatchObject({
    packets: { received: 3, decoded: 2, refused: { 'unknown-topic': 1 } },
    tenths: 10,
  });
});

test('what is wrong with a file is told by line before it is switched on', () => {
  const broken = YAML.replace('unit: km', 'unit: leagues');
  expect(decisionProblem(newWorld(), switchTo(true, broken))).toMatchObject({
    field: 'yaml',
    problem: expect.stringMatching(/^line 9, column \d+: /u),
  });
  expect(decisionProblem(newWorld(), { ...switchTo(true), mapping: 'other' } as Decision)).toEqual({
    field: 'mapping',
    problem: 'the file is called "acme", not "other"',
  });
  expect(decisionProblem(newWorld(), switchTo(true))).toBeNull();
});

test('two files cannot have one topic', () => {
  const other = { ...switchTo(true, YAML.replace('name: acme', 'name: acme-two')), mapping: 'acme-two' };
  expect(decisionProblem(world(switchTo(true)), other as Decision)).toEqual({
    field: 'yaml',
    problem: '"acme" has the topic acme/{device}/up already',
  });
});

test("a built-in feed's topics need no file, and get none", () => {
  const yaml = YAML.replace('acme/{device}/up', 'depot/teltonika/{device}/data');
  expect(decisionProblem(newWorld(), switchTo(true, yaml))).toEqual({
    field: 'yaml',
    problem: "packets on depot/teltonika/{device}/data are a built-in feed's already; no mapping is needed",
  });
});
