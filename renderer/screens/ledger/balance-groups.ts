import type { BalanceRow } from '../../../core/protocol/money-asks.ts';

/** All accounts of one code of the chart, with their sum. */
export interface BalanceGroup {
  readonly code: string;
  readonly name: string;
  readonly pence: number;
  /** Accounts kept apart by operator, contract, vehicle or investor; empty where the code is one account. */
  readonly accounts: readonly BalanceRow[];
}

/** Balances by the code of their account, in the order of the chart. */
export function groupBalances(balances: readonly BalanceRow[]): readonly BalanceGroup[] {
  const byCode = new Map<string, BalanceRow[]>();
  for (const row of balances) byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
  return [...byCode]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, rows]) => ({
      code,
      name: rows[0]?.name.split(': ')[0] ?? code,
      pence: sumOf(rows),
      accounts: rows.some(({ account }) => account !== code) ? rows : [],
    }));
}

/** Of a whole book it is zero. */
export function sumOf(balances: readonly Pick<BalanceRow, 'pence'>[]): number {
  return balances.reduce((sum, { pence }) => sum + pence, 0);
}

/** "1100 Receivable: North Cabs" of "1100:north", "1100 Receivable" of "1100"; one without a balance keeps its code. */
export function accountWords(balances: readonly BalanceRow[], account: string): string {
  const row = balances.find((each) => each.account === account);
  if (row !== undefined) return `${row.code} ${row.name}`;
  const group = groupBalances(balances).find(({ code }) => code === account);
  return group === undefined ? account : `${account} ${group.name}`;
}

/** Whose name an account has in its group: "North Cabs". */
export function ownerWords({ name, account }: BalanceRow): string {
  const [, ...owner] = name.split(': ');
  return owner.length === 0 ? account : owner.join(': ');
}
