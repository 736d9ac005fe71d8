import { CHART, accountFacts, type AccountCode } from '../ledger/chart-of-accounts.ts';
import { balancesAsOf, type EntrySet, FIRST_HASH } from '../ledger/ledger.ts';
import type { BalanceRow, SetRow } from '../protocol/money-asks.ts';
import type { World } from './world.ts';

/** The book's balances as of a moment; accounts at zero are left out. */
export function describeBalances(
  world: World,
  asOf: number | null,
): {
  readonly asOfMs: number;
  readonly balances: BalanceRow[];
  readonly sets: number;
  readonly lastHash: string;
} {
  const asOfMs = asOf ?? world.clockMs;
  const posted = world.ledger.sets.filter(({ postedAtMs }) => postedAtMs <= asOfMs);
  const balances = [...balancesAsOf(world.ledger, asOfMs)]
    .map(([account, pence]) => balanceRow(world, account, pence))
    .toSorted((a, b) => (a.account < b.account ? -1 : 1));
  return { asOfMs, balances, sets: posted.length, lastHash: posted.at(-1)?.hash ?? FIRST_HASH };
}

function balanceRow(world: World, account: string, pence: number): BalanceRow {
  const [code = '', of] = account.split(':');
  const facts = accountFacts(account) ?? CHART['1000'];
  const owner = of === undefined ? '' : `: ${nameOf(world, code as AccountCode, of)}`;
  return { account, code, name: `${facts.name}${owner}`, normal: facts.normal, pence };
}

/** An operator by its name, a vehicle by its registration, anything else by its id. */
function nameOf(world: World, code: AccountCode, of: string): string {
  const { per } = CHART[code];
  if (per === 'operator') return world.operatorNames.get(of) ?? of;
  if (per === 'vehicle') return world.vehicles[world.slotByVehicle.get(of) ?? -1]?.registration ?? of;
  return of;
}

/** Sets of entries, newest first, of an account (or of all accounts of a code), or about a subject. */
export function describeSets(
  world: World,
  input: {
    readonly asOfMs: number | null;
    readonly account: string | null;
    readonly subject: string | null;
    readonly limit: number;
  },
): { readonly sets: SetRow[]; readonly matching: number } {
  const asOfMs = input.asOfMs ?? Number.POSITIVE_INFINITY;
  const found = world.ledger.sets.filter(
    (set) =>
      set.postedAtMs <= asOfMs &&
      (input.subject === null || set.subject === input.subject) &&
      (input.account === null || set.entries.some(({ account }) => isOf(account, input.account ?? ''))),
  );
  const shown = found.slice(-input.limit).toReversed();
  return {
    sets: shown.map(setRow),
    matching: found.length,
  };
}

function setRow(set: EntrySet): SetRow {
  const { id, event, subject, contract, valueDay, postedAtMs, actor, approver, corrects, hash } = set;
  const entries = set.entries.map((entry) => ({ ...entry }));
  return { id, event, subject, contract, valueDay, postedAtMs, actor, approver, corrects, entries, hash };
}

function isOf(account: string, wanted: string): boolean {
  return account === wanted || account.startsWith(`${wanted}:`);
}
