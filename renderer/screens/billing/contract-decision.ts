import { isTimeZone, startOfDayMs } from '../../../core/base/calendar.ts';
import { fail, ok, type Result } from '../../../core/base/result.ts';
import type { Book, BookContract } from '../../../core/protocol/book.ts';
import type { Problems } from '../../link/use-decide.ts';
import { instantOfField, UTC_FIELD_PROBLEM } from '../ingest/devices-words.ts';
import type { ContractDraft, VehicleDraft } from './contract-draft.ts';
import { type FieldReader, newFieldReader } from './field-reader.ts';
import { termsOfDraft } from './terms-draft.ts';

/** What `extend-book` adds, without who decides it and why. */
export type ContractParts = Pick<Book, 'operators' | 'vehicles' | 'trackers' | 'contracts' | 'openings'>;

/**
 * What a draft adds to the book, or what is wrong with it by its field. Fields of the terms have the names they have in
 * the terms; those of a vehicle stand behind its place: "vehicles.0.registration".
 */
export function contractParts(draft: ContractDraft): Result<ContractParts, Problems> {
  const read = newFieldReader();
  const operator = readOperator(draft, read);
  const contract = readContract(draft, operator.id, read);
  const vehicles = draft.vehicles.map((vehicle, i) => readVehicle(vehicle, i, contract, read));
  read.addAll(sameVehicles(draft));
  if (Object.keys(read.problems()).length > 0) return fail(read.problems());
  return ok({
    operators: draft.isNewOperator ? [operator] : [],
    vehicles: vehicles.flatMap(({ vehicle }) => vehicle ?? []),
    trackers: vehicles.flatMap(({ tracker }) => tracker ?? []),
    contracts: [{ ...contract, assignments: vehicles.map(({ assignment }) => assignment) }],
    openings: vehicles.flatMap(({ opening }) => opening ?? []),
  });
}

function readOperator(draft: ContractDraft, read: FieldReader): ContractParts['operators'][number] {
  if (draft.isNewOperator)
    return {
      id: read.text('operatorId', draft.operatorId, 'give the id it is kept under'),
      name: read.text('operatorName', draft.operatorName, 'give its name'),
    };
  if (draft.operator === null) read.add('operator', 'choose whose contract it is');
  return { id: draft.operator ?? '', name: '' };
}

function readContract(draft: ContractDraft, operator: string, read: FieldReader): BookContract {
  const terms = termsOfDraft(draft.terms);
  if (!terms.ok) read.addAll(terms.error);
  const start = read.day('start', draft.start);
  const end = read.maybe(draft.end, (text) => read.day('end', text));
  if (end !== undefined && end <= start) read.add('end', 'a day after the start');
  const timezone = draft.timezone.trim();
  if (!isTimeZone(timezone)) read.add('timezone', 'give a time zone such as Europe/London');
  return {
    id: read.text('id', draft.id, 'give the contract an id'),
    operator,
    timezone,
    unit: draft.unit,
    anchor: read.maybe(draft.anchor, (text) => read.day('anchor', text)) ?? start,
    start,
    ...present('end', end),
    assignments: [],
    terms: terms.ok ? terms.value : { tiers: [] },
    scope: draft.scope,
    ...present(
      'targetMiles',
      read.maybe(draft.targetMiles, (text) => read.decimal('targetMiles', text)),
    ),
    ...present(
      'vatRate',
      read.maybe(draft.vatPercent, (text) => read.percent('vatPercent', text)),
    ),
    ...present(
      'paymentTermsDays',
      read.maybe(draft.paymentTermsDays, (text) => read.wholeTo('paymentTermsDays', text, 365)),
    ),
    ...present(
      'deposit',
      read.maybe(draft.deposit, (text) => read.decimal('deposit', text)),
    ),
    underwriting: readUnderwriting(draft, read),
  };
}

function readUnderwriting(draft: ContractDraft, read: FieldReader): BookContract['underwriting'] {
  const milesPerMonth = Number(read.decimal('milesPerMonth', draft.milesPerMonth));
  if (milesPerMonth === 0) read.add('milesPerMonth', 'more than nothing');
  return {
    milesPerMonth,
    ...present(
      'rv',
      read.maybe(draft.rv, (text) => read.decimal('rv', text)),
    ),
    ...present(
      'rvMiles',
      read.maybe(draft.rvMiles, (text) => read.decimal('rvMiles', text)),
    ),
    ...present(
      'lossRate',
      read.maybe(draft.lossPercent, (text) => read.percent('lossPercent', text)),
    ),
  };
}

