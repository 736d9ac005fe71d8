import type { PrintedLine } from '../protocol/document.ts';

/** Income by account: 4000 and 4010. */
export interface SplitPence {
  readonly mileage: number;
  readonly minimum: number;
}

export const NO_PENCE: SplitPence = { mileage: 0, minimum: 0 };

/** Which income account each line belongs to. */
export function splitLines(lines: readonly Pick<PrintedLine, 'kind' | 'pence'>[]): SplitPence {
  let mileage = 0;
  let minimum = 0;
  for (const { kind, pence } of lines) {
    if (kind === 'miles' || kind === 'cap_adjustment' || kind === 'uncharged_over_cap') mileage += pence;
    else minimum += pence;
  }
  return { mileage, minimum };
}

export function sumOf({ mileage, minimum }: SplitPence): number {
  return mileage + minimum;
}

export function plus(a: SplitPence, b: SplitPence): SplitPence {
  return { mileage: a.mileage + b.mileage, minimum: a.minimum + b.minimum };
}

export function minus(a: SplitPence, b: SplitPence): SplitPence {
  return { mileage: a.mileage - b.mileage, minimum: a.minimum - b.minimum };
}
