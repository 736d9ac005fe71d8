import { countToday } from '../../fold/count-up.ts';
import { describeRoster, describeVehicle } from '../../fold/describe-vehicle.ts';
import { explainCharge, type FetchPackets, type RawPacket } from '../../fold/explain-charge.ts';
import type { World } from '../../fold/world.ts';
import { investorDays, investorEntries } from '../../portfolio/investor-series.ts';
import type { z } from 'zod';
import type { accessAsks } from '../../protocol/access-asks.ts';
import type { doorAsks } from '../../protocol/door-asks.ts';
import type { ingestAsks } from '../../protocol/ingest-asks.ts';
import type { moneyAsks } from '../../protocol/money-asks.ts';
import type { asks, InvestorSeries } from '../../protocol/link.ts';
import type { Store } from '../../portfolio/store.ts';
import { readRecords } from '../journal/read-journal.ts';

interface Asks {
  readonly [name: string]: { readonly input: z.ZodType; readonly answer: z.ZodType };
}

/** A function for each question: checked input in, answer out, at once or when it is known. */
export type AnswerersOf<A extends Asks> = {
  readonly [N in keyof A]: (
    input: z.infer<A[N]['input']>,
  ) => z.infer<A[N]['answer']> | Promise<z.infer<A[N]['answer']>>;
};
export type Answerers = AnswerersOf<typeof asks>;
/** The questions about vehicles and income; door, intake, accounts and money have answerers of their own. */
export type FleetAnswerers = Omit<
  Answerers,
  keyof typeof doorAsks | keyof typeof ingestAsks | keyof typeof accessAsks | keyof typeof moneyAsks
>;

const REPORTING_WITHIN_MS = 24 * 3_600_000;

export function answerersFor(world: World, store: Store, journalFolder: string): FleetAnswerers {
  const fetchPackets = packetFetcher(journalFolder);
  return {
    'fleet.roster': () => describeRoster(world),
    'vehicle.now': ({ vehicle }) => describeVehicle(world, vehicle),
    'charge.explain': ({ vehicle, day }) => explainCharge(world, vehicle, day, fetchPackets),
    'investor.series': () => investorSeries(world, store),
    'investor.entries': ({ day }) => investorEntries(store, day),
  };
}

/** Reads packets back from the journal; what is not a packet any more (erased) is left out. */
export function packetFetcher(journalFolder: string): FetchPackets {
  return (positions) => {
    const packets = new Map<number, RawPacket>();
    for (const [position, { record, digestHex }] of readRecords(journalFolder, positions)) {
      if (record.kind !== 'packet') continue;
      const { topic, payload, isAuthenticated } = record;
      const proven = isAuthenticated === true ? { isAuthenticated } : {};
      packets.set(position, { topic, payload, digestHex, ...proven });
    }
    return packets;
  };
}

function investorSeries(world: World, store: Store): InvestorSeries {
  const onContract = world.vehicles.filter((vehicle) => vehicle.assignments.length > 0);
  const heardSince = world.clockMs - REPORTING_WITHIN_MS;
  const contracts = store.contracts();
  const posted = store.incomeByDay().reduce((sum, day) => sum + day.pence, 0);
  return {
    facility: world.facility?.name ?? 'No facility yet',
    currency: 'GBP',
    asOfMs: world.clockMs,
    vehicles: onContract.length,
    vehiclesReporting: onContract.filter(({ latest }) => (latest.lastHeardAtMs ?? 0) > heardSince).length,
    accruedPence: posted,
    unpostedPence: contracts.reduce((sum, contract) => sum + contract.unpostedPence, 0),
    todayPence: countToday(world).pence,
    days: investorDays(store),
  };
}