interface VehicleParts {
  readonly vehicle: ContractParts['vehicles'][number] | null;
  readonly assignment: BookContract['assignments'][number];
  readonly opening: ContractParts['openings'][number] | null;
  readonly tracker: ContractParts['trackers'][number] | null;
}

function readVehicle(
  draft: VehicleDraft,
  index: number,
  contract: BookContract,
  read: FieldReader,
): VehicleParts {
  const at = (field: string): string => `vehicles.${index}.${field}`;
  const joins = read.maybe(draft.joins, (text) => read.day(at('joins'), text)) ?? contract.start;
  if (joins < contract.start) read.add(at('joins'), 'not before the contract starts');
  if (contract.end !== undefined && joins >= contract.end)
    read.add(at('joins'), 'a day before the contract ends');
  const from = midnight(joins, contract.timezone);
  const until = contract.end === undefined ? {} : { to: midnight(contract.end, contract.timezone) };
  if (!draft.isNew) {
    if (draft.vehicle === null) read.add(at('vehicle'), 'choose a vehicle');
    const assignment = { vehicle: draft.vehicle ?? '', from, ...until };
    return { vehicle: null, assignment, opening: null, tracker: null };
  }
  const vehicle = readNewVehicle(draft, at, read);
  return {
    vehicle,
    assignment: { vehicle: vehicle.id, from, ...until },
    opening: readOpening(draft, vehicle.id, from, at, read),
    tracker: readTracker(draft, vehicle.id, from, at, read),
  };
}

/** Midnight of a local day; any instant while the day or the zone is not right, which is told at its field. */
function midnight(day: string, timezone: string): string {
  const isRight = day !== '' && isTimeZone(timezone);
  return new Date(isRight ? startOfDayMs(day, timezone) : 0).toISOString();
}

type At = (field: string) => string;

function readNewVehicle(
  { newVehicle }: VehicleDraft,
  at: At,
  read: FieldReader,
): ContractParts['vehicles'][number] {
  return {
    id: read.text(at('id'), newVehicle.id, 'give the id it is kept under'),
    registration: read.text(at('registration'), newVehicle.registration, 'give its registration'),
    make: read.text(at('make'), newVehicle.make, 'give its make'),
    model: read.text(at('model'), newVehicle.model, 'give its model'),
    class: newVehicle.class,
    powertrain: newVehicle.powertrain,
  };
}

function readOpening(
  draft: VehicleDraft,
  vehicle: string,
  joinsAt: string,
  at: At,
  read: FieldReader,
): VehicleParts['opening'] {
  const openedMs = draft.openingAt.trim() === '' ? Date.parse(joinsAt) : instantOfField(draft.openingAt);
  if (openedMs === null) read.add(at('openingAt'), UTC_FIELD_PROBLEM);
  const value = read.maybe(draft.openingValue, (text) => read.decimal(at('openingValue'), text));
  if (value === undefined) {
    if (draft.openingAt.trim() !== '')
      read.add(at('openingValue'), 'give what the odometer showed then, or leave the time empty');
    return null;
  }
  return { vehicle, at: new Date(openedMs ?? 0).toISOString(), value, unit: draft.openingUnit };
}

function readTracker(
  { provider, externalId, origin }: VehicleDraft,
  vehicle: string,
  from: string,
  at: At,
  read: FieldReader,
): VehicleParts['tracker'] {
  if (provider !== null) {
    const name = read.text(at('externalId'), externalId, 'give the tracker’s name in its feed');
    return { vehicle, provider, externalId: name, origin, from };
  }
  if (externalId.trim() !== '') read.add(at('provider'), 'choose the feed the tracker speaks');
  return null;
}

/** One vehicle is under the contract once. */
function sameVehicles({ vehicles }: ContractDraft): Problems {
  const problems: Record<string, string> = {};
  const seen = new Set<string>();
  vehicles.forEach(({ isNew, vehicle, newVehicle }, i) => {
    const id = isNew ? newVehicle.id.trim() : (vehicle ?? '');
    if (id !== '' && seen.has(id))
      problems[`vehicles.${i}.${isNew ? 'id' : 'vehicle'}`] = 'it stands above already';
    seen.add(id);
  });
  return problems;
}

function present<K extends string, V>(name: K, value: V | undefined): { readonly [N in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in K]: V });
}
