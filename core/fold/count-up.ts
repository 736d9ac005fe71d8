import { billedTenths, openDayPence, pricedPence } from '../billing/contract-account.ts';
import type { Counts } from '../protocol/report.ts';
import { isQuarantined, readingStatuses } from '../metering/reading-status.ts';
import type { FoldCounts, World } from './world.ts';

/** The counts of the fold in the shape of the report; what the broker and the journal know is added by the caller. */
export function countUp(
  world: World,
  outside: { readonly acknowledged: number; readonly journal: Counts['journal'] },
): Counts {
  const { counts } = world;
  return {
    packets: {
      received: counts.received,
      decoded: counts.decoded,
      refused: { ...counts.refused },
      duplicate: counts.duplicate,
      acknowledged: outside.acknowledged,
    },
    readings: {
      decoded: counts.readings,
      accepted: counts.byStatus['accepted'] ?? 0,
      superseded: counts.byStatus['superseded'] ?? 0,
      jitter: counts.byStatus['jitter'] ?? 0,
      repeat: counts.byStatus['repeat'] ?? 0,
      quarantined: quarantinedByReason(counts),
      unclaimed: counts.unclaimed,
    },
    journal: outside.journal,
    vehicles: world.vehicles.filter((vehicle) => !vehicle.isHidden).length,
    tenths: world.contracts.reduce((sum, account) => sum + billedTenths(account), 0),
    pence: world.contracts.reduce((sum, account) => sum + pricedPence(account), 0),
  };
}

function quarantinedByReason(counts: FoldCounts): Record<string, number> {
  const entries = readingStatuses
    .filter(isQuarantined)
    .map((reason) => [reason, counts.byStatus[reason] ?? 0] as const)
    .filter(([, count]) => count > 0);
  return Object.fromEntries(entries);
}

/** Miles of the open day and their price, whole book. */
export function countToday(world: World): { readonly tenths: number; readonly pence: number } {
  let tenths = 0;
  let pence = 0;
  for (const account of world.contracts) {
    tenths += account.tenthsByDay.get(account.openDay) ?? 0;
    pence += openDayPence(account);
  }
  return { tenths, pence };
}
