import type { Framing, FrameStep } from '../framing.ts';
import { isQueclinkDevice } from './queclink-message.ts';

/**
 * The longest message: fifteen position blocks of 120 characters, or a full CAN block with its accessories, are below
 * 3,000. A stream that brings more without a `$` is not going to bring one.
 */
const MESSAGE_BYTES_MAX = 4_096;
/** A modem's "CONNECT 115200" and the like before the first message; beyond it, it is another protocol. */
const JUNK_BYTES_MAX = 32;

const DOLLAR = 0x24;
const PLUS = 0x2b;

/**
 * Cuts a stream of @Track messages at their `$`. NULs and line ends between messages are skipped, so is a little text
 * before the first `+`. Where the next message begins before a `$` came, the one before it was cut by its sender: it
 * is a frame of its own, for the decoder to take or to refuse by name.
 */
export const queclinkFraming: Framing = (bytes, start) => {
  const first = bytes[start];
  if (first === undefined) return { step: 'more', atLeast: 1 };
  if (isFiller(first)) return skipFiller(bytes, start);
  if (first !== PLUS) return skipJunk(bytes, start);
  const header = headerAt(bytes, start);
  if (header === 'none') return broken('a frame begins with + but not with +RESP:GT, +BUFF:GT or +ACK:GT');
  return header === 'cut' ? more(bytes, start) : cutMessage(bytes, start);
};

function cutMessage(bytes: Uint8Array, start: number): FrameStep {
  const dollarAt = bytes.indexOf(DOLLAR, start);
  const end = nextHeaderBefore(bytes, start + 1, dollarAt < 0 ? bytes.length : dollarAt) ?? dollarAt + 1;
  if (end > 0 && end - start <= MESSAGE_BYTES_MAX) return { step: 'frame', end };
  if (end > 0 || bytes.length - start > MESSAGE_BYTES_MAX)
    return broken(`no $ within ${MESSAGE_BYTES_MAX} bytes`);
  return more(bytes, start);
}

/** Where a message begins within another one; null when none does. Device names may hold a `+` of their own. */
function nextHeaderBefore(bytes: Uint8Array, from: number, end: number): number | null {
  let at = bytes.indexOf(PLUS, from);
  while (at >= 0 && at < end) {
    if (headerAt(bytes, at) === 'whole') return at;
    at = bytes.indexOf(PLUS, at + 1);
  }
  return null;
}

const HEADERS = ['+RESP:GT', '+BUFF:GT', '+ACK:GT'] as const;

/** Whether a header stands here; `cut` when the bytes end within what may become one. */
function headerAt(bytes: Uint8Array, at: number): 'whole' | 'cut' | 'none' {
  for (const header of HEADERS) {
    const length = commonLength(bytes, at, header);
    if (length === header.length) return 'whole';
    if (at + length === bytes.length) return 'cut';
  }
  return 'none';
}

function commonLength(bytes: Uint8Array, at: number, text: string): number {
  let length = 0;
  while (length < text.length && bytes[at + length] === text.charCodeAt(length)) length += 1;
  return length;
}

/** NUL, and what ends or pads a line. */
function isFiller(byte: number): boolean {
  return byte === 0 || byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09;
}

function skipFiller(bytes: Uint8Array, start: number): FrameStep {
  let end = start + 1;
  while (end < bytes.length && isFiller(bytes[end] ?? 1)) end += 1;
  return { step: 'skip', end };
}

/** How a web client begins. Not CONNECT: a modem says it too. */
const HTTP_METHODS = ['GET ', 'POST ', 'PUT ', 'HEAD ', 'OPTIONS ', 'DELETE ', 'PRI '] as const;

function skipJunk(bytes: Uint8Array, start: number): FrameStep {
  for (const method of HTTP_METHODS)
    if (commonLength(bytes, start, method) === method.length) return broken('an HTTP request');
  const end = Math.min(bytes.length, start + JUNK_BYTES_MAX);
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === PLUS) return { step: 'skip', end: at };
    if ((byte < 0x20 || byte > 0x7e) && !isFiller(byte)) return broken('bytes that are no text');
  }
  if (bytes.length - start >= JUNK_BYTES_MAX) return broken(`no + within ${JUNK_BYTES_MAX} bytes`);
  return more(bytes, start);
}

function more(bytes: Uint8Array, start: number): FrameStep {
  return { step: 'more', atLeast: bytes.length - start + 1 };
}

function broken(what: string): FrameStep {
  return { step: 'broken', refusal: { reason: 'not-this-protocol', detail: `no @Track text: ${what}` } };
}

/** Header, protocol version and device are in here. */
const HEAD_BYTES_MAX = 48;

/** The device that one whole message names, without reading the rest of it; null when it names none. */
export function deviceOfQueclink(bytes: Uint8Array): string | null {
  if (headerAt(bytes, 0) !== 'whole') return null;
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES_MAX));
  const [, first = '', second = ''] = head.split(',', 3);
  if (isQueclinkDevice(first)) return first;
  return isQueclinkDevice(second) ? second : null;
}
