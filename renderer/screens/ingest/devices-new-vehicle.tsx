import { Select, TextInput } from '@mantine/core';
import { type NewVehicle, withNewVehicle } from './devices-claim-draft.ts';

/** The identity of a vehicle that is in no book yet. */
export function NewVehicleFields({ vehicle, onChange, problemOf }: NewVehicleFieldsProps) {
  const change = (changed: Partial<NewVehicle>): void => onChange(withNewVehicle(vehicle, changed));
  const text = (field: 'registration' | 'make' | 'model' | 'id', label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      required
      maxLength={64}
      value={vehicle[field]}
      error={problemOf(`newVehicle.${field}`) ?? (field === 'id' ? problemOf('newVehicle') : undefined)}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <div className="decision__row">
        {text('registration', 'Registration')}
        {text('make', 'Make')}
        {text('model', 'Model')}
      </div>
      <div className="decision__row">
        <Select
          label="Class"
          data={[...classes]}
          value={vehicle.class}
          allowDeselect={false}
          onChange={(value) => value !== null && change({ class: value })}
        />
        <Select
          label="Powertrain"
          data={[...powertrains]}
          value={vehicle.powertrain}
          allowDeselect={false}
          onChange={(value) => value !== null && change({ powertrain: value })}
        />
        {text('id', 'Id')}
      </div>
    </>
  );
}

interface NewVehicleFieldsProps {
  readonly vehicle: NewVehicle;
  readonly onChange: (vehicle: NewVehicle) => void;
  readonly problemOf: (field: string) => string | undefined;
}

const classes = [
  { value: 'car', label: 'Car' },
  { value: 'van', label: 'Van' },
  { value: 'taxi', label: 'Taxi' },
  { value: 'truck', label: 'Truck' },
] as const;
const powertrains = [
  { value: 'BEV', label: 'Battery electric' },
  { value: 'PHEV', label: 'Plug-in hybrid' },
] as const;
