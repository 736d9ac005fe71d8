import { must } from '../base/assert.ts';
import { addDays, addMonths, daysBetween, startOfDayMs } from '../base/calendar.ts';
import type { World } from '../fold/world.ts';
import type { BookContract } from '../protocol/book.ts';
import type { FinalDocument, PrintedLine } from '../protocol/document.ts';
import type { ContractTerms, Quantity } from '../protocol/terms.ts';
import { independentTenths } from './independent-odometer.ts';
import { half, plain, type Ratio, ratio, timesRatio } from './plain-ratio.ts';

/**
 * Prices a recorded document's period again as of its moment, by the rules as they are written and in plain fractions of
 * big integers: it shares no line with the rating it checks. Each difference is told in words.
 */
export function rerateDocument(world: World, document: FinalDocument): string[] {
  const account = world.contracts.find(({ contract }) => contract.id === document.contract);
  if (account === undefined) return [`${document.number}: there is no contract "${document.contract}"`];
  const { contract } = account;
  const lines = expectedLines(world, contract, document.rated.period);
  const netPence = lines.reduce((sum, { pence }) => sum + pence, 0);
  const vat = half(timesRatio(ratio(netPence), plain(contract.vatRate ?? 0)));
  const earlier = document.earlier.reduce(
    (sum, each) => ({ net: sum.net + each.netPence, vat: sum.vat + each.vatPence }),
    { net: 0, vat: 0 },
  );
  const found: string[] = [];
  const hold = (what: string, recorded: unknown, again: unknown): void => {
    const [was, is] = [JSON.stringify(recorded), JSON.stringify(again)];
    if (was !== is) found.push(`${document.number}: ${what} is ${was}, independently ${is}`);
  };
  hold('the lines', document.rated.lines, lines);
  hold('the net of its period', document.rated.netPence, netPence);
  hold('the VAT of its period', document.rated.vatPence, vat);
  hold('net', document.netPence, netPence - earlier.net);
  hold('VAT', document.vatPence, vat - earlier.vat);
  hold('gross', document.grossPence, netPence + vat - earlier.net - earlier.vat);
  return found;
}

/** A stretch of days under one set of terms. */
interface Stretch {
  readonly fromDay: string;
  readonly toDay: string;
  readonly terms: ContractTerms;
}

function expectedLines(world: World, contract: BookContract, index: number): PrintedLine[] {
  const startDay = addMonths(contract.anchor, index);
  const endDay = addMonths(contract.anchor, index + 1);
  const stretches = stretchesOf(contract, startDay, endDay);
  const names = assignedNames(contract);
  const units = contract.scope === 'vehicle' ? names.map((name) => [name]) : [names];
  return units.flatMap((unit) => unitLines(world, contract, stretches, unit, startDay, endDay));
}

function assignedNames({ assignments }: BookContract): string[] {
  return [...new Set(assignments.map(({ vehicle }) => vehicle))].toSorted();
}

function stretchesOf(contract: BookContract, startDay: string, endDay: string): Stretch[] {
  const stretches: Stretch[] = [];
  for (let day = startDay; day < endDay; day = addDays(day, 1)) {
    if (day < contract.start || (contract.end !== undefined && day >= contract.end)) continue;
    const terms = termsOf(contract, day, startDay);
    const last = stretches.at(-1);
    if (last !== undefined && last.terms === terms)
      stretches[stretches.length - 1] = { ...last, toDay: addDays(day, 1) };
    else stretches.push({ fromDay: day, toDay: addDays(day, 1), terms });
  }
  return stretches;
}

/** Rule B9, read off day by day: an amendment inside the period counts in it only from flat terms to flat terms. */
function termsOf(contract: BookContract, day: string, startDay: string): ContractTerms {
  let terms = contract.terms;
  for (const amendment of [...(contract.amendments ?? [])].toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (amendment.from > day) break;
    const isInside = amendment.from > startDay;
    if (isInside && !(isFlat(terms) && isFlat(amendment.terms)) && amendment.from > contract.start) continue;
    terms = amendment.terms;
  }
  return terms;
}

function isFlat({ tiers, standing, minMiles, minCharge, capMiles, capCharge }: ContractTerms): boolean {
  const conditions = [standing, minMiles, minCharge, capMiles, capCharge];
  return tiers.length === 1 && conditions.every((condition) => condition === undefined);
}

