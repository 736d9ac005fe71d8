import type { ContractParts } from './contract-decision.ts';
import { termsWords } from '../../money/terms-words.ts';
import { formatCounted } from '../../parts/formats.ts';
import { fullDay } from '../../parts/times.ts';

/** What entering a contract does, in sentences. */
export function contractWords(parts: ContractParts, operatorName: string): readonly string[] {
  const [contract] = parts.contracts;
  if (contract === undefined) return [];
  const { id, start, end, terms, unit } = contract;
  const until = end === undefined ? 'without an end' : `until ${fullDay(end)}, not included`;
  return [
    ...(parts.operators.length === 0 ? [] : [`${operatorName} becomes an operator.`]),
    `Contract ${id} with ${operatorName} runs from ${fullDay(start)} ${until}, with ${vehicleWords(parts)}.`,
    termsWords(terms, unit).join(' '),
  ];
}

function vehicleWords({ contracts, vehicles, trackers }: ContractParts): string {
  const count = contracts[0]?.assignments.length ?? 0;
  if (count === 0) return 'no vehicle yet';
  const all = formatCounted(count, 'vehicle');
  if (vehicles.length === 0) return all;
  const tracked = trackers.length === vehicles.length ? '' : `, ${trackers.length} of them with a tracker`;
  return `${all}; ${formatCounted(vehicles.length, 'is', 'are')} new${tracked}`;
}
