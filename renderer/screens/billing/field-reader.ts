import type { Problems } from '../../link/use-decide.ts';
import { DAY_PROBLEM, parseDay } from '../../money/day-fields.ts';
import { DECIMAL_PROBLEM, parseDecimal, parsePercent } from '../../money/typed-money.ts';

/** Reads typed fields and keeps what is wrong with each; the first thing said of a field stands. */
export interface FieldReader {
  readonly text: (field: string, typed: string, whenEmpty: string) => string;
  /** Exact decimal text, "0" while it is none. */
  readonly decimal: (field: string, typed: string) => string;
  /** Percent as a share of one, exact decimal text. */
  readonly percent: (field: string, typed: string) => string;
  readonly wholeTo: (field: string, typed: string, most: number) => number;
  /** A local day, '' while it is none. */
  readonly day: (field: string, typed: string) => string;
  /** Undefined for a field that is left empty, which may be. */
  readonly maybe: <T>(typed: string, read: (typed: string) => T) => T | undefined;
  readonly add: (field: string, problem: string) => void;
  readonly addAll: (problems: Problems) => void;
  readonly problems: () => Problems;
}

export function newFieldReader(): FieldReader {
  const problems: Record<string, string> = {};
  const add = (field: string, problem: string): void => {
    problems[field] ??= problem;
  };
  const orElse = <T>(value: T | null, field: string, problem: string, otherwise: T): T => {
    if (value === null) add(field, problem);
    return value ?? otherwise;
  };
  return {
    text: (field, typed, whenEmpty) =>
      orElse(typed.trim() === '' ? null : typed.trim(), field, whenEmpty, ''),
    decimal: (field, typed) => orElse(parseDecimal(typed), field, DECIMAL_PROBLEM, '0'),
    percent: (field, typed) => orElse(parsePercent(typed), field, 'a percentage, such as 20 or 17.5', '0'),
    wholeTo: (field, typed, most) => {
      const number = /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : Number.POSITIVE_INFINITY;
      return orElse(number <= most ? number : null, field, `a whole number, ${most} at most`, 0);
    },
    day: (field, typed) => orElse(parseDay(typed), field, DAY_PROBLEM, ''),
    maybe: (typed, read) => (typed.trim() === '' ? undefined : read(typed)),
    add,
    addAll: (more) => {
      for (const [field, problem] of Object.entries(more)) add(field, problem);
    },
    problems: () => problems,
  };
}
