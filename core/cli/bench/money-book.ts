import type { Book, BookContract } from '../../protocol/book.ts';
import type { ContractTerms } from '../../protocol/terms.ts';
import { benchBook, type BenchVehicle } from './bench-fleet.ts';

/** A month with a clock change in it. */
export const MONTH_START = '2026-03-01';
export const TIMEZONE = 'Europe/London';

export type TermsName = 'flat' | 'tiers' | 'minimum' | 'tiers and minimum';

/** The contracts of a bench's book. */
export interface MoneySettings {
  readonly contracts: number;
  /** Given to the contracts in turns, first to one that charges each vehicle, then to one that charges all together. */
  readonly terms: readonly TermsName[];
  /** Without assignments the book has the same contracts and nothing is charged. */
  readonly isAssigned: boolean;
}

const MILES_OF_FIRST_TIER = 600;
const MILES_OF_SECOND_TIER = 1_200;
const MINIMUM_MILES = 900;

/** The fleet shared out among contracts with VAT that run from `MONTH_START`. */
export function moneyBook(fleet: readonly BenchVehicle[], settings: MoneySettings): Book {
  const book = benchBook(fleet, MONTH_START, TIMEZONE);
  const size = Math.ceil(fleet.length / settings.contracts);
  const contracts = Array.from({ length: settings.contracts }, (_, index) =>
    moneyContract(index, fleet.slice(index * size, (index + 1) * size), settings),
  );
  return { ...book, contracts };
}

function moneyContract(
  index: number,
  vehicles: readonly BenchVehicle[],
  { terms, isAssigned }: MoneySettings,
): BookContract {
  const isPool = index % 2 === 1;
  const name = terms[Math.floor(index / 2) % terms.length] ?? 'flat';
  return {
    id: `C${index}`,
    operator: 'O1',
    timezone: TIMEZONE,
    unit: 'mi',
    anchor: MONTH_START,
    start: MONTH_START,
    assignments: isAssigned
      ? vehicles.map(({ id }) => ({ vehicle: id, from: `${MONTH_START}T00:00:00Z` }))
      : [],
    scope: isPool ? 'contract' : 'vehicle',
    terms: termsOf(name, isPool ? vehicles.length : 1),
    vatRate: '0.2',
    underwriting: { milesPerMonth: 1_000 },
  };
}

function termsOf(name: TermsName, vehicles: number): ContractTerms {
  const tiers = [
    { upTo: MILES_OF_FIRST_TIER * vehicles, rate: '30' },
    { upTo: MILES_OF_SECOND_TIER * vehicles, rate: '24.5' },
    { upTo: null, rate: '19.25' },
  ];
  const flat = [{ upTo: null, rate: '30' }];
  const minMiles = MINIMUM_MILES * vehicles;
  switch (name) {
    case 'flat':
      return { tiers: flat };
    case 'tiers':
      return { tiers };
    case 'minimum':
      return { tiers: flat, minMiles };
    case 'tiers and minimum':
      return { tiers, minMiles };
  }
}
