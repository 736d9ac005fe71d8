import type { DecisionOf } from '../protocol/decision.ts';
import { deviceOf } from './devices.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import { deviceKey, type World } from './world.ts';

type Extension = DecisionOf<'extend-book'>;

/** Holds more operators, vehicles, trackers, contracts and handover readings against the book there is. */
export function extendProblem(world: World, extension: Extension): DecisionProblem | null {
  const [first] = extendProblems(world, extension);
  return first ?? null;
}

/** What of an extension of the book is checked: not who decides it. */
export type ExtensionParts = Pick<
  Extension,
  'operators' | 'vehicles' | 'trackers' | 'contracts' | 'openings'
>;

/** Every reason why the book there is cannot be extended so. */
export function* extendProblems(world: World, extension: ExtensionParts): Generator<DecisionProblem> {
  if (world.facility === null) yield problem('decision', 'there is no facility yet; load a book first');
  yield* operatorsProblems(world, extension);
  yield* vehiclesProblems(world, extension);
  yield* contractsProblems(world, extension);
  yield* overlapProblems(world, extension);
  yield* trackersProblems(world, extension);
}

function* operatorsProblems(world: World, { operators }: ExtensionParts): Generator<DecisionProblem> {
  for (const [i, { id, name }] of operators.entries()) {
    const known = world.operatorNames.get(id);
    if (known !== undefined && known !== name)
      yield problem(`operators.${i}.name`, `the operator "${id}" is called "${known}"`);
  }
}

function* vehiclesProblems(world: World, { vehicles, openings }: ExtensionParts): Generator<DecisionProblem> {
  const added = new Set<string>();
  for (const [i, { id }] of vehicles.entries()) {
    if (world.slotByVehicle.has(id) || added.has(id))
      yield problem(`vehicles.${i}.id`, `there is a vehicle "${id}" already`);
    added.add(id);
  }
  for (const [i, { vehicle }] of openings.entries())
    if (!added.has(vehicle))
      yield problem(
        `openings.${i}.vehicle`,
        `"${vehicle}" is no new vehicle; only those are handed over here`,
      );
}

function* contractsProblems(world: World, extension: ExtensionParts): Generator<DecisionProblem> {
  const operators = new Set([...world.operatorNames.keys(), ...extension.operators.map(({ id }) => id)]);
  const vehicles = new Set([...claimed(world), ...extension.vehicles.map(({ id }) => id)]);
  const contracts = new Set(world.contracts.map(({ contract }) => contract.id));
  for (const [i, { id, operator, assignments }] of extension.contracts.entries()) {
    if (contracts.has(id)) yield problem(`contracts.${i}.id`, `there is a contract "${id}" already`);
    contracts.add(id);
    if (!operators.has(operator))
      yield problem(`contracts.${i}.operator`, `there is no operator "${operator}"`);
    for (const [k, { vehicle }] of assignments.entries())
      if (!vehicles.has(vehicle))
        yield problem(`contracts.${i}.assignments.${k}.vehicle`, `there is no vehicle "${vehicle}"`);
  }
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function spanOf({ from, to }: { readonly from: string; readonly to?: string | undefined }): Span {
  return { fromMs: Date.parse(from), toMs: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to) };
}

function isApart(span: Span, others: readonly Span[]): boolean {
  return others.every(({ fromMs, toMs }) => span.fromMs >= toMs || fromMs >= span.toMs);
}

/** A vehicle is in one contract at a time. */
function* overlapProblems(world: World, { contracts }: ExtensionParts): Generator<DecisionProblem> {
  const stays = new Map<string, readonly Span[]>();
  for (const { vehicle, assignments } of world.vehicles) stays.set(vehicle, assignments);
  for (const [i, { assignments }] of contracts.entries()) {
    for (const [k, assignment] of assignments.entries()) {
      const { vehicle } = assignment;
      const stay = spanOf(assignment);
      const known = stays.get(vehicle) ?? [];
      if (!isApart(stay, known))
        yield problem(`contracts.${i}.assignments.${k}`, `"${vehicle}" is in a contract then already`);
      stays.set(vehicle, [...known, stay]);
    }
  }
}

/** A tracker is in one vehicle at a time. */
function* trackersProblems(world: World, { trackers, vehicles }: ExtensionParts): Generator<DecisionProblem> {
  const known = new Set([...claimed(world), ...vehicles.map(({ id }) => id)]);
  const carried = new Map<string, readonly Span[]>();
  for (const [i, tracker] of trackers.entries()) {
    const { vehicle, provider, externalId } = tracker;
    if (!known.has(vehicle)) yield problem(`trackers.${i}.vehicle`, `there is no vehicle "${vehicle}"`);
    const key = deviceKey(provider, externalId);
    const before = carried.get(key) ?? deviceOf(world, provider, externalId)?.bindings ?? [];
    const stay = spanOf(tracker);
    if (!isApart(stay, before))
      yield problem(`trackers.${i}.externalId`, `a vehicle carries "${externalId}" then already`);
    carried.set(key, [...before, stay]);
  }
}

function* claimed({ vehicles }: World): Generator<string> {
  for (const { vehicle, isClaimed } of vehicles) if (isClaimed) yield vehicle;
}
