import type { DecisionOf } from '../protocol/decision.ts';
import { bindingAt, deviceOf } from './devices.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import type { World } from './world.ts';

type Extension = DecisionOf<'extend-book'>;

/** Holds more operators, vehicles, trackers, contracts and handover readings against the book there is. */
export function extendProblem(world: World, extension: Extension): DecisionProblem | null {
  if (world.facility === null) return problem('decision', 'there is no facility yet; load a book first');
  return (
    operatorsProblem(world, extension) ??
    vehiclesProblem(world, extension) ??
    contractsProblem(world, extension) ??
    trackersProblem(world, extension)
  );
}

function operatorsProblem(world: World, { operators }: Extension): DecisionProblem | null {
  for (const [i, { id, name }] of operators.entries()) {
    const known = world.operatorNames.get(id);
    if (known !== undefined && known !== name)
      return problem(`operators.${i}.name`, `the operator "${id}" is called "${known}"`);
  }
  return null;
}

function vehiclesProblem(world: World, { vehicles, openings }: Extension): DecisionProblem | null {
  const added = new Set<string>();
  for (const [i, { id }] of vehicles.entries()) {
    if (world.slotByVehicle.has(id) || added.has(id))
      return problem(`vehicles.${i}.id`, `there is a vehicle "${id}" already`);
    added.add(id);
  }
  for (const [i, { vehicle }] of openings.entries())
    if (!added.has(vehicle))
      return problem(
        `openings.${i}.vehicle`,
        `"${vehicle}" is no new vehicle; only those are handed over here`,
      );
  return null;
}

function contractsProblem(world: World, extension: Extension): DecisionProblem | null {
  const operators = new Set([...world.operatorNames.keys(), ...extension.operators.map(({ id }) => id)]);
  const vehicles = new Set([...claimed(world), ...extension.vehicles.map(({ id }) => id)]);
  const contracts = new Set(world.contracts.map(({ contract }) => contract.id));
  for (const [i, { id, operator, assignments }] of extension.contracts.entries()) {
    if (contracts.has(id)) return problem(`contracts.${i}.id`, `there is a contract "${id}" already`);
    contracts.add(id);
    if (!operators.has(operator))
      return problem(`contracts.${i}.operator`, `there is no operator "${operator}"`);
    const stranger = assignments.findIndex(({ vehicle }) => !vehicles.has(vehicle));
    if (stranger >= 0)
      return problem(
        `contracts.${i}.assignments.${stranger}.vehicle`,
        `there is no vehicle "${assignments[stranger]?.vehicle}"`,
      );
  }
  return overlapProblem(world, extension);
}

/** A vehicle is in one contract at a time. */
function overlapProblem(world: World, { contracts }: Extension): DecisionProblem | null {
  const stays = new Map<string, { readonly fromMs: number; readonly toMs: number }[]>();
  for (const { vehicle, assignments } of world.vehicles) stays.set(vehicle, [...assignments]);
  for (const [i, { assignments }] of contracts.entries()) {
    for (const [k, { vehicle, from, to }] of assignments.entries()) {
      const stay = {
        fromMs: Date.parse(from),
        toMs: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
      };
      const known = stays.get(vehicle) ?? [];
      if (known.some(({ fromMs, toMs }) => stay.fromMs < toMs && fromMs < stay.toMs))
        return problem(`contracts.${i}.assignments.${k}`, `"${vehicle}" is in a contract then already`);
      stays.set(vehicle, [...known, stay]);
    }
  }
  return null;
}

function trackersProblem(world: World, { trackers, vehicles }: Extension): DecisionProblem | null {
  const known = new Set([...claimed(world), ...vehicles.map(({ id }) => id)]);
  for (const [i, { vehicle, provider, externalId, from }] of trackers.entries()) {
    if (!known.has(vehicle)) return problem(`trackers.${i}.vehicle`, `there is no vehicle "${vehicle}"`);
    const device = deviceOf(world, provider, externalId);
    if (device !== null && bindingAt(device, Date.parse(from)) !== null)
      return problem(`trackers.${i}.externalId`, `another vehicle carries "${externalId}" at ${from}`);
  }
  return null;
}

function* claimed({ vehicles }: World): Generator<string> {
  for (const { vehicle, isClaimed } of vehicles) if (isClaimed) yield vehicle;
}
