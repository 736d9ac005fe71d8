import { expect, test } from 'vitest';
import { decodePacket } from '../../../core/tracker/decode-packet.ts';
import { outcomeOutput } from '../../../core/tracker/decoded-output.ts';
import { outcomeShown } from './outcome-fields.ts';

const outcomeOf = (topic: string, payload: string): unknown =>
  structuredClone(outcomeOutput(decodePacket({ topic, payload: new TextEncoder().encode(payload) })));

test('a decoded packet is a list of fields, with units in their names', () => {
  expect(outcomeShown(outcomeOf('telemetry/LRW3E7FA0TC000001/v/Odometer', '1000.5'))).toEqual({
    kind: 'decoded',
    packet: [
      { label: 'Kind', value: 'readings' },
      { label: 'Device', value: 'LRW3E7FA0TC000001' },
    ],
    readings: [
      [
        { label: 'Device', value: 'LRW3E7FA0TC000001' },
        { label: 'VIN', value: 'LRW3E7FA0TC000001' },
        { label: 'Read at', value: 'not said; received time counts' },
        { label: 'Odometer, m', value: '1610149' },
        { label: 'Odometer as sent', value: '1000.5' },
        { label: 'Its unit', value: 'mi' },
        { label: 'Its origin', value: 'vehicle odometer' },
        { label: 'May be billed', value: 'yes' },
      ],
    ],
  });
});

test('a refused packet gives its reason and what exactly was wrong', () => {
  expect(outcomeShown({ ok: false, refused: 'not-json', detail: 'payload: no JSON' })).toEqual({
    kind: 'refused',
    reason: 'not-json',
    detail: 'payload: no JSON',
  });
  expect(outcomeShown(outcomeOf('nobody/knows', '1'))).toMatchObject({
    kind: 'refused',
    reason: 'unknown-topic',
  });
});

test('a field and a shape without words are shown as they are', () => {
  const reading = { tyre_pressure_kpa: 230, timestamp: '2026-03-02T09:00:00.000Z', odometer_unit: null };
  expect(outcomeShown({ ok: true, kind: 'status', readings: [reading] })).toEqual({
    kind: 'decoded',
    packet: [{ label: 'Kind', value: 'status' }],
    readings: [
      [
        { label: 'tyre pressure kpa', value: '230' },
        { label: 'Read at', value: '2026-03-02 09:00:00.000Z' },
        { label: 'Its unit', value: 'not said' },
      ],
    ],
  });
  expect(outcomeShown(undefined)).toEqual({ kind: 'other', text: '' });
  expect(outcomeShown([1])).toEqual({ kind: 'other', text: '[\n  1\n]' });
});
