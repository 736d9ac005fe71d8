import type { BookVehicle, TrackerProvider } from '../../../core/protocol/book.ts';
import type { MoneyContractRow } from '../../../core/protocol/money-asks.ts';
import { emptyTerms, type TermsDraft } from './terms-draft.ts';

/** A contract as it stands in the dialog: everything that is typed is text, and empty is left out. */
export interface ContractDraft {
  readonly isNewOperator: boolean;
  /** One of the book. */
  readonly operator: string | null;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly id: string;
  readonly unit: 'mi' | 'km';
  readonly timezone: string;
  readonly start: string;
  readonly end: string;
  /** The start when empty. */
  readonly anchor: string;
  readonly scope: 'vehicle' | 'contract';
  readonly terms: TermsDraft;
  readonly targetMiles: string;
  readonly vatPercent: string;
  readonly paymentTermsDays: string;
  readonly deposit: string;
  readonly milesPerMonth: string;
  readonly rv: string;
  readonly rvMiles: string;
  readonly lossPercent: string;
  readonly vehicles: readonly VehicleDraft[];
}

/** A vehicle under the contract: one of the book, or a new one with its handover and its tracker. */
export interface VehicleDraft {
  readonly isNew: boolean;
  readonly vehicle: string | null;
  readonly newVehicle: Pick<BookVehicle, 'id' | 'registration' | 'make' | 'model' | 'class' | 'powertrain'>;
  /** A local day of the contract; its start when empty. */
  readonly joins: string;
  readonly openingValue: string;
  readonly openingUnit: 'mi' | 'km';
  /** UTC; when it joins, when empty. */
  readonly openingAt: string;
  /** Null for none yet: it is claimed later, under Ingest. */
  readonly provider: TrackerProvider | null;
  readonly externalId: string;
  readonly origin: 'vehicle' | 'tracker' | 'can';
}

/** What the dialog starts from. */
export function newContractDraft(today: string): ContractDraft {
  return {
    isNewOperator: false,
    operator: null,
    operatorId: '',
    operatorName: '',
    id: '',
    unit: 'mi',
    timezone: 'Europe/London',
    start: today,
    end: '',
    anchor: '',
    scope: 'contract',
    terms: emptyTerms,
    targetMiles: '',
    vatPercent: '20',
    paymentTermsDays: '14',
    deposit: '',
    milesPerMonth: '',
    rv: '',
    rvMiles: '',
    lossPercent: '',
    vehicles: [],
  };
}

/** A vehicle that is added to the draft, in the unit of its contract. */
export function newVehicleDraft(isNew: boolean, { unit }: Pick<ContractDraft, 'unit'>): VehicleDraft {
  return {
    isNew,
    vehicle: null,
    newVehicle: { id: '', registration: '', make: '', model: '', class: 'car', powertrain: 'BEV' },
    joins: '',
    openingValue: '',
    openingUnit: unit,
    openingAt: '',
    provider: null,
    externalId: '',
    origin: 'vehicle',
  };
}

/** An operator's id as people would make it of its name: "North Cabs Ltd." is "north-cabs-ltd". */
export function idOfName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 64);
}

/** A new operator's name; its id follows until somebody types one. */
export function withOperatorName(draft: ContractDraft, operatorName: string): ContractDraft {
  const isIdOurs = draft.operatorId === idOfName(draft.operatorName);
  return { ...draft, operatorName, operatorId: isIdOurs ? idOfName(operatorName) : draft.operatorId };
}

export interface KnownVehicle {
  readonly vehicle: string;
  readonly registration: string;
  readonly isClaimed: boolean;
}

/** The vehicles of the book that are in no contract at any moment of a span; `toMs` null for ever. */
export function vehiclesFree<V extends KnownVehicle>(
  vehicles: readonly V[],
  contracts: readonly Pick<MoneyContractRow, 'vehicles'>[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number | null },
): readonly V[] {
  const taken = new Set(
    contracts
      .flatMap((contract) => contract.vehicles)
      .filter((stay) => (toMs === null || stay.fromMs < toMs) && (stay.toMs === null || stay.toMs > fromMs))
      .map(({ vehicle }) => vehicle),
  );
  return vehicles.filter(({ vehicle, isClaimed }) => isClaimed && !taken.has(vehicle));
}
