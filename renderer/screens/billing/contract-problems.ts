import type { Problems } from '../../link/use-decide.ts';
import type { ContractDraft, VehicleDraft } from './contract-draft.ts';

/** What the core says of a decision, "contracts.0.assignments.1.vehicle", by the fields of the draft it was made of. */
export function ofTheDraft(draft: ContractDraft, problems: Problems): Problems {
  return Object.fromEntries(
    Object.entries(problems).map(([path, problem]) => [fieldOf(draft, path.split('.')), problem]),
  );
}

function fieldOf(draft: ContractDraft, [list = '', index = '', ...rest]: readonly string[]): string {
  switch (list) {
    case 'operators':
      return rest[0] === 'id' ? 'operatorId' : 'operatorName';
    case 'contracts':
      return fieldOfContract(draft, rest);
    case 'vehicles':
      return fieldOfVehicle(draft.vehicles, ({ isNew }) => isNew, index, rest.join('.'));
    case 'openings':
      return fieldOfVehicle(draft.vehicles, isOpened, index, openingFields[rest[0] ?? ''] ?? 'id');
    case 'trackers':
      return fieldOfVehicle(draft.vehicles, isTracked, index, trackerFields[rest[0] ?? ''] ?? 'externalId');
    default:
      return [list, index, ...rest].filter((part) => part !== '').join('.');
  }
}

const contractFields: Readonly<Record<string, string | undefined>> = {
  vatRate: 'vatPercent',
  lossRate: 'lossPercent',
};
const openingFields: Readonly<Record<string, string | undefined>> = {
  value: 'openingValue',
  at: 'openingAt',
};
const trackerFields: Readonly<Record<string, string | undefined>> = { provider: 'provider', vehicle: 'id' };

function fieldOfContract(draft: ContractDraft, [part = '', ...rest]: readonly string[]): string {
  if (part === 'operator') return draft.isNewOperator ? 'operatorId' : 'operator';
  if (part === 'terms') return rest.join('.');
  if (part === 'assignments') {
    const [index = '', ofStay] = rest;
    const isNew = draft.vehicles[Number(index)]?.isNew === true;
    return `vehicles.${index}.${ofStay === 'from' ? 'joins' : isNew ? 'id' : 'vehicle'}`;
  }
  const name = part === 'underwriting' ? (rest[0] ?? '') : part;
  return contractFields[name] ?? name;
}

/** The lists of a decision hold only the vehicles that have such a thing, in the draft's order. */
function fieldOfVehicle(
  vehicles: readonly VehicleDraft[],
  isIn: (vehicle: VehicleDraft) => boolean,
  index: string,
  field: string,
): string {
  const places = vehicles.flatMap((vehicle, i) => (isIn(vehicle) ? [i] : []));
  return `vehicles.${places[Number(index)] ?? index}.${field}`;
}

function isOpened({ isNew, openingValue }: VehicleDraft): boolean {
  return isNew && openingValue.trim() !== '';
}

function isTracked({ isNew, provider }: VehicleDraft): boolean {
  return isNew && provider !== null;
}
