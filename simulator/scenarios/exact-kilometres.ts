import { assert, must } from '../../core/base/assert.ts';
import { parseDecimal } from '../../core/base/decimal.ts';
import type { OdometerText } from '../trackers/odometer-text.ts';

const NANOMETRES: Readonly<Record<OdometerText['unit'], bigint>> = {
  mi: 1_609_344_000_000n,
  km: 1_000_000_000_000n,
  m: 1_000_000_000n,
};
const KM_DIGITS = 12;

/** An odometer value, and so many kilometres more, as exact decimal kilometres. */
export function exactKilometres({ text, unit }: OdometerText, moreKm: number): string {
  const parsed = parseDecimal(text);
  const { digits, scale } = must(parsed.ok ? parsed.value : null, () => `"${text}" is a value we wrote`);
  const nanometres = (digits * NANOMETRES[unit]) / 10n ** BigInt(scale) + BigInt(moreKm) * NANOMETRES.km;
  assert(nanometres >= 0n, () => `an odometer at ${text} ${unit} cannot show ${moreKm} km more`);
  const padded = String(nanometres).padStart(KM_DIGITS + 1, '0');
  const fraction = padded.slice(-KM_DIGITS).replace(/0+$/, '');
  return `${padded.slice(0, -KM_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}
