import { addDays } from '../base/calendar.ts';
import { accountOf } from '../ledger/chart-of-accounts.ts';
import type { EntrySetDraft } from '../ledger/ledger.ts';
import type { ContractAccount, PeriodAccount } from './account-shapes.ts';
import { dayBounds, periodAccountOf, takeTenths } from './contract-account.ts';
import { settlePrices } from './price-units.ts';
import { minus, type SplitPence, sumOf } from './split-pence.ts';

/**
 * Ends the open day at its local midnight: the price of each open period's distance so far, less what 1110 holds for it
 * (which may be negative when evidence was withdrawn), becomes one balanced set a period. Then the next day opens.
 */
export function closeDay(account: ContractAccount): EntrySetDraft[] {
  const { contract, openDay, openDayEndMs } = account;
  settlePrices(account);
  const sets: EntrySetDraft[] = [];
  for (const period of account.periods.values()) {
    const due = minus(period.price, period.held);
    if (period.isFinal || (due.mileage === 0 && due.minimum === 0)) continue;
    period.held = period.price;
    sets.push({
      id: `accrual:${contract.id}:${period.period.startDay}:${openDay}`,
      event: 'accrual',
      subject: contract.id,
      contract: contract.id,
      valueDay: openDay,
      postedAtMs: openDayEndMs,
      actor: 'system',
      approver: null,
      corrects: null,
      entries: accrualEntries(contract.id, due),
    });
  }
  openNextDay(account);
  return sets;
}

/** Accrued income against the income accounts; a sum of zero that moves between them has no entry of its own. */
export function accrualEntries(contract: string, due: SplitPence): EntrySetDraft['entries'] {
  return [
    { account: accountOf('1110', contract), pence: sumOf(due) },
    { account: '4000', pence: -due.mileage },
    { account: '4010', pence: -due.minimum },
  ].filter(({ pence }) => pence !== 0);
}

function openNextDay(account: ContractAccount): void {
  Object.assign(account, dayBounds(account.contract, addDays(account.openDay, 1)));
  account.openDayTenths.clear();
  const { openDay } = account;
  const isActive = account.exact.end === null || openDay < account.exact.end;
  if (isActive) periodAccountOf(account, openDay);
  // One more day of standing charge and minimum is due.
  for (const period of account.periods.values()) {
    if (period.isFinal || openDay >= period.period.endDay) continue;
    if (owesByDay(period)) for (const key of period.units.keys()) period.stale.add(key);
  }
  const due = account.ahead.filter(({ day }) => day <= openDay);
  account.ahead = account.ahead.filter(({ day }) => day > openDay);
  for (const { slot, day, tenths } of due) takeTenths(account, slot, day, tenths);
}

function owesByDay({ parts }: PeriodAccount): boolean {
  return parts.some(
    ({ terms }) => terms.standing !== null || terms.minMiles !== null || terms.minCharge !== null,
  );
}
