import { z } from 'zod';
import { fail, ok, type Result } from '../../base/result.ts';
import { closestOf } from '../../mapping/closest-name.ts';

/**
 * Reads the text of one cell, which is not empty. The error says what would be right. `hasDecimalComma` holds in files
 * separated by semicolons: there spreadsheets write 28,5 for 28.5.
 */
export type CellReader<T> = (text: string, hasDecimalComma: boolean) => Result<T, string>;

const PLAIN = /^\d+(\.\d+)?$/;
const THOUSANDS = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
const DECIMAL_COMMA = /^\d+,\d+$/;
const THOUSANDS_DECIMAL_COMMA = /^\d{1,3}(\.\d{3})+,\d+$/;
/** One thousand to a person, one to another: nobody is charged by a guess. */
const EITHER = /^[1-9]\d{0,2}([.,]\d{3})+$/;

/** A plain decimal, such as "1234.50"; its digits stay as they were written. */
export const readDecimal: CellReader<string> = (text, hasDecimalComma) => {
  const given = text.trim();
  if (hasDecimalComma && EITHER.test(given))
    return fail(
      `"${given}" may be thousands or a fraction; write it without separators, such as 1234 or 1,5`,
    );
  if (PLAIN.test(given)) return ok(given);
  if (!hasDecimalComma && THOUSANDS.test(given)) return ok(given.replaceAll(',', ''));
  if (hasDecimalComma && (DECIMAL_COMMA.test(given) || THOUSANDS_DECIMAL_COMMA.test(given)))
    return ok(given.replaceAll('.', '').replace(',', '.'));
  return fail(`"${given}" is no number; write it plainly, such as 1234.5`);
};

/** Pounds, with or without their sign. */
export const readPounds: CellReader<string> = (text, hasDecimalComma) =>
  readDecimal(text.trim().replace(/^£\s*/, ''), hasDecimalComma);

/** A part of the whole, such as "0.2"; "20%" is the same. */
export const readShare: CellReader<string> = (text, hasDecimalComma) => {
  const isPercent = text.trim().endsWith('%');
  const number = readDecimal(isPercent ? text.trim().slice(0, -1) : text, hasDecimalComma);
  if (!number.ok) return number;
  const share = isPercent ? hundredthOf(number.value) : number.value;
  return Number(share) <= 1 ? ok(share) : fail(`"${text}" is more than the whole; write 0.2 or 20%`);
};

function hundredthOf(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = whole.padStart(3, '0');
  const shifted = `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
  return shifted.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '');
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayText = z.iso.date();

/** A local day: 2026-03-02, 02/03/2026 with the day before the month, or 2 Mar 2026. */
export const readDay: CellReader<string> = (text) => {
  const given = text.trim();
  const day = isoDayOf(given);
  return day !== null && dayText.safeParse(day).success
    ? ok(day)
    : fail(`"${given}" is no day; write it like 2026-03-02 or 02/03/2026, the day before the month`);
};

function isoDayOf(given: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) return given;
  const [, day, month, year] =
    /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(given)?.toSpliced(2, 1) ??
    /^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$/.exec(given) ??
    [];
  if (day === undefined || month === undefined || year === undefined) return null;
  const number = /\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const instantText = z.iso.datetime({ offset: true });

/** A local day, or a moment in UTC. */
export type DayOrMoment =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'moment'; readonly atMs: number };

/** A day, which begins at midnight of the contract's time zone, or a moment with its offset. */
export const readMoment: CellReader<DayOrMoment> = (text, hasDecimalComma) => {
  const given = text.trim();
  if (instantText.safeParse(given).success) return ok({ kind: 'moment', atMs: Date.parse(given) });
  const day = readDay(given, hasDecimalComma);
  if (day.ok) return ok({ kind: 'day', day: day.value });
  return fail(
    `"${given}" is no day and no moment; write 2026-03-02, or with its offset 2026-03-02T09:00:00Z`,
  );
};

/** One of a few words, in small or capital letters. */
export function readOneOf<const Word extends string>(words: readonly Word[]): CellReader<Word> {
  return (text) => {
    const given = text.trim();
    const word = words.find((each) => each.toLowerCase() === given.toLowerCase());
    if (word !== undefined) return ok(word);
    const meant = closestOf(given, words);
    const hint = meant === null ? '' : `; did you mean "${meant}"?`;
    return fail(`"${given}" is none of ${words.join(', ')}${hint}`);
  };
}

/** Text as the schema takes it; what a spreadsheet made of a long number is refused. */
export function readText<T>(schema: z.ZodType<T>): CellReader<T> {
  return (text) => {
    if (/^\d([.,]\d+)?E\+\d+$/i.test(text))
      return fail(
        `a spreadsheet shortened the number to "${text}"; make the column text, and fill it in again`,
      );
    const parsed = schema.safeParse(text);
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return fail(
      issue?.code === 'too_big' ? `it is longer than ${issue.maximum} characters` : (issue?.message ?? ''),
    );
  };
}
