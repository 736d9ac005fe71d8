import { takeChanges } from '../../fold/take-changes.ts';
import type { World } from '../../fold/world.ts';
import { benchFleet } from './bench-fleet.ts';
import type { BenchRun } from './bench-outcome.ts';
import { MONTH_START, moneyBook } from './money-book.ts';
import { applyNext, packetAt, processorMicroseconds, worldOf } from './money-fold.ts';
import { inTurns } from './verdict.ts';

const VEHICLES = 5_000;
const CONTRACTS = 100;
const ROUNDS = 7;
const WARM_UP_ROUNDS = 2;
/** Every vehicle says something once in a step: with 10,000 packets a second, what comes between two `takeChanges`. */
const STEP_MS = 30_000;
/** 54 km/h: more than a tenth of a mile a step, so that every packet changes a price. */
const STEP_METRES = 450;
const FIRST_MS = Date.parse(`${MONTH_START}T06:00:00Z`);

/**
 * What billing adds to a packet: decoded and folded with its vehicle on a contract with tiers and a minimum distance,
 * against the same without assignments. No packet of a step shares its price with another, which is the worst there is
 * for contracts that charge each vehicle by itself.
 */
export async function benchAccrual(seconds: number): Promise<BenchRun> {
  const billed = runningFleet(true);
  const unbilled = runningFleet(false);
  const turn = (fleet: RunningFleet) => (): number => microsecondsAPacket(fleet, (seconds * 1_000) / 2);
  await inTurns(WARM_UP_ROUNDS, turn(unbilled), turn(billed));
  const rounds = await inTurns(ROUNDS, turn(unbilled), turn(billed));
  checkBilled(billed.world, unbilled.world);
  return {
    rounds,
    notes: [
      `${VEHICLES.toLocaleString('en-GB')} vehicles in ${CONTRACTS} contracts with three tiers and a minimum distance; every other one charges its vehicles together`,
      'each vehicle sends once between two changes for the query side, so no price is worked out for two packets at once',
    ],
  };
}

interface RunningFleet {
  readonly world: World;
  /** Everyone sends once more, and the changes are taken. */
  readonly step: () => void;
}

function runningFleet(isAssigned: boolean): RunningFleet {
  const fleet = benchFleet(VEHICLES, () => 'teltonika-mqtt-json');
  const book = moneyBook(fleet, { contracts: CONTRACTS, terms: ['tiers and minimum'], isAssigned });
  const world = worldOf(book, FIRST_MS);
  let steps = 0;
  return {
    world,
    step: () => {
      steps += 1;
      const atMs = FIRST_MS + steps * STEP_MS;
      for (const vehicle of fleet) applyNext(world, atMs, packetAt(vehicle, atMs, steps * STEP_METRES));
      takeChanges(world);
    },
  };
}

function microsecondsAPacket({ step }: RunningFleet, turnMs: number): number {
  const startMs = performance.now();
  let steps = 0;
  const microseconds = processorMicroseconds(() => {
    while (performance.now() - startMs < turnMs) {
      step();
      steps += 1;
    }
  });
  return microseconds / (steps * VEHICLES);
}

/** Every reading counted in both, and money came of it in the one. */
function checkBilled(billed: World, unbilled: World): void {
  for (const { counts } of [billed, unbilled])
    if (counts.byStatus['accepted'] !== counts.readings) throw new Error('not every reading was accepted');
  const tenths = (world: World): number =>
    world.contracts.reduce(
      (sum, { tenthsByDay }) => sum + [...tenthsByDay.values()].reduce((a, b) => a + b, 0),
      0,
    );
  if (tenths(unbilled) !== 0 || tenths(billed) === 0) throw new Error('the wrong fleet was billed');
}
