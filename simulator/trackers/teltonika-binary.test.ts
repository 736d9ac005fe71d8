import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { crc16Arc } from './crc16-arc.ts';
import {
  teltonikaBinaryTracker,
  teltonikaDatagram,
  teltonikaFrame,
  teltonikaLogin,
  teltonikaRecord,
} from './teltonika-binary.ts';
import { DEMO_PACE, payloadText } from './tracker.ts';

const IMEI = '356000000000001';
const hex = (bytes: Uint8Array): string => payloadText({ payload: bytes });
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');

/** The record of the maker's example, between first and second count. */
const EXAMPLE_RECORD =
  '0000019B76DAA80001FF439EB21EB24B920023010F0B0030EF0603EF01F00171570142316A0210075BCD15C7000010E100';

test('the checksum is the one its check value names', () => {
  expect(crc16Arc(Buffer.from('123456789'))).toBe(0xbb3d);
});

test('login, frame and datagram stand around a record as in the published examples', () => {
  expect(hex(teltonikaLogin(IMEI))).toBe('000F333536303030303030303030303031');
  expect(hex(teltonikaFrame([bytes(EXAMPLE_RECORD)], '8'))).toBe(
    `00000000000000340801${EXAMPLE_RECORD}0100004ED8`,
  );
  expect(hex(teltonikaDatagram(IMEI, [bytes(EXAMPLE_RECORD)], '8', 7))).toBe(
    `0049CAFE0107000F3335363030303030303030303030310801${EXAMPLE_RECORD}01`,
  );
});

test('a record is time, priority, longitude before latitude, and the inputs by width', () => {
  // 51.500123 north is 515001230 = 1EB24B8E, 1.234568 west is -12345680 = FF439EB0, 271 degrees is 010F.
  const head = '0000019B76DAA800 00 FF439EB0 1EB24B8E 0014 010F 09 0030';
  const ignitionAndMovement = 'EF01 F001';
  // 14100 mV is 3714; 123456789 m is 075BCD15.
  expect(hex(teltonikaRecord(aTrackerView(), 'periodic', '8'))).toBe(
    spaceless(`${head} 00 04 02 ${ignitionAndMovement} 01 423714 01 10075BCD15 00`),
  );
  expect(hex(teltonikaRecord(aTrackerView(), 'periodic', '8E'))).toBe(
    spaceless(`${head} 0000 0004 0002 00EF01 00F001 0001 00423714 0001 0010075BCD15 0000 0000`),
  );
  expect(hex(teltonikaRecord(aTrackerView(), 'periodic', '16'))).toBe(
    spaceless(`${head} 0000 07 04 02 00EF01 00F001 01 00423714 01 0010075BCD15 00`),
  );
});

test('a crash is a record of high priority caused by 247, with the value 1', () => {
  const record = teltonikaRecord(aTrackerView({ signal: 'crash' }), 'signal', '16');
  expect(hex(record)).toBe(
    spaceless(
      '0000019B76DAA800 01 FF439EB0 1EB24B8E 0014 010F 09 0030 00F7 05 05 03 00EF01 00F001 00F701 01 00423714 01 0010075BCD15 00',
    ),
  );
});

test('without a fix there are no satellites and no speed, and the odometer goes on', () => {
  const record = hex(teltonikaRecord(aTrackerView({ hasFix: false, satellites: 0 }), 'periodic', '8'));
  expect(record.slice(42, 48)).toBe('000000');
  expect(record.endsWith('10075BCD1500')).toBe(true);
});

test('a box that was offline puts several records into one frame', () => {
  const { report, join } = teltonikaBinaryTracker(IMEI, DEMO_PACE, { codec: '8', transport: 'tcp' });
  const [first] = report(aTrackerView(), 'final');
  const [second] = report(aTrackerView({ clockMs: Date.UTC(2026, 0, 1, 0, 0, 2) }), 'final');
  const joined = join?.([first, second].filter((each) => each !== undefined));
  const records = [aTrackerView(), aTrackerView({ clockMs: Date.UTC(2026, 0, 1, 0, 0, 2) })].map((view) =>
    teltonikaRecord(view, 'periodic', '8'),
  );
  expect(joined).toEqual({
    client: IMEI,
    transport: 'tcp',
    topic: 'teltonika',
    payload: teltonikaFrame(records, '8'),
    odometer: { text: '123456789', unit: 'm' },
  });
});

test('datagrams are numbered', () => {
  const { report } = teltonikaBinaryTracker(IMEI, DEMO_PACE, { codec: '8', transport: 'udp' });
  const numbers = [1, 2, 3].map(() =>
    report(aTrackerView(), 'final').map((publish) => payloadText(publish).slice(8, 12)),
  );
  expect(numbers).toEqual([['0101'], ['0102'], ['0103']]);
});

function spaceless(text: string): string {
  return text.replaceAll(' ', '');
}
