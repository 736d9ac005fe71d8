import { startOfDayMs } from '../base/calendar.ts';

interface AssigningContract {
  readonly id: string;
  readonly timezone: string;
  readonly start: string;
  readonly end?: string | undefined;
  readonly assignments: readonly {
    readonly vehicle: string;
    readonly from: string;
    readonly to?: string | undefined;
  }[];
}

interface Stay {
  readonly contract: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A contract has an id of its own, and a vehicle is in one contract at a time: what is doubled would be billed twice. */
export function doubleAssignments(
  contracts: readonly AssigningContract[],
): { path: (string | number)[]; message: string }[] {
  const problems: { path: (string | number)[]; message: string }[] = [];
  const ids = new Set<string>();
  const staysByVehicle = new Map<string, readonly Stay[]>();
  contracts.forEach((contract, i) => {
    if (ids.has(contract.id))
      problems.push({ path: ['contracts', i, 'id'], message: `there are two contracts "${contract.id}"` });
    ids.add(contract.id);
    contract.assignments.forEach((assignment, k) => {
      const stay = stayOf(contract, assignment);
      const others = staysByVehicle.get(assignment.vehicle) ?? [];
      const other = others.find(({ fromMs, toMs }) => stay.fromMs < toMs && fromMs < stay.toMs);
      const message = `"${assignment.vehicle}" is in contract "${other?.contract}" at that time; end that before this begins`;
      if (other !== undefined) problems.push({ path: ['contracts', i, 'assignments', k], message });
      staysByVehicle.set(assignment.vehicle, [...others, stay]);
    });
  });
  return problems;
}

/** An assignment, clipped to its contract. */
function stayOf(
  { id, timezone, start, end }: AssigningContract,
  { from, to }: AssigningContract['assignments'][number],
): Stay {
  const untilMs = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  const endMs = end === undefined ? Number.POSITIVE_INFINITY : startOfDayMs(end, timezone);
  return {
    contract: id,
    fromMs: Math.max(Date.parse(from), startOfDayMs(start, timezone)),
    toMs: Math.min(untilMs, endMs),
  };
}
