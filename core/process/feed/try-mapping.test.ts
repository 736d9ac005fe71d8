import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkMapping, tryMapping } from './try-mapping.ts';

const yaml = readFileSync('resources/mappings/acme-tracker.yaml', 'utf8');
const topic = 'acme/fleet-7/860000000000017/up';
const text = '{"ts":1767225600000,"odo":15321.70}';
const reading = {
  device_id: '860000000000017',
  timestamp: '2026-01-01T00:00:00.000Z',
  odometer_m: 15_321_700,
  odometer_raw: '15321.70',
  odometer_unit: 'km',
  odometer_origin: 'tracker',
  billable: true,
};
/** What is undefined is left out on its way to the window. */
const shown = (outcome: unknown): unknown => JSON.parse(JSON.stringify(outcome));

test('a file without a problem tells its name and the topics it takes', () => {
  expect(checkMapping(yaml)).toEqual({
    name: 'acme-tracker',
    topics: ['acme/{account}/{device}/up'],
    problems: [],
  });
});

test('a file with problems tells each with its place', () => {
  expect(checkMapping(yaml.replace('unit: km/h', 'unit: kmh'))).toEqual({
    name: null,
    topics: [],
    problems: [
      {
        line: 17,
        column: 35,
        path: 'messages[0].fields.speed.unit',
        message: '"kmh" is none of km/h, mph, m/s, knots; did you mean "km/h"?',
      },
    ],
  });
});

test('a packet is tried as text or as hexadecimal digits, with the same outcome', () => {
  const hex = Buffer.from(text).toString('hex');
  const outcomes = [
    tryMapping({ yaml, topic, payload: { encoding: 'utf8', text } }),
    tryMapping({ yaml, topic, payload: { encoding: 'hex', text: hex } }),
  ].map(({ outcome }) => shown(outcome));
  const decoded = { ok: true, kind: 'readings', device_id: '860000000000017', readings: [reading] };
  expect(outcomes).toEqual([decoded, decoded]);
});

test('a packet on another topic, and digits that are none, are refused with what would be right', () => {
  expect(tryMapping({ yaml, topic: 'acme/x', payload: { encoding: 'utf8', text } }).outcome).toEqual({
    ok: false,
    refused: 'unknown-topic',
    detail: 'the file takes acme/{account}/{device}/up',
  });
  expect(tryMapping({ yaml, topic, payload: { encoding: 'hex', text: '7g' } }).outcome).toEqual({
    ok: false,
    refused: 'bad-encoding',
    detail: 'pairs of 0-9 and a-f',
  });
});
