import { fail, ok, type Result } from '../../core/base/result.ts';

const POUNDS = /^([-\u2212]?)\s*£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;
const TOO_FINE = /^[-\u2212]?\s*£?\s*[\d,]+\.\d{3,}$/;
/** What the core takes at most, ten thousand million pounds. */
const PENCE_MAX = 1_000_000_000_000;

/** Whole pence of money as people type it: "£1,234.56", "1234.5", "−12". Digit by digit, never through a fraction. */
export function parsePounds(text: string): Result<number, string> {
  const typed = text.trim();
  if (typed === '') return fail('give an amount, such as £1,234.56');
  if (TOO_FINE.test(typed)) return fail('a penny is the smallest: two decimals at most');
  const match = POUNDS.exec(typed);
  if (match === null) return fail('write it like £1,234.56');
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = whole.replaceAll(',', '');
  if (digits.length > 12) return fail('that is more than the book takes at once');
  const pence = Number(digits) * 100 + Number(fraction.padEnd(2, '0'));
  if (pence > PENCE_MAX) return fail('that is more than the book takes at once');
  return ok(sign === '' || pence === 0 ? pence : -pence);
}

/** The same, of an amount that has to be above zero. */
export function parsePositivePounds(text: string): Result<number, string> {
  const parsed = parsePounds(text);
  if (!parsed.ok || parsed.value > 0) return parsed;
  return fail('an amount above £0.00');
}

/** Whole pence, zero or more, as a field of pounds holds them: "1234.56". */
export function poundsField(pence: number): string {
  const digits = String(pence).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The value of what was typed, or the fallback while it is no amount. */
export function penceOr(text: string, otherwise: number): number {
  const parsed = parsePounds(text);
  return parsed.ok ? parsed.value : otherwise;
}

const DECIMAL = /^£?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*p?$/;

/** What a field of a quantity says of itself when it holds something else. */
export const DECIMAL_PROBLEM = 'a plain number, such as 1,000 or 12.5';

/** "£1,234.50" is the decimal text "1234.50"; null for what is no number. */
export function parseDecimal(text: string): string | null {
  const match = DECIMAL.exec(text.trim());
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  return `${whole.replaceAll(',', '')}${fraction}`;
}

/** "20" or "17.5 %" as the share of one it is, "0.2" or "0.175", digit by digit; null for what is no number to 100. */
export function parsePercent(text: string): string | null {
  const decimal = parseDecimal(text.replace(/%\s*$/, ''));
  if (decimal === null || Number(decimal) > 100) return null;
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = whole.padStart(3, '0');
  const share = `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
  return share.replace(/\.?0+$/, '').replace(/^0+(?=\d)/, '');
}
