import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../tests/support/tracker-packet.ts';
import { deviceOfQueclink, queclinkFraming } from './queclink-framing.ts';

const DEVICE = '863910000000017';
const HEARTBEAT = `+ACK:GTHBD,060502,${DEVICE},,20260302091502,01F4$`;
const LONG_REPORT = `+RESP:GTFRI,8020040703,${DEVICE},van+1,${'1,'.repeat(900)}20260302091502,01F5$`;
const REPLAYED = `+BUFF:GTIGF,060502,A10000000000C7,,20260302091502,01F6$`;

/** All that becomes of a stream that arrives in these pieces: frames as text, and why it ended early. */
function outcomesOf(pieces: readonly Uint8Array[]): readonly string[] {
  const outcomes: string[] = [];
  let bytes = new Uint8Array();
  let start = 0;
  for (const piece of pieces) {
    bytes = new Uint8Array([...bytes, ...piece]);
    for (;;) {
      const step = queclinkFraming(bytes, start);
      if (step.step === 'more') break;
      if (step.step === 'broken') return [...outcomes, `${step.refusal.reason}: ${step.refusal.detail}`];
      if (step.step === 'frame') outcomes.push(new TextDecoder().decode(bytes.subarray(start, step.end)));
      expect(step.end).toBeGreaterThan(start);
      start = step.end;
    }
  }
  return outcomes;
}

function outcomesOfText(text: string): readonly string[] {
  return outcomesOf([bytesOf(text)]);
}

describe('queclinkFraming', () => {
  const messages = fc.array(fc.constantFrom(HEARTBEAT, LONG_REPORT, REPLAYED), { maxLength: 8 });
  const between = fc.constantFrom('', '\r\n', '\0\0\0', ' ', 'CONNECT 9600\r\n');

  test('gives the same messages however the network splits and joins them', () => {
    fc.assert(
      fc.property(messages, between, fc.array(fc.nat(4_000), { maxLength: 20 }), (list, filler, cuts) => {
        const stream = bytesOf(list.map((message) => filler + message).join(''));
        const places = [...new Set([0, ...cuts.filter((cut) => cut < stream.length), stream.length])];
        places.sort((a, b) => a - b);
        const pieces = places.slice(1).map((place, i) => stream.subarray(places[i], place));
        expect(outcomesOf(pieces)).toEqual(list);
      }),
    );
  });

  test('judges any bytes the same, whole or one at a time', () => {
    const noise = fc.uint8Array({ maxLength: 80 });
    const text = fc
      .array(fc.constantFrom('+RESP:GT', '+ACK:GT', '+', '$', 'A,1', '\0', 'GET ', 'P'), { maxLength: 12 })
      .map((parts) => bytesOf(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(noise, text), (bytes) => {
        const singly = Array.from(bytes, (byte) => Uint8Array.of(byte));
        expect(outcomesOf(singly)).toEqual(outcomesOf([bytes]));
      }),
    );
  });

  test('a message that was cut by its sender ends where the next one begins', () => {
    expect(outcomesOfText(`+RESP:GTFRI,060502,86391${HEARTBEAT}`)).toEqual([
      '+RESP:GTFRI,060502,86391',
      HEARTBEAT,
    ]);
  });

  test('waits for one byte more than there is', () => {
    expect(queclinkFraming(bytesOf(`x${HEARTBEAT.slice(0, 20)}`), 1)).toEqual({ step: 'more', atLeast: 21 });
    expect(queclinkFraming(new Uint8Array(), 0)).toEqual({ step: 'more', atLeast: 1 });
  });

  const HEADER = 'a frame begins with + but not with +RESP:GT, +BUFF:GT or +ACK:GT';

  test.each([
    ['a binary report', '+RSP\u0000\u0017', HEADER],
    ['a binary event', '+EVT\u0000\u0017', HEADER],
    ['a binary acknowledgement', '+ACK\u0001', HEADER],
    ['a web client', 'GET / HTTP/1.1\r\n', 'an HTTP request'],
    ['a binary login', '\0\u000f356307042441013', 'bytes that are no text'],
    ['text of another protocol', '*HQ,4109179024,V1,120000,A,5329.0', 'no + within 32 bytes'],
    ['text without an end', `+RESP:GTFRI,${'1,'.repeat(2_050)}`, 'no $ within 4096 bytes'],
    ['an end that comes too late', `+RESP:GTFRI,${'1,'.repeat(2_050)}$`, 'no $ within 4096 bytes'],
  ])('a stream is broken by %s', (_, text, why) => {
    expect(outcomesOfText(HEARTBEAT + text)).toEqual([
      HEARTBEAT,
      `not-this-protocol: no @Track text: ${why}`,
    ]);
  });

  test('a message may be as long as the limit', () => {
    const message = `+RESP:GTDAT,${'x'.repeat(4_096 - 13)}$`;
    expect(outcomesOfText(message)).toEqual([message]);
  });
});

describe('deviceOfQueclink', () => {
  test.each([
    ['behind the protocol version', HEARTBEAT, DEVICE],
    ['behind a long one', LONG_REPORT, DEVICE],
    ['a MEID', REPLAYED, 'A10000000000C7'],
    ['without a protocol version', `+RESP:GTTRI,${DEVICE},1,20260302091502,01F4$`, DEVICE],
    ['too short', '+RESP:GTFRI,060502,8639100000000,,20260302091502,01F4$', null],
    ['none', '+RESP:GTFRI', null],
    ['another protocol', `*HQ,${DEVICE},V1$`, null],
    ['nothing', '', null],
  ])('%s', (_, text, device) => {
    expect(deviceOfQueclink(bytesOf(text))).toBe(device);
  });
});
