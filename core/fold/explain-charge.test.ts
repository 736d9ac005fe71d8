import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TESLA } from '../../tests/support/a-book.ts';
import { fold, recordsOf, teslaOdometer } from '../../tests/support/fold-packets.ts';
import { must } from '../base/assert.ts';
import type { JournalRecord } from '../protocol/journal-record.ts';
import { explainCharge, type FetchPackets } from './explain-charge.ts';

const HOUR_MS = 3_600_000;
const NINE_MS = BOOK_START_MS + 9 * HOUR_MS;
const records = recordsOf(aBook([TESLA]), [
  { atMs: NINE_MS, ...teslaOdometer(TESLA.device, '1000.250') },
  { atMs: NINE_MS + 60_000, ...teslaOdometer(TESLA.device, '1000.5') },
  { atMs: NINE_MS + 61_000, ...teslaOdometer(TESLA.device, '4000') },
]);

function fetchFrom(kept: readonly JournalRecord[]): FetchPackets {
  return (positions) =>
    new Map(
      kept.flatMap((record) =>
        record.kind === 'packet' && positions.includes(record.position)
          ? [[record.position, { topic: record.topic, payload: record.payload, digestHex: 'aa' }] as const]
          : [],
      ),
    );
}

test('a charge goes from pence to tenths to the odometer at both ends to the packets as they came', () => {
  const chain = must(
    explainCharge(fold(records), TESLA.id, null, fetchFrom(records)),
    'the vehicle is billed',
  );
  expect(chain).toMatchObject({
    day: '2026-03-02',
    contract: 'C1',
    fromMs: BOOK_START_MS,
    toMs: BOOK_START_MS + 24 * HOUR_MS,
    isProvisional: true,
    startTenths: 10_000,
    endTenths: 10_005,
    tenths: 5,
    ratePence: '30',
    pence: 15,
    readingsOmitted: 0,
    entries: [],
  });
  expect(
    chain.readings.map(({ position, source, rawText, rawUnit, status }) => [
      position,
      source,
      rawText,
      rawUnit,
      status,
    ]),
  ).toEqual([
    [null, 'handover', '1000', 'mi', 'accepted'],
    [1, 'oem_api', '1000.250', 'mi', 'accepted'],
    [2, 'oem_api', '1000.5', 'mi', 'accepted'],
    [3, 'oem_api', '4000', 'mi', 'jump'],
  ]);
  expect(chain.readings[2]).toMatchObject({
    isReceiptTime: true,
    topic: 'telemetry/LRW3E7FA0TC000001/v/Odometer',
    payloadUtf8: '1000.5',
    payloadHex: '313030302e35',
    recordDigestHex: 'aa',
  });
});

test('evidence whose bytes were erased is still listed, and said to be erased', () => {
  const chain = must(
    explainCharge(fold(records), TESLA.id, '2026-03-02', () => new Map()),
    'billed',
  );
  expect(chain.readings[1]).toMatchObject({
    rawText: 'erased',
    micrometres: 1_609_746_336_000,
    payloadHex: null,
  });
});

test('a long day shows its first and its last readings and says how many lie between', () => {
  const long = recordsOf(
    aBook([TESLA]),
    Array.from({ length: 100 }, (_, i) => ({
      atMs: NINE_MS + i * 60_000,
      ...teslaOdometer(TESLA.device, (1_000.1 + i / 10).toFixed(1)),
    })),
  );
  const chain = must(explainCharge(fold(long), TESLA.id, null, fetchFrom(long)), 'billed');
  expect(chain.readings).toHaveLength(50);
  expect(chain.readingsOmitted).toBe(51);
  expect(chain.readings.at(-1)?.rawText).toBe('1010.0');
});

test('who is not billed has nothing to explain', () => {
  expect(explainCharge(fold(records), 'nobody', null, () => new Map())).toBeNull();
});

test('after a replaced odometer the readings are shown as each instrument gave them', () => {
  const replaced = recordsOf(aBook([TESLA]), [
    { atMs: NINE_MS, ...teslaOdometer(TESLA.device, '1000.250') },
    { atMs: NINE_MS + 2 * HOUR_MS, ...teslaOdometer(TESLA.device, '7.5') },
  ]);
  const decision = {
    decision: 'open-epoch',
    actor: 'Ada',
    approver: 'Ben',
    reason: 'new instrument cluster',
    vehicle: TESLA.id,
    at: new Date(NINE_MS + HOUR_MS).toISOString(),
    closing: '1001',
    opening: '2.5',
    unit: 'mi',
  } as const;
  const last = must(replaced.at(-1), 'two readings came');
  const position = last.position + 1;
  const opened = { kind: 'decision', decision, position, receivedAtMs: last.receivedAtMs + 1 } as const;
  const records: JournalRecord[] = [...replaced, opened];
  const chain = must(explainCharge(fold(records), TESLA.id, null, fetchFrom(records)), 'it is billed');
  expect(
    chain.readings.map(({ source, rawText, status, micrometres }) => [
      source,
      rawText,
      status,
      micrometres / 1_609_344_000,
    ]),
  ).toEqual([
    ['handover', '1000', 'accepted', 1_000],
    ['oem_api', '1000.250', 'accepted', 1_000.25],
    ['replacement', '2.5', 'accepted', 1_001],
    ['oem_api', '7.5', 'accepted', 1_006],
  ]);
  expect(chain).toMatchObject({ startTenths: 10_000, endTenths: 10_060 });
});
