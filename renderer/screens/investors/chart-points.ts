import type { InvestorDay, InvestorSeries } from '../../../core/protocol/link.ts';
import { formatPence, formatShare, formatTenths } from '../../parts/formats.ts';
import { dayWords } from '../../parts/times.ts';

/** One day of a chart, in whole units (pounds or miles). A day nothing is known of has no values: a gap, never a zero. */
export interface ChartPoint {
  readonly day: string;
  /** A closed day's actual, or null. */
  readonly closed: number | null;
  /** The open day's actual, which still moves, or null. */
  readonly open: number | null;
  readonly expected: number | null;
}

/** The two measures that have a chart each, never one axis. */
export type Measure = 'revenue' | 'miles';

const FEWEST_DAYS = 8;
const DAY_MS = 86_400_000;

/** Days from the first to the last without a hole in the axis, a week and today at least, so that bars keep their width. */
export function chartPoints(days: readonly InvestorDay[], measure: Measure): ChartPoint[] {
  const last = days.at(-1);
  const first = days[0];
  if (first === undefined || last === undefined) return [];
  const known = new Map(days.map((day) => [day.day, day]));
  const count = Math.max(FEWEST_DAYS, daysBetween(first.day, last.day) + 1);
  return Array.from({ length: count }, (_, i) => {
    const day = dayBefore(last.day, count - 1 - i);
    return pointOf(day, known.get(day), measure);
  });
}

function pointOf(day: string, known: InvestorDay | undefined, measure: Measure): ChartPoint {
  if (known === undefined) return { day, closed: null, open: null, expected: null };
  const actual = measure === 'revenue' ? known.revenuePence / 100 : known.milesTenths / 10;
  const expected = measure === 'revenue' ? known.expectedRevenuePence / 100 : known.expectedMilesTenths / 10;
  return { day, closed: known.isOpen ? null : actual, open: known.isOpen ? actual : null, expected };
}

function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS);
}

/** Plain days have no time zone, so counting them in UTC is exact. */
function dayBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * DAY_MS).toISOString().slice(0, 10);
}

/** Actual as a share of expected over the closed days, or null before there is one. */
export function actualShare(days: readonly InvestorDay[]): number | null {
  const closed = days.filter((day) => !day.isOpen);
  const expected = closed.reduce((sum, day) => sum + day.expectedRevenuePence, 0);
  return expected === 0 ? null : closed.reduce((sum, day) => sum + day.revenuePence, 0) / expected;
}

/** What the chart shows, in a sentence, for those who do not see it. */
export function chartSentence({ days }: InvestorSeries, measure: Measure): string {
  const last = days.at(-1);
  if (last === undefined) return 'No day has been metered yet.';
  const words = (day: InvestorDay): string =>
    measure === 'revenue' ? formatPence(day.revenuePence) : formatTenths(day.milesTenths, 'mi');
  const expected =
    measure === 'revenue'
      ? formatPence(last.expectedRevenuePence)
      : formatTenths(last.expectedMilesTenths, 'mi');
  const today = last.isOpen
    ? `${dayWords(last.day)} stands at ${words(last)} so far, provisional, of ${expected} expected for the whole day.`
    : `${dayWords(last.day)} closed at ${words(last)}, expected ${expected}.`;
  const closed = days.filter((day) => !day.isOpen);
  if (closed.length === 0 || !last.isOpen) return today;
  const share = shareOf(closed, measure);
  const closedWords = closed.length === 1 ? 'The one closed day' : `The ${closed.length} closed days`;
  return share === null
    ? today
    : `${today} ${closedWords} came to ${formatShare(share)} of what was expected.`;
}

function shareOf(days: readonly InvestorDay[], measure: Measure): number | null {
  const sum = (pick: (day: InvestorDay) => number): number =>
    days.reduce((total, day) => total + pick(day), 0);
  const expected = sum((day) => (measure === 'revenue' ? day.expectedRevenuePence : day.expectedMilesTenths));
  const actual = sum((day) => (measure === 'revenue' ? day.revenuePence : day.milesTenths));
  return expected === 0 ? null : actual / expected;
}