function unitLines(
  world: World,
  contract: BookContract,
  stretches: readonly Stretch[],
  names: readonly string[],
  startDay: string,
  endDay: string,
): PrintedLine[] {
  const active = activeDays(contract, names, startDay, endDay);
  if (contract.scope === 'vehicle' && active === 0) return [];
  if (names.length === 0) return [];
  let before = distance(world, contract, names, contract.start, startDay);
  const isReached = contract.targetMiles !== undefined && before >= targetTenths(contract.targetMiles);
  return stretches.flatMap(({ fromDay, toDay, terms }) => {
    const tenths = distance(world, contract, names, fromDay, toDay);
    const share = stretches.length > 1 ? ratio(1) : ratio(active, daysBetween(startDay, endDay));
    const toTarget =
      contract.targetMiles === undefined ? tenths : Math.max(0, targetTenths(contract.targetMiles) - before);
    before += tenths;
    const vehicle = contract.scope === 'vehicle' ? must(names[0], 'a unit has a name') : null;
    return charge(terms, tenths, Math.min(tenths, toTarget), share, !isReached).map((line) => ({
      kind: line.kind,
      vehicle,
      fromDay,
      toDay,
      tenths: line.tenths,
      ratePence: line.ratePence,
      pence: line.pence,
    }));
  });
}

function targetTenths(target: Quantity): number {
  return half(timesRatio(plain(target), ratio(10)));
}

function distance(
  world: World,
  contract: BookContract,
  names: readonly string[],
  fromDay: string,
  toDay: string,
): number {
  let tenths = 0;
  for (const name of names)
    for (let day = fromDay; day < toDay; day = addDays(day, 1))
      tenths += independentTenths(world, contract, name, day);
  return tenths;
}

/** Rule B2: days of the contract in the period; of a vehicle charged by itself, those it was assigned. */
function activeDays(
  contract: BookContract,
  names: readonly string[],
  startDay: string,
  endDay: string,
): number {
  let days = 0;
  for (let day = startDay; day < endDay; day = addDays(day, 1)) {
    if (day < contract.start || (contract.end !== undefined && day >= contract.end)) continue;
    if (contract.scope !== 'vehicle' || isAssigned(contract, names, day)) days += 1;
  }
  return days;
}

function isAssigned(contract: BookContract, names: readonly string[], day: string): boolean {
  const { timezone } = contract;
  const dayStartMs = startOfDayMs(day, timezone);
  const nextMs = startOfDayMs(addDays(day, 1), timezone);
  return contract.assignments.some(({ vehicle, from, to }) => {
    if (!names.includes(vehicle)) return false;
    const fromMs = Math.max(Date.parse(from), startOfDayMs(contract.start, timezone));
    const toMs = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
    const beginsToday = fromMs >= dayStartMs && fromMs < nextMs;
    return beginsToday || (fromMs < dayStartMs && toMs >= nextMs);
  });
}

interface Line {
  readonly kind: PrintedLine['kind'];
  readonly tenths: number | null;
  readonly ratePence: string | null;
  readonly pence: number;
}

/** Rule B4, in its order. `share` is p of rule B2. */
function charge(
  terms: ContractTerms,
  tenths: number,
  toTarget: number,
  share: Ratio,
  isMinimumDue: boolean,
): Line[] {
  const tenthsOf = (quantity: Quantity): number =>
    half(timesRatio(timesRatio(plain(quantity), ratio(10)), share));
  const penceOf = (quantity: Quantity): number =>
    half(timesRatio(timesRatio(plain(quantity), ratio(100)), share));
  const charged = terms.capMiles === undefined ? toTarget : Math.min(toTarget, tenthsOf(terms.capMiles));
  const lines: Line[] = [];
  if (terms.standing !== undefined)
    lines.push({ kind: 'standing', tenths: null, ratePence: null, pence: penceOf(terms.standing) });
  let usage = 0;
  let below = 0;
  for (const { upTo, rate } of terms.tiers) {
    const until = upTo === null ? charged : Math.min(tenthsOf(upTo), charged);
    if (until <= below) continue;
    const pence = priced(until - below, rate);
    lines.push({ kind: 'miles', tenths: until - below, ratePence: String(rate), pence });
    usage += pence;
    below = until;
  }
  if (tenths > charged)
    lines.push({ kind: 'uncharged_over_cap', tenths: tenths - charged, ratePence: '0', pence: 0 });
  if (terms.capCharge !== undefined && usage > penceOf(terms.capCharge)) {
    lines.push({
      kind: 'cap_adjustment',
      tenths: null,
      ratePence: null,
      pence: penceOf(terms.capCharge) - usage,
    });
    usage = penceOf(terms.capCharge);
  }
  if (!isMinimumDue) return lines;
  const short = terms.minMiles === undefined ? 0 : tenthsOf(terms.minMiles) - charged;
  if (short > 0) {
    const rate = terms.minRate ?? must(terms.tiers[0], 'terms have a rate').rate;
    const pence = priced(short, rate);
    lines.push({ kind: 'min_miles_shortfall', tenths: short, ratePence: String(rate), pence });
    usage += pence;
  }
  if (terms.minCharge !== undefined && penceOf(terms.minCharge) > usage)
    lines.push({
      kind: 'min_charge_topup',
      tenths: null,
      ratePence: null,
      pence: penceOf(terms.minCharge) - usage,
    });
  return lines;
}

function priced(tenths: number, rate: Quantity): number {
  return half(timesRatio(ratio(tenths, 10), plain(rate)));
}
