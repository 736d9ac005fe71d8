import { assert } from '../../base/assert.ts';
import type { Framing } from '../../tracker/framing.ts';
import type { Refusal } from '../../tracker/refusal.ts';

/** What stands next in the stream. A frame's bytes are a view. */
export type NextStep =
  | { readonly step: 'frame'; readonly bytes: Buffer }
  | { readonly step: 'skip'; readonly byteCount: number }
  | { readonly step: 'more'; readonly atLeast: number }
  | { readonly step: 'broken'; readonly refusal: Refusal };

/** Pieces of a byte each would cost far more memory than they carry. */
const PIECES_MAX = 256;

/**
 * A connection's bytes that are not a frame yet. What the network brings in small pieces is joined when there is enough
 * to judge, so that a piece does not cost a copy of the whole each time.
 */
export class FrameBuffer {
  #bytes: Buffer = EMPTY;
  #start = 0;
  #later: Buffer[] = [];
  #laterBytes = 0;
  #atLeast = 1;

  /** Bytes not given out yet. */
  get length(): number {
    return this.#bytes.length - this.#start + this.#laterBytes;
  }

  add(chunk: Buffer): void {
    this.#later.push(chunk);
    this.#laterBytes += chunk.length;
    if (this.#later.length >= PIECES_MAX) this.#join();
  }

  next(framing: Framing): NextStep {
    if (this.length < this.#atLeast) return { step: 'more', atLeast: this.#atLeast };
    this.#join();
    const step = framing(this.#bytes, this.#start);
    switch (step.step) {
      case 'broken':
        return step;
      case 'more':
        this.#atLeast = Math.max(step.atLeast, this.length + 1);
        return { step: 'more', atLeast: this.#atLeast };
      case 'skip':
        return { step: 'skip', byteCount: this.#takeUntil(step.end).length };
      case 'frame':
        return { step: 'frame', bytes: this.#takeUntil(step.end) };
    }
  }

  #takeUntil(end: number): Buffer {
    assert(end > this.#start && end <= this.#bytes.length, 'a framing goes forward, within its bytes');
    const taken = this.#bytes.subarray(this.#start, end);
    this.#start = end;
    this.#atLeast = 1;
    return taken;
  }

  #join(): void {
    if (this.#laterBytes === 0) return;
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#start), ...this.#later]);
    this.#start = 0;
    this.#later = [];
    this.#laterBytes = 0;
  }
}

const EMPTY = Buffer.alloc(0);
