import { type RandomStream, randomStream } from '../../core/base/random.ts';

const FIRST_MS = 100;
const LONGEST_MS = 5_000;

/**
 * How long to wait before each next try: doubling from a tenth of a second up to five, each wait drawn from the upper
 * half of its range, so that a thousand trackers that lost one broker do not all come back in the same millisecond.
 */
export class Backoff {
  private readonly chance: RandomStream;
  private ceilingMs = FIRST_MS;

  constructor(name: string) {
    this.chance = randomStream('backoff', name);
  }

  nextMs(): number {
    const waitMs = Math.round(this.ceilingMs * (0.5 + this.chance.next() / 2));
    this.ceilingMs = Math.min(LONGEST_MS, this.ceilingMs * 2);
    return waitMs;
  }

  reset(): void {
    this.ceilingMs = FIRST_MS;
  }
}
