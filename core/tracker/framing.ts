import type { Refusal } from './refusal.ts';

/**
 * Cuts a tracker's byte stream into packets, wherever the network split or joined it. Pure: `bytes` from `start` is all
 * that is known of the stream so far; the answer depends on nothing else.
 *
 * - `frame`: bytes from `start` to `end` are one packet, whole.
 * - `skip`: bytes up to `end` say nothing (a keep-alive) and are dropped.
 * - `more`: not whole yet; it can be judged again when there are `atLeast` bytes from `start`.
 * - `broken`: no packet starts here and there is no way to find the next one; the connection is of no more use.
 */
export type FrameStep =
  | { readonly step: 'frame'; readonly end: number }
  | { readonly step: 'skip'; readonly end: number }
  | { readonly step: 'more'; readonly atLeast: number }
  | { readonly step: 'broken'; readonly refusal: Refusal };

export type Framing = (bytes: Uint8Array, start: number) => FrameStep;
