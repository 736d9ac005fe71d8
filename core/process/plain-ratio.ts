import type { Quantity } from '../protocol/terms.ts';

/** A fraction of big integers, for checking exact arithmetic by another way. The denominator is above zero. */
export interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

export function ratio(over: number, under = 1): Ratio {
  return { over: BigInt(over), under: BigInt(under) };
}

/** A plain decimal as it is written: "0.2" is 2/10. */
export function plain(quantity: Quantity): Ratio {
  const [whole = '0', fraction = ''] = String(quantity).split('.');
  return { over: BigInt(whole + fraction), under: 10n ** BigInt(fraction.length) };
}

export function timesRatio(a: Ratio, b: Ratio): Ratio {
  return { over: a.over * b.over, under: a.under * b.under };
}

/** To a whole number, halves away from zero. */
export function half({ over, under }: Ratio): number {
  const isNegative = over < 0n;
  const doubled = (isNegative ? -over : over) * 2n + under;
  const whole = Number(doubled / (under * 2n));
  return isNegative && whole !== 0 ? -whole : whole;
}
