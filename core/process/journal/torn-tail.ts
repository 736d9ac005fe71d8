import { FRAME_MAGIC, readFrame } from './frame.ts';
import type { OpenSegment } from './segment-reader.ts';

/**
 * Whether a good frame of a later position lies somewhere after `offset` of a plain segment. One flush is in flight at
 * a time, so a crash can tear only the last frame: a good one after a bad one means damage, and nothing may be cut.
 */
export function validFrameAfter(segment: OpenSegment, offset: number, fromPosition: number): boolean {
  if (segment.file.form === 'sealed') return true;
  const rest = segment.read(offset, segment.bytes - offset);
  for (let at = rest.indexOf(FRAME_MAGIC, 1); at !== -1; at = rest.indexOf(FRAME_MAGIC, at + 1)) {
    const reading = readFrame(rest, at, rest.length);
    if (reading.kind === 'frame' && reading.frame.firstPosition >= fromPosition) return true;
  }
  return false;
}
