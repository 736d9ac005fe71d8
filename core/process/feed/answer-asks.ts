import { countToday } from '../../fold/count-up.ts';
import { describeRoster, describeVehicle } from '../../fold/describe-vehicle.ts';
import { explainCharge, type FetchPackets, type RawPacket } from '../../fold/explain-charge.ts';
import type { World } from '../../fold/world.ts';
import { investorDays, investorEntries } from '../../portfolio/investor-series.ts';
import type { AskAnswer, AskInput, AskName, InvestorSeries } from '../../protocol/link.ts';
import type { Store } from '../../portfolio/store.ts';
import { readRecords } from '../journal/read-journal.ts';

/** A function for each question of link.ts: checked input in, answer out. */
export type Answerers = { readonly [N in AskName]: (input: AskInput<N>) => AskAnswer<N> };

const REPORTING_WITHIN_MS = 24 * 3_600_000;

export function answerersFor(world: World, store: Store, journalFolder: string): Answerers {
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
      if (record.kind === 'packet')
        packets.set(position, { topic: record.topic, payload: record.payload, digestHex });
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
