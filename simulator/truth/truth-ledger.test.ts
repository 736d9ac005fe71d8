import fc from 'fast-check';
import { expect, test } from 'vitest';
import { demoFleet } from '../fleet/demo-fleet.ts';
import { TruthLedger, wholeTenthsOfMile } from './truth-ledger.ts';

test('tenths are the whole tenths contained in the text, in any unit', () => {
  expect(wholeTenthsOfMile({ text: '12345.678', unit: 'mi' })).toBe(123_456);
  expect(wholeTenthsOfMile({ text: '12345.6', unit: 'mi' })).toBe(123_456);
  // 160.9344 m are a tenth of a mile: a metre less is none.
  expect(wholeTenthsOfMile({ text: '160', unit: 'm' })).toBe(0);
  expect(wholeTenthsOfMile({ text: '161', unit: 'm' })).toBe(1);
  expect(wholeTenthsOfMile({ text: '1.609344', unit: 'km' })).toBe(10);
  expect(wholeTenthsOfMile({ text: '1.60', unit: 'km' })).toBe(9);
});

test('every thousandth of a mile falls into the tenth it is written in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999 }),
      fc.integer({ min: 0, max: 999 }),
      (miles, thousandths) => {
        const text = `${miles}.${String(thousandths).padStart(3, '0')}`;
        expect(wholeTenthsOfMile({ text, unit: 'mi' })).toBe(miles * 10 + Math.floor(thousandths / 100));
      },
    ),
  );
});

test('a vehicle is owed the tenths between its opening and its last text, whatever was acknowledged', () => {
  const fleet = demoFleet(1, 3);
  const ledger = new TruthLedger(fleet);
  ledger.noteSent(0, { text: '40000.05', unit: 'mi' });
  ledger.noteSent(0, null);
  ledger.noteAcknowledged(0);
  const truth = ledger.truth(1, 0, 60_000);
  const [tesla, teltonika] = truth.vehicles;
  const opening = wholeTenthsOfMile({ text: tesla?.openingText ?? '', unit: 'mi' });
  expect(tesla).toMatchObject({
    vehicle: 'v-0001',
    provider: 'tesla-fleet-telemetry',
    lastText: '40000.05',
    lastUnit: 'mi',
    unit: 'mi',
    tenths: 400_000 - opening,
    packetsSent: 2,
    acknowledged: 1,
  });
  expect(teltonika).toMatchObject({
    provider: 'teltonika-mqtt-json',
    openingUnit: 'km',
    tenths: 0,
    packetsSent: 0,
  });
  expect(truth).toMatchObject({ tenths: 400_000 - opening, packetsSent: 2, acknowledged: 1 });
});
