import { daysBetween, startOfDayMs } from '../base/calendar.ts';
import type { PrintedLine } from '../protocol/document.ts';
import { type BillCase, type CaseProblem, readBillCase } from './bill-case-input.ts';
import {
  type CaseMeter,
  isBeyondLast,
  metersOf,
  staysBetween,
  sumTenths,
  tenthsBetween,
} from './bill-case-meters.ts';
import { billingPeriod, type BillingPeriod } from './billing-period.ts';
import { sumPence } from './charge-usage.ts';
import { correctionOf, type DocumentAmounts } from './correction.ts';
import { activeSpan, type ExactContract, exactContract, periodDays, periodParts } from './exact-contract.ts';
import { vatPence } from './exact-terms.ts';
import { ratePeriod } from './rate-period.ts';

export interface BilledPeriod {
  readonly period: number;
  readonly asOf?: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly hours: string;
  readonly activeDays: number;
  readonly periodDays: number;
  readonly billableDistance: string;
  readonly unit: 'mi' | 'km';
  readonly perVehicle: Readonly<Record<string, string>>;
  readonly lines: readonly BilledLine[];
  readonly net: string;
  readonly vat: string;
  readonly gross: string;
  readonly provisional: boolean;
  readonly readingStatus: Readonly<Record<string, string>>;
}

export interface BilledLine {
  readonly kind: string;
  readonly distance?: string;
  readonly ratePence?: string;
  readonly amount: string;
}

export interface Adjustment {
  readonly period: number;
  readonly kind: 'supplementary' | 'credit_note';
  readonly net: string;
  readonly vat: string;
  readonly gross: string;
  readonly distance: string;
}

/** Rates a case's periods in order; the adjustments are each later rating of a period less those before it (rule B11). */
export function billCase(
  input: unknown,
): { readonly periods: BilledPeriod[]; readonly adjustments: Adjustment[] } | CaseProblem {
  const read = readBillCase(input);
  if (!read.ok) return read;
  const given = read.value;
  const contract = exactContract(given.contract);
  const issued = new Map<number, DocumentAmounts[]>();
  const periods: BilledPeriod[] = [];
  const adjustments: Adjustment[] = [];
  for (const { period, asOf } of given.periods) {
    const rated = ratePeriodOf(given, contract, billingPeriod(contract.anchor, period), asOf);
    periods.push(rated.billed);
    const before = issued.get(period) ?? [];
    const correction = before.length === 0 ? null : correctionOf(rated, before);
    if (correction !== null) adjustments.push(adjustmentOf(period, correction));
    issued.set(period, [
      ...before,
      ...(before.length === 0 ? [rated] : correction === null ? [] : [correction]),
    ]);
  }
  return { periods, adjustments };
}

interface RatedCase extends DocumentAmounts {
  readonly billed: BilledPeriod;
}

function ratePeriodOf(
  given: BillCase,
  contract: ExactContract,
  period: BillingPeriod,
  asOf: string | undefined,
): RatedCase {
  const { timezone } = contract;
  const startMs = startOfDayMs(period.startDay, timezone);
  const endMs = startOfDayMs(period.endDay, timezone);
  const meters = metersOf(given, asOf);
  const parts = periodParts(contract, period);
  const stays = staysBetween(given, contract, startMs, endMs);
  const usage = new Map<string, number>();
  let isProvisional = false;
  for (const { vehicle, fromMs, toMs } of stays) {
    const tenths = tenthsBetween(meters.get(vehicle), fromMs, toMs, contract.unit);
    usage.set(vehicle, (usage.get(vehicle) ?? 0) + tenths);
    isProvisional ||= isBeyondLast(meters.get(vehicle), toMs);
  }
  const tenthsByPart = parts.map(({ fromDay, toDay }) => {
    const [fromMs, toMs] = [startOfDayMs(fromDay, timezone), startOfDayMs(toDay, timezone)];
    return sumTenths(meters, staysBetween(given, contract, fromMs, toMs), contract.unit);
  });
  const contractStartMs = startOfDayMs(contract.start, timezone);
  const span = activeSpan(contract, period);
  const activeDays = span === null ? 0 : daysBetween(span.fromDay, span.toDay);
  const lines = ratePeriod(contract, parts, periodDays(period), [
    {
      vehicle: null,
      tenthsByPart,
      tenthsBefore: sumTenths(meters, staysBetween(given, contract, contractStartMs, startMs), contract.unit),
      activeDays,
      elapsedDays: activeDays,
    },
  ]);
  const tenths = [...usage.values()].reduce((sum, each) => sum + each, 0);
  const netPence = sumPence(lines);
  const vat = vatPence(netPence, contract.vatRate.value);
  const billed: BilledPeriod = {
    period: period.index,
    ...(asOf === undefined ? {} : { asOf }),
    periodStart: isoSecond(startMs),
    periodEnd: isoSecond(endMs),
    hours: String((endMs - startMs) / 3_600_000),
    activeDays,
    periodDays: periodDays(period),
    billableDistance: distanceText(tenths),
    unit: contract.unit,
    perVehicle: Object.fromEntries([...usage].map(([vehicle, each]) => [vehicle, distanceText(each)])),
    lines: lines.map(billedLine),
    net: pounds(netPence),
    vat: pounds(vat),
    gross: pounds(netPence + vat),
    provisional: isProvisional,
    readingStatus: statusesOf(given, meters, asOf),
  };
  return { tenths, netPence, vatPence: vat, billed };
}

function statusesOf(
  { readings }: BillCase,
  meters: ReadonlyMap<string, CaseMeter>,
  asOf: string | undefined,
): Record<string, string> {
  const statuses: Record<string, string> = {};
  for (const { ids, statuses: ofMeter } of meters.values())
    ids.forEach((reading, i) => {
      statuses[reading] = ofMeter[i] ?? 'accepted';
    });
  const known = readings.filter(({ id: reading }) => statuses[reading] !== undefined || asOf === undefined);
  return Object.fromEntries(known.map(({ id: reading }) => [reading, statuses[reading] ?? 'accepted']));
}

function billedLine({ kind, tenths, ratePence, pence }: PrintedLine): BilledLine {
  return {
    kind,
    ...(tenths === null ? {} : { distance: distanceText(tenths) }),
    ...(ratePence === null ? {} : { ratePence }),
    amount: pounds(pence),
  };
}

function adjustmentOf(period: number, correction: NonNullable<ReturnType<typeof correctionOf>>): Adjustment {
  return {
    period,
    kind: correction.kind,
    net: pounds(correction.netPence),
    vat: pounds(correction.vatPence),
    gross: pounds(correction.grossPence),
    distance: distanceText(correction.tenths),
  };
}

function isoSecond(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function distanceText(tenths: number): string {
  const sign = tenths < 0 ? '-' : '';
  const whole = Math.abs(tenths);
  return `${sign}${Math.floor(whole / 10)}.${whole % 10}`;
}

/** Pence as pounds with two decimals, exactly. */
function pounds(pence: number): string {
  const sign = pence < 0 ? '-' : '';
  const whole = Math.abs(pence);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}
