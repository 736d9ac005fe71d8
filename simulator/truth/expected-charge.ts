import { must } from '../../core/base/assert.ts';
import { startOfDayMs } from '../../core/base/calendar.ts';
import { divideHalfAwayFromZero, parseDecimal } from '../../core/base/decimal.ts';
import type { Book, BookContract } from '../../core/protocol/book.ts';
import type { Quantity } from '../../core/protocol/terms.ts';

/** A stay of a vehicle under a contract, as instants. */
export interface Stay {
  readonly contract: BookContract;
  readonly fromMs: number;
  /** Infinity when it has no end. */
  readonly toMs: number;
}

/** What a book says a vehicle's miles cost, worked out apart from the product. */
export function staysOf(book: Book, vehicle: string): readonly Stay[] {
  return book.contracts.flatMap((contract) =>
    contract.assignments
      .filter((assignment) => assignment.vehicle === vehicle)
      .map(({ from, to }) => ({
        contract,
        fromMs: Math.max(Date.parse(from), startOfDayMs(contract.start, contract.timezone)),
        toMs: Math.min(to === undefined ? Infinity : Date.parse(to), endMs(contract)),
      })),
  );
}

function endMs({ end, timezone }: BookContract): number {
  return end === undefined ? Infinity : startOfDayMs(end, timezone);
}

/** Pence for a day's tenths at the rate its first mile has on that day; half away from zero. */
export function dayPence({ terms, amendments }: BookContract, day: string, tenths: number): number {
  const inForce = (amendments ?? [])
    .filter(({ from }) => from <= day)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  const rate = must((inForce?.terms ?? terms).tiers[0]?.rate, 'terms have a rate');
  return priceTenths(tenths, rate);
}

/** Pence for tenths at a rate in pence a unit, rounded once. */
export function priceTenths(tenths: number, rate: Quantity): number {
  const parsed = parseDecimal(String(rate));
  const { digits, scale } = must(parsed.ok ? parsed.value : null, () => `"${rate}" is a rate of a book`);
  return Number(divideHalfAwayFromZero(BigInt(tenths) * digits, 10n ** BigInt(scale + 1)));
}
