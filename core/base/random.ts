/** A reproducible stream of chance: the same seed words give the same numbers on every machine. */
export interface RandomStream {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number in [0, below). */
  readonly below: (below: number) => number;
}

/** xoshiro128** seeded by hashing the words, so that every (seed, name) has a stream of its own. */
export function randomStream(...words: readonly (string | number)[]): RandomStream {
  let [a, b, c, d] = seedState(words.join('\u0000'));
  const next = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result / 4_294_967_296;
  };
  return { next, below: (below) => Math.floor(next() * below) };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function seedState(text: string): [number, number, number, number] {
  let hash = 0x81_1c_9d_c5;
  const word = (salt: number): number => {
    hash = Math.imul(hash ^ salt, 0x01_00_01_93);
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01_00_01_93);
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x85_eb_ca_6b);
    hash ^= hash >>> 13;
    return hash | 1;
  };
  return [word(1), word(2), word(3), word(4)];
}
