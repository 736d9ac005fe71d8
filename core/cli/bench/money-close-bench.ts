import { must } from '../../base/assert.ts';
import { sumOf } from '../../billing/split-pence.ts';
import { settlePrices } from '../../billing/price-units.ts';
import type { ContractAccount } from '../../billing/account-shapes.ts';
import { periodOf } from '../../billing/contract-account.ts';
import { composeDocument } from '../../fold/compose-document.ts';
import { takeChanges } from '../../fold/take-changes.ts';
import type { World } from '../../fold/world.ts';
import { issuingOf } from '../../process/money/issue-document.ts';
import { benchFleet } from './bench-fleet.ts';
import type { BenchRun } from './bench-outcome.ts';
import { MONTH_START, moneyBook } from './money-book.ts';
import { applyNext, packetAt, processorMicroseconds, worldOf } from './money-fold.ts';
import { openVehicleDays } from './money-floor.ts';
import { inTurns, median } from './verdict.ts';

/** Both the number of contracts and their size grow, so that whatever grows faster than the fleet shows. */
const LARGE: DrivenFleet = { vehicles: 100_000, contracts: 100, hoursApart: 72 };
const SMALL: DrivenFleet = { ...LARGE, vehicles: 1_000, contracts: 10 };
/** A document names by their hash all the readings it is made from, so their number counts too. */
const HOURLY: DrivenFleet = { ...SMALL, hoursApart: 1 };
const ROUNDS = 3;
const SMALL_ROUNDS = 20;
const HOURLY_ROUNDS = 3;
/** Small months closed beforehand: compilers are through with the code then. */
const WARM_UP_ROUNDS = 20;

interface DrivenFleet {
  readonly vehicles: number;
  readonly contracts: number;
  /** Hours from one reading of a vehicle to its next. */
  readonly hoursApart: number;
}

/**
 * Closing a month: every contract's document composed, from the odometers, and taken by the fold, which posts it. Beside
 * it the least that a database does: the sum of a table of vehicle days, by operator.
 */
export async function benchMonthClose(): Promise<BenchRun> {
  const vehicleDays = await openVehicleDays(LARGE.vehicles, LARGE.contracts);
  try {
    closedMonths(WARM_UP_ROUNDS, SMALL);
    const small = median(closedMonths(SMALL_ROUNDS, SMALL));
    const hourly = median(closedMonths(HOURLY_ROUNDS, HOURLY));
    const floor = (): number => processorMicroseconds(() => vehicleDays.sumMonth()) / LARGE.vehicles;
    floor();
    const rounds = await inTurns(ROUNDS, floor, () => closeMonth(LARGE));
    const large = median(rounds.map(({ product }) => product));
    return {
      rounds,
      notes: [
        `${describeFleet(LARGE)}: ${large.toFixed(1)} µs a vehicle, ${((large * LARGE.vehicles) / 1e6).toFixed(1)} s for all`,
        `${describeFleet(SMALL)}: ${small.toFixed(1)} µs a vehicle; 100 times the fleet costs ${(large / small).toFixed(2)} times as much a vehicle`,
        `the same with a reading an hour: ${hourly.toFixed(0)} µs a vehicle, ${((hourly * LARGE.vehicles) / 1e6).toFixed(0)} s for ${LARGE.vehicles.toLocaleString('en-GB')}`,
        'every other contract charges its vehicles together; flat rate, tiers and minimum distance in turns',
      ],
    };
  } finally {
    vehicleDays.close();
  }
}

function describeFleet({ vehicles, contracts }: DrivenFleet): string {
  return `${vehicles.toLocaleString('en-GB')} vehicles in ${contracts} contracts`;
}

function closedMonths(rounds: number, driven: DrivenFleet): number[] {
  return Array.from({ length: rounds }, () => closeMonth(driven));
}

/** Microseconds a vehicle, of a world made for it: a month is closed once. */
function closeMonth(driven: DrivenFleet): number {
  const world = worldAfterMonth(driven);
  const microseconds = processorMicroseconds(() =>
    world.contracts.forEach((account) => issue(world, account)),
  );
  checkClosed(world);
  return microseconds / driven.vehicles;
}

function issue(world: World, account: ContractAccount): void {
  const document = must(composeDocument(world, account, periodOf(account, 0), ISSUING), 'the month is due');
  const decision = {
    decision: 'issue-document',
    actor: 'bench',
    reason: 'the month is over',
    document,
  } as const;
  applyNext(world, world.clockMs, { kind: 'decision', decision });
}

const ISSUING = { ...issuingOf(true), isOperatorFault: false };

/** What was issued is what was accrued, from every vehicle, and is in the book. */
function checkClosed({ contracts, money, ledger }: World): void {
  if (ledger.fault !== null) throw new Error(ledger.fault);
  if (money.documents.size !== contracts.length) throw new Error('not every contract has its document');
  for (const { document } of money.documents.values()) {
    const account = must(
      contracts.find(({ contract }) => contract.id === document.contract),
      'its contract',
    );
    settlePrices(account);
    const accruedPence = sumOf(periodOf(account, 0).price);
    const { vehicles, tenths, isProvisional } = document.rated;
    if (document.netPence !== accruedPence) throw new Error(`${document.number} is not what was accrued`);
    if (isProvisional || tenths === 0 || vehicles.length !== account.assigned.size)
      throw new Error(`${document.number} does not have all distances`);
  }
}

const DAY_MS = 86_400_000;
const METRES_A_MILE = 1_609;
const HOUR_MS = 3_600_000;
const MONTH_DAYS = 31;
const FIRST_MS = Date.parse(`${MONTH_START}T00:00:00Z`);
const CLOSED_AT_MS = FIRST_MS + (MONTH_DAYS + 1) * DAY_MS + HOUR_MS;

/** A fleet that drove through the month, every midnight accrued, told to the query side. */
function worldAfterMonth({ vehicles, contracts, hoursApart }: DrivenFleet): World {
  const fleet = benchFleet(vehicles, () => 'teltonika-mqtt-json');
  const book = moneyBook(fleet, { contracts, terms: ['flat', 'tiers', 'minimum'], isAssigned: true });
  const world = worldOf(book, FIRST_MS);
  for (const atMs of readingTimesMs(hoursApart)) {
    fleet.forEach((vehicle, index) => {
      const metres = Math.floor(((atMs - FIRST_MS) / DAY_MS) * milesADay(index) * METRES_A_MILE);
      applyNext(world, atMs, packetAt(vehicle, atMs, metres));
    });
    takeChanges(world);
  }
  applyNext(world, CLOSED_AT_MS, { kind: 'tick' });
  takeChanges(world);
  return world;
}

/** Evenly through the month, never at a midnight, and once more on the morning after it. */
function readingTimesMs(hoursApart: number): number[] {
  const firstHour = Math.min(18, hoursApart / 2);
  const count = Math.ceil((MONTH_DAYS * 24 - firstHour) / hoursApart);
  const inMonth = Array.from({ length: count }, (_, i) => FIRST_MS + (firstHour + i * hoursApart) * HOUR_MS);
  return [...inMonth, FIRST_MS + MONTH_DAYS * DAY_MS + 5 * HOUR_MS];
}

/** From 20 to 69: so some stay below the minimum, and some reach the last tier. */
function milesADay(index: number): number {
  return 20 + (index % 50);
}
