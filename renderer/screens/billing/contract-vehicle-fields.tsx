import { Select, TextInput } from '@mantine/core';
import { isTimeZone, startOfDayMs } from '../../../core/base/calendar.ts';
import {
  builtInProviders,
  type TrackerProvider,
  trackerProviderSchema,
} from '../../../core/protocol/book.ts';
import { useCore } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { parseDay } from '../../money/day-fields.ts';
import { originWords, providerWords } from '../../parts/vehicle-words.ts';
import { NewVehicleFields } from '../ingest/devices-new-vehicle.tsx';
import { type ContractDraft, type VehicleDraft, vehiclesFree } from './contract-draft.ts';
import { units } from './contract-fields.tsx';

interface VehicleFieldsProps {
  readonly draft: ContractDraft;
  readonly vehicle: VehicleDraft;
  readonly onChange: (part: Partial<VehicleDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

/** One of the book that is in no contract then. */
export function KnownVehicleFields({ draft, vehicle, onChange, problemOf }: VehicleFieldsProps) {
  const { fleet } = useCore();
  const contracts = useAsk('money.contracts', {}, null).answer ?? [];
  const joinsMs = dayMs(vehicle.joins.trim() === '' ? draft.start : vehicle.joins, draft.timezone);
  const span = { fromMs: joinsMs ?? 0, toMs: dayMs(draft.end, draft.timezone) };
  return (
    <div className="decision__row">
      <Select
        label="Vehicle"
        placeholder="Type a registration"
        required
        searchable
        openOnFocus={false}
        limit={100}
        nothingFoundMessage="No vehicle that is free then matches"
        data={vehiclesFree(fleet.roster(), contracts, span).map(({ vehicle: value, registration }) => ({
          value,
          label: registration,
        }))}
        value={vehicle.vehicle}
        error={problemOf('vehicle')}
        onChange={(chosen) => onChange({ vehicle: chosen })}
      />
      <JoinsField {...{ vehicle, onChange, problemOf }} />
    </div>
  );
}

function dayMs(typed: string, timezone: string): number | null {
  const day = parseDay(typed);
  return day === null || !isTimeZone(timezone) ? null : startOfDayMs(day, timezone);
}

/** One that the book does not have: what it is, its odometer at the handover, and its tracker. */
export function NewContractVehicleFields(props: VehicleFieldsProps) {
  const { vehicle, onChange, problemOf } = props;
  return (
    <>
      <NewVehicleFields
        vehicle={vehicle.newVehicle}
        onChange={(newVehicle) => onChange({ newVehicle })}
        problemOf={(field) => problemOf(field.replace(/^newVehicle\.?/, ''))}
      />
      <div className="decision__row">
        <JoinsField {...props} />
        <VehicleText {...props} field="openingValue" label="Odometer at handover" placeholder="41207.6" />
        <Select
          label="It shows"
          data={units}
          allowDeselect={false}
          value={vehicle.openingUnit}
          onChange={(openingUnit) => openingUnit !== null && onChange({ openingUnit })}
        />
        <VehicleText {...props} field="openingAt" label="Read at (UTC)" placeholder="when it joins" />
      </div>
      <TrackerFields {...props} />
    </>
  );
}

function TrackerFields(props: VehicleFieldsProps) {
  const { vehicle, onChange, problemOf } = props;
  const mappings = useAsk('mapping.list', {}, null).answer ?? [];
  const feeds: readonly TrackerProvider[] = [
    ...builtInProviders,
    ...mappings.map(({ name }): TrackerProvider => `mapped:${name}`),
  ];
  return (
    <div className="decision__row">
      <Select
        label="Tracker’s feed"
        placeholder="no tracker yet"
        searchable
        openOnFocus={false}
        clearable
        data={feeds.map((value) => ({ value, label: providerWords(value) }))}
        value={vehicle.provider}
        error={problemOf('provider')}
        onChange={(value) => onChange({ provider: trackerProviderSchema.safeParse(value).data ?? null })}
      />
      <VehicleText {...props} field="externalId" label="Tracker’s name in it" placeholder="IMEI or VIN" />
      <Select
        label="Which odometer is billed"
        data={origins}
        allowDeselect={false}
        value={vehicle.origin}
        error={problemOf('origin')}
        onChange={(origin) => origin !== null && onChange({ origin })}
      />
    </div>
  );
}

const origins: { value: VehicleDraft['origin']; label: string }[] = (
  ['vehicle', 'tracker', 'can'] as const
).map((value) => ({ value, label: originWords[value] }));

function JoinsField({ vehicle, onChange, problemOf }: Omit<VehicleFieldsProps, 'draft'>) {
  return (
    <VehicleText
      {...{ vehicle, onChange, problemOf }}
      field="joins"
      label="Joins on"
      placeholder="its first day"
    />
  );
}

interface VehicleTextProps extends Omit<VehicleFieldsProps, 'draft'> {
  readonly field: 'joins' | 'openingValue' | 'openingAt' | 'externalId';
  readonly label: string;
  readonly placeholder: string;
}

function VehicleText({ vehicle, field, label, placeholder, onChange, problemOf }: VehicleTextProps) {
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      maxLength={64}
      value={vehicle[field]}
      error={problemOf(field)}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}
