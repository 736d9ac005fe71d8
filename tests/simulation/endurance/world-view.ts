import { describeDevices } from '../../../core/fold/describe-door.ts';
import { describePeriods } from '../../../core/fold/describe-periods.ts';
import { describeQuarantine } from '../../../core/fold/describe-quarantine.ts';
import { exportNames, exportRows } from '../../../core/fold/export-rows.ts';
import type { World } from '../../../core/fold/world.ts';

/**
 * How the first two answers differ that do, in words; null when two worlds tell the same. `how` thoroughly takes every
 * row that can be exported, too.
 */
export function worldDifference(world: World, expected: World, how: 'quickly' | 'thoroughly'): string | null {
  const wanted = told(expected, how);
  for (const [what, answer] of Object.entries(told(world, how))) {
    const [is, shouldBe] = [JSON.stringify(answer), JSON.stringify(wanted[what])];
    if (is !== shouldBe) return `${what}: ${aroundDifference(is, shouldBe)}`;
  }
  return null;
}

/** All that people can ask of a world; not how it keeps it, since old readings may be out of memory. */
function told(world: World, how: 'quickly' | 'thoroughly'): Record<string, unknown> {
  const exported = how === 'quickly' ? [] : exportNames;
  return {
    reached: [world.nextPosition, world.clockMs],
    counts: world.counts,
    latest: world.vehicles.map(({ latest, quarantined, isUnauthenticated }) => [
      latest,
      quarantined,
      isUnauthenticated,
    ]),
    ledger: [world.ledger.sets.length, world.ledger.sets.at(-1)?.hash, [...world.ledger.balancesPence]],
    documents: [...world.money.documents],
    waivers: [...world.money.waivers],
    periods: describePeriods(world, null, 1_000),
    situations: [...world.situations],
    devices: describeDevices(world, { unclaimedOnly: false, limit: 100 }),
    people: [[...world.access.accounts], [...world.access.proposals]],
    quarantine: world.vehicles.map(({ vehicle }) => describeQuarantine(world, vehicle, 1_000)),
    days: world.contracts.map(({ tenthsByDay }) => [...tenthsByDay]),
    exports: exported.map((name) => [...exportRows(world, name)]),
  };
}

const SHOWN_CHARACTERS = 160;

function aroundDifference(is: string, shouldBe: string): string {
  let at = 0;
  while (at < is.length && is[at] === shouldBe[at]) at += 1;
  const from = Math.max(0, at - SHOWN_CHARACTERS / 2);
  return `…${is.slice(from, from + SHOWN_CHARACTERS)}… should be …${shouldBe.slice(from, from + SHOWN_CHARACTERS)}…`;
}
