import { assert } from '../../base/assert.ts';
import { OPENING_METRES } from './bench-fleet.ts';

/** A tracker's record is about 250 bytes; what moves has fixed widths, so that it can be written over in place. */
const TEMPLATE = JSON.stringify({
  state: {
    reported: {
      ts: 1_000_000_000_000,
      pr: 0,
      latlng: '51.500000,-0.127800',
      alt: 20,
      ang: 90,
      sat: 11,
      sp: 108,
      evt: 0,
      16: OPENING_METRES,
      21: 4,
      24: 108,
      66: 14_100,
      67: 4_012,
      69: 1,
      113: 97,
      181: 9,
      199: 48_211,
      200: 0,
      239: 1,
      240: 1,
      241: 23_415,
    },
  },
});
const TIME_AT = TEMPLATE.indexOf('"ts":') + '"ts":'.length;
const LATITUDE_DECIMALS_AT = TEMPLATE.indexOf('51.500000') + '51.'.length;
const ODOMETER_AT = TEMPLATE.indexOf('"16":') + '"16":'.length;

/** The payload of a Teltonika box at the start of its drive. */
export const MOVING_PAYLOAD = Buffer.from(TEMPLATE, 'latin1');

/**
 * Writes the next record over the last one, where a payload begins: its time, its odometer in whole metres, and the
 * sixth decimals of its latitude, so that the meter has a mile to move and the map a dot.
 */
export function moveOn(target: Buffer, payloadAt: number, atMs: number, metresDriven: number): void {
  writeDigits(target, payloadAt + TIME_AT, 13, atMs);
  writeDigits(target, payloadAt + ODOMETER_AT, 8, OPENING_METRES + metresDriven);
  writeDigits(target, payloadAt + LATITUDE_DECIMALS_AT, 6, 500_000 + ((metresDriven * 9) % 400_000));
}

/** The odometer in a record, in whole metres. */
export function metresIn(payload: Uint8Array): number {
  let metres = 0;
  for (let i = ODOMETER_AT; i < ODOMETER_AT + 8; i += 1) metres = metres * 10 + (payload[i] ?? 0) - 0x30;
  return metres;
}

function writeDigits(target: Buffer, at: number, width: number, value: number): void {
  let rest = value;
  for (let i = at + width - 1; i >= at; i -= 1) {
    target[i] = 0x30 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  assert(rest === 0, () => `${value} has more than ${width} digits`);
}
