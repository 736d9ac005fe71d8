import { Button } from '@mantine/core';
import { type ContractDraft, newVehicleDraft, type VehicleDraft } from './contract-draft.ts';
import type { ContractFieldsProps } from './contract-fields.tsx';
import { KnownVehicleFields, NewContractVehicleFields } from './contract-vehicle-fields.tsx';

/** The vehicles under a contract: those of the book that are free then, and new ones. */
export function ContractVehicleList({ draft, onChange, problemOf }: ContractFieldsProps) {
  const { vehicles } = draft;
  const set = (next: readonly VehicleDraft[]): void => onChange({ vehicles: next });
  return (
    <section className="import-part" aria-label="Vehicles">
      {vehicles.map((vehicle, i) => {
        const props = {
          draft,
          vehicle,
          onChange: (part: Partial<VehicleDraft>) =>
            set(vehicles.map((each, at) => (at === i ? { ...each, ...part } : each))),
          problemOf: (field: string) => problemOf(`vehicles.${i}.${field}`),
        };
        return (
          <div key={i} className="contract-vehicle" role="group" aria-label={`Vehicle ${i + 1}`}>
            <div className="money-bar">
              <h2>
                Vehicle {i + 1}, {vehicle.isNew ? 'new' : 'of the book'}
              </h2>
              <div className="money-bar__end">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Remove vehicle ${i + 1}`}
                  onClick={() => set(vehicles.filter((_, at) => at !== i))}
                >
                  Remove
                </Button>
              </div>
            </div>
            {vehicle.isNew ? <NewContractVehicleFields {...props} /> : <KnownVehicleFields {...props} />}
          </div>
        );
      })}
      <AddVehicle draft={draft} onAdd={(vehicle) => set([...vehicles, vehicle])} />
    </section>
  );
}

interface AddVehicleProps {
  readonly draft: ContractDraft;
  readonly onAdd: (vehicle: VehicleDraft) => void;
}

function AddVehicle({ draft, onAdd }: AddVehicleProps) {
  return (
    <div className="money-bar">
      <Button size="xs" variant="default" onClick={() => onAdd(newVehicleDraft(false, draft))}>
        Add a vehicle of the book
      </Button>
      <Button size="xs" variant="default" onClick={() => onAdd(newVehicleDraft(true, draft))}>
        Add a new vehicle
      </Button>
    </div>
  );
}
