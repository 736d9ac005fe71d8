import { z } from 'zod';
import { must } from '../../core/base/assert.ts';

/** Values of a scenario file that are more than a number, and what they mean. */
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MOMENT = /^([+-])(?=\d)((?:\d{1,6}[dhms])+)$/;
const STRETCH = /^(?:\d{1,6}[dhms])+$/;
const SHARE = /^\d{1,3}(\.\d{1,2})?%$/;
const PICK = /^(all|\d{1,3}(\.\d{1,2})?%|\d{1,5}|(vendor|fleet|vehicle):[a-z0-9-]+)$/;

const worded = (pattern: RegExp, words: string) => z.string({ error: words }).regex(pattern, words);

/** "+2h", "+1d6h" after the start of live driving, "-3d" before it. */
export const momentText = worded(MOMENT, 'a moment counted from the start, such as +2h or +1d6h30m');
/** "20m", "1h30m". */
export const stretchText = worded(STRETCH, 'a length of time, such as 20m or 1h30m');
export const shareText = worded(SHARE, 'a share, such as 60%');
/** Which vehicles: all, a share, a number, or those of a vendor or a fleet, or one. */
export const pickText = z
  .union([z.string(), z.number().int().min(1).max(10_000).transform(String)])
  .refine((text) => PICK.test(text), 'all, a share (10%), a number, vendor:NAME, fleet:ID or vehicle:ID');

/** Milliseconds from the start, below zero before it. */
export function momentMs(moment: string): number {
  const [, sign, parts] = must(MOMENT.exec(moment), `"${moment}" was checked by the schema`);
  return (sign === '-' ? -1 : 1) * sumOf(parts ?? '');
}

export function stretchMs(stretch: string): number {
  return sumOf(stretch);
}

/** "60%" as 0.6. */
export function shareOf(share: string): number {
  return Number.parseFloat(share) / 100;
}

function sumOf(parts: string): number {
  let sum = 0;
  for (const [, count, unit] of parts.matchAll(/(\d+)([dhms])/g))
    sum += Number(count) * must(UNIT_MS[unit ?? ''], 'a unit of time');
  return sum;
}
