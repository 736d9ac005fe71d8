import { randomStream } from '../../core/base/random.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { ActiveFault } from '../faults/fault.ts';
import { fleetVehicles } from './scenario-book.ts';
import type { Scenario } from './scenario-schema.ts';
import { momentMs, shareOf, stretchMs } from './scenario-values.ts';

/** The faults of a scenario, in the order of the file. Which vehicles a share or a number picks depends on the seed. */
export function scheduledFaults(scenario: Scenario, plan: FleetPlan): readonly ActiveFault[] {
  return scenario.faults.map((fault, i) => {
    const fromMs = plan.liveMs + momentMs(fault.at);
    return {
      type: fault.type,
      fromMs,
      toMs: fault.for === undefined ? null : fromMs + stretchMs(fault.for),
      vehicles: picked(scenario, plan, fault.pick, `fault ${i}`),
      params: fault.params,
      // oxlint-disable-next-line unicorn/no-thenable -- the shape's word for what follows; nobody awaits a fault
      then: fault.then ?? null,
    };
  });
}

/** Indexes of the vehicles that `pick` means. A number or a share draws them, differently for every `purpose`. */
export function picked(
  scenario: Scenario,
  plan: FleetPlan,
  pick: string,
  purpose: string,
): readonly number[] {
  const all = plan.fleet.map((_, i) => i);
  const [kind, name] = pick.split(':');
  switch (kind) {
    case 'all':
      return all;
    case 'vehicle':
      return all.filter((i) => plan.fleet[i]?.id === name);
    case 'vendor':
      return all.filter((i) => plan.fleet[i]?.provider === name);
    case 'fleet': {
      const ids = new Set(
        fleetVehicles(
          scenario,
          plan,
          scenario.fleets.findIndex(({ id }) => id === name),
        ).map(({ id }) => id),
      );
      return all.filter((i) => ids.has(plan.fleet[i]?.id ?? ''));
    }
    default: {
      const count = pick.endsWith('%') ? Math.max(1, Math.round(shareOf(pick) * all.length)) : Number(pick);
      return drawnFrom(all, Math.min(count, all.length), randomStream(scenario.seed, purpose, 'pick'));
    }
  }
}

function drawnFrom(
  all: readonly number[],
  count: number,
  chance: { below(limit: number): number },
): readonly number[] {
  const left = [...all];
  const drawn = Array.from({ length: count }, () => left.splice(chance.below(left.length), 1)[0] ?? 0);
  return drawn.sort((a, b) => a - b);
}
