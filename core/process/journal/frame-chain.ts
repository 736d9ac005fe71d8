import { digestedBytes, endOfRecord, erasedDigest, isErased } from './record-layout.ts';
import { HashChain } from './record-digest.ts';
import type { FrameInSegment } from './segment-reader.ts';

/** Takes the records between two offsets into the chain; they lie there whole, as their frame's CRC has shown. */
export function chainRecords(chain: HashChain, buffer: Buffer, from: number, to: number): void {
  let at = from;
  while (at < to) {
    const end = endOfRecord(buffer, at, to);
    if (isErased(buffer, at)) chain.addDigest(erasedDigest(buffer, at));
    else chain.addRecord(digestedBytes(buffer, at, end));
    at = end;
  }
}

/** A frame says what the chain was before it; after the last one it has to be worked out. */
export function chainAfter({ buffer, frame }: FrameInSegment): Uint8Array {
  const chain = new HashChain(frame.chainBefore);
  chainRecords(chain, buffer, frame.payloadAt, frame.endAt);
  chain.endFrame();
  return chain.value();
}
