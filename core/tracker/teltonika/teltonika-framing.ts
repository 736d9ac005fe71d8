import type { FrameStep, Framing } from '../framing.ts';
import type { Refusal } from '../refusal.ts';
import { uint16At, uint32At } from './teltonika-bytes.ts';
import { DATA_BYTES_MIN } from './teltonika-codec.ts';

const IMEI_DIGITS = 15;
/** The length of what follows, then the IMEI. */
export const LOGIN_BYTES = 2 + IMEI_DIGITS;
/** A byte alone, sent to keep the connection open. */
export const KEEP_ALIVE = 0xff;
/** Four zero bytes and the length of the data. */
export const FRAME_HEAD_BYTES = 8;
/** What a frame has beside its data: its head, and the checksum after it. */
export const FRAME_BYTES_AROUND = FRAME_HEAD_BYTES + 4;

/**
 * The journal keeps packets of at most 65,536 bytes whole; of a longer frame it had only the head, which decodes to
 * nothing. It still leaves 257 bytes for each of the 255 records a frame can count; devices send about 1,280 in all.
 */
const FRAME_BYTES_MAX = 65_536;
const DATA_BYTES_MAX = FRAME_BYTES_MAX - FRAME_BYTES_AROUND;

/** The first thing a tracker sends on a TCP connection. A frame of it may still name no IMEI: see `imeiOfLogin`. */
export const teltonikaLoginFraming: Framing = (bytes, start) => {
  const length = bytes.length - start;
  if (length > 0 && bytes[start] === KEEP_ALIVE) return skipKeepAlives(bytes, start);
  if (length > 0 && bytes[start] !== 0) return broken('not-this-protocol', 'a login starts with 000F');
  if (length < 2) return { step: 'more', atLeast: 2 };
  const digits = uint16At(bytes, start);
  if (digits !== IMEI_DIGITS)
    return broken('bad-device-id', `an IMEI has 15 digits; the login announces ${digits}`);
  return length < LOGIN_BYTES
    ? { step: 'more', atLeast: LOGIN_BYTES }
    : { step: 'frame', end: start + LOGIN_BYTES };
};

/** What a tracker sends after its login was accepted: frames, whose insides are not looked at. */
export const teltonikaDataFraming: Framing = (bytes, start) => {
  const length = bytes.length - start;
  if (length > 0 && bytes[start] === KEEP_ALIVE) return skipKeepAlives(bytes, start);
  if (!isZero(bytes, start, Math.min(start + 4, bytes.length)))
    return broken('not-this-protocol', 'a frame starts with four zero bytes');
  if (length < FRAME_HEAD_BYTES) return { step: 'more', atLeast: FRAME_HEAD_BYTES };
  const dataBytes = uint32At(bytes, start + 4);
  if (dataBytes < DATA_BYTES_MIN || dataBytes > DATA_BYTES_MAX) {
    const limits = `${DATA_BYTES_MIN} to ${DATA_BYTES_MAX}`;
    return broken('length-mismatch', `a frame has ${limits} bytes of data; this one announces ${dataBytes}`);
  }
  const frameBytes = dataBytes + FRAME_BYTES_AROUND;
  return length < frameBytes
    ? { step: 'more', atLeast: frameBytes }
    : { step: 'frame', end: start + frameBytes };
};

/** The IMEI of a login, whole and nothing else; null when the bytes are none. */
export function imeiOfLogin(bytes: Uint8Array): string | null {
  if (bytes.length !== LOGIN_BYTES || uint16At(bytes, 0) !== IMEI_DIGITS) return null;
  return imeiAt(bytes, 2);
}

/** The 15 digits that stand at `at`; null when one of them is none. */
export function imeiAt(bytes: Uint8Array, at: number): string | null {
  let imei = '';
  for (let i = at; i < at + IMEI_DIGITS; i += 1) {
    const code = bytes[i] ?? 0;
    if (code < 0x30 || code > 0x39) return null;
    imei += String.fromCharCode(code);
  }
  return imei;
}

/** True when all bytes from `start` to `end` are zero. */
export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] !== 0) return false;
  return true;
}

function skipKeepAlives(bytes: Uint8Array, start: number): FrameStep {
  let end = start + 1;
  while (bytes[end] === KEEP_ALIVE) end += 1;
  return { step: 'skip', end };
}

function broken(reason: Refusal['reason'], detail: string): FrameStep {
  return { step: 'broken', refusal: { reason, detail } };
}
