import type { RawDialect } from '../../core/process/listeners/raw-dialect.ts';
import { ok } from '../../core/base/result.ts';
import type { Decoder } from '../../core/tracker/decoded-packet.ts';
import type { Framing } from '../../core/tracker/framing.ts';

/*
 * Two protocols as small as can be, so that the listeners are tested and no maker's format is. One opens with a login
 * and counts the bytes of its frames, the other names its device in every message and ends it with a sign.
 */

/** `L` and four digits. */
const toyLogin: Framing = (bytes, start) => {
  if (bytes[start] === 0xff) return { step: 'skip', end: start + 1 };
  if (bytes[start] !== 0x4c) return broken('no login');
  return bytes.length - start < 5 ? { step: 'more', atLeast: 5 } : { step: 'frame', end: start + 5 };
};

/** Two bytes that count the rest, which is text; a lone FF says nothing; a count of 0 is broken. */
const toyFrames: Framing = (bytes, start) => {
  if (bytes[start] === 0xff) return { step: 'skip', end: start + 1 };
  if (bytes.length - start < 2) return { step: 'more', atLeast: 2 };
  const count = (bytes[start] ?? 0) * 256 + (bytes[start + 1] ?? 0);
  if (count === 0) return broken('a frame of nothing');
  const whole = 2 + count;
  return bytes.length - start < whole
    ? { step: 'more', atLeast: whole }
    : { step: 'frame', end: start + whole };
};

/** A frame that starts with `!` is refused, one with `?` asks for no reply; others are answered with `=` and their text. */
const decodeFrame: Decoder = ({ payload }) => {
  const text = Buffer.from(payload.subarray(2)).toString('latin1');
  if (text.startsWith('!')) return { ok: false, error: { reason: 'crc-mismatch', detail: 'as asked' } };
  const reply = text.startsWith('?') ? {} : { reply: Buffer.from(`=${text}`) };
  return ok({ provider: 'teltonika', kind: 'readings', device: '', readings: [], ...reply });
};

export const toyWithLogin: RawDialect = {
  feed: 'teltonika',
  login: {
    framing: toyLogin,
    deviceOf: (login) => {
      const digits = Buffer.from(login).toString('latin1', 1);
      return /^\d{4}$/u.test(digits) ? digits : null;
    },
    accepted: Buffer.from([1]),
    refused: Buffer.from([0]),
  },
  framing: toyFrames,
  deviceOf: () => null,
  datagramFraming: (bytes) => ({ step: 'frame', end: bytes.length }),
  /** Four digits after the two bytes of count. */
  deviceOfDatagram: (packet) => /^\d{4}/u.exec(Buffer.from(packet).toString('latin1', 2))?.[0] ?? null,
};

/** The bytes of a frame with this text. */
export function toyFrame(text: string): Buffer {
  const count = Buffer.alloc(2);
  count.writeUInt16BE(text.length);
  return Buffer.concat([count, Buffer.from(text, 'latin1')]);
}

/** `device:text$`. */
const toyMessages: Framing = (bytes, start) => {
  const end = bytes.indexOf(0x24, start);
  return end < 0 ? { step: 'more', atLeast: bytes.length - start + 1 } : { step: 'frame', end: end + 1 };
};

export const toyWithoutLogin: RawDialect = {
  feed: 'queclink',
  login: null,
  framing: toyMessages,
  deviceOf: deviceOfMessage,
  datagramFraming: toyMessages,
  deviceOfDatagram: deviceOfMessage,
};

const decodeMessage: Decoder = ({ payload }) => {
  const text = Buffer.from(payload).toString('latin1');
  if (!text.endsWith('$')) return { ok: false, error: { reason: 'not-this-protocol', detail: 'no end' } };
  const reply = Buffer.from(`=${text}`);
  return ok({ provider: 'queclink', kind: 'readings', device: '', readings: [], reply });
};

export const decodeToys: Decoder = (packet) =>
  packet.topic.includes('/teltonika/') ? decodeFrame(packet) : decodeMessage(packet);

function deviceOfMessage(message: Uint8Array): string | null {
  return /^(\d{4}):/u.exec(Buffer.from(message).toString('latin1'))?.[1] ?? null;
}

function broken(detail: string): ReturnType<Framing> {
  return { step: 'broken', refusal: { reason: 'not-this-protocol', detail } };
}
