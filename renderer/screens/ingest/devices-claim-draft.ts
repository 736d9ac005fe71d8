import type { BookVehicle, OdometerOrigin } from '../../../core/protocol/book.ts';
import type { DeviceRow } from '../../../core/protocol/door-asks.ts';
import type { Problems } from '../../link/use-decide.ts';
import {
  billableOrigins,
  claimFromMs,
  idOfRegistration,
  instantOfField,
  UTC_FIELD_PROBLEM,
  utcField,
} from './devices-words.ts';

/** A claim as it stands in the dialog. */
export interface ClaimDraft {
  readonly isNewVehicle: boolean;
  readonly vehicle: string | null;
  readonly newVehicle: NewVehicle;
  readonly origin: OdometerOrigin;
  /** As the field holds it, UTC. */
  readonly from: string;
  readonly group: string;
}

export type NewVehicle = Pick<BookVehicle, 'id' | 'registration' | 'make' | 'model' | 'class' | 'powertrain'>;

/** What the dialog starts from. */
export function newClaimDraft(device: DeviceRow, nowMs: number): ClaimDraft {
  return {
    isNewVehicle: false,
    vehicle: null,
    newVehicle: { id: '', registration: '', make: '', model: '', class: 'car', powertrain: 'BEV' },
    origin: billableOrigins(device.origins)[0] ?? 'vehicle',
    from: utcField(claimFromMs(device, nowMs)),
    group: device.group,
  };
}

/** A new vehicle with a field changed; its id follows its registration until somebody types one. */
export function withNewVehicle(vehicle: NewVehicle, change: Partial<NewVehicle>): NewVehicle {
  const changed = { ...vehicle, ...change };
  const isIdOurs = vehicle.id === idOfRegistration(vehicle.registration);
  const isFollowing = change.registration !== undefined && isIdOurs;
  return isFollowing ? { ...changed, id: idOfRegistration(change.registration ?? '') } : changed;
}

/** What is wrong with a claim before the core is asked, by field. */
export function claimDraftProblems(draft: ClaimDraft): Problems {
  const problems: Record<string, string> = {};
  if (!draft.isNewVehicle && draft.vehicle === null) problems['vehicle'] = 'choose who carries it';
  if (draft.isNewVehicle) {
    for (const [field, words] of newVehicleFields)
      if (draft.newVehicle[field].trim() === '') problems[`newVehicle.${field}`] = words;
  }
  if (instantOfField(draft.from) === null) problems['from'] = UTC_FIELD_PROBLEM;
  if (draft.group.trim() === '') problems['group'] = 'give a group, such as default';
  return problems;
}

const newVehicleFields = [
  ['registration', 'give its registration'],
  ['make', 'give its make'],
  ['model', 'give its model'],
  ['id', 'give the id it is kept under'],
] as const;

/** The decision of a draft without problems. */
export function claimDecision(
  draft: ClaimDraft,
  { provider, name }: Pick<DeviceRow, 'provider' | 'name'>,
  reason: string,
): Readonly<Record<string, unknown>> {
  const { isNewVehicle, vehicle, newVehicle, origin, from, group } = draft;
  const trimmed = {
    ...newVehicle,
    id: newVehicle.id.trim(),
    registration: newVehicle.registration.trim(),
    make: newVehicle.make.trim(),
    model: newVehicle.model.trim(),
  };
  return {
    decision: 'claim-device',
    reason,
    provider,
    device: name,
    vehicle: isNewVehicle ? trimmed.id : vehicle,
    ...(isNewVehicle ? { newVehicle: trimmed } : {}),
    origin,
    from: new Date(instantOfField(from) ?? 0).toISOString(),
    group: group.trim(),
  };
}
