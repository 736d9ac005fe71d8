import { Select } from '@mantine/core';
import { ContractText, type ContractFieldsProps } from './contract-fields.tsx';
import { optionalTerms } from './terms-draft.ts';
import { OtherTermsFields } from './terms-fields.tsx';

/** Fields that stand behind "More terms". */
export const moreFields: readonly string[] = [
  ...optionalTerms,
  'end',
  'anchor',
  'timezone',
  'targetMiles',
  'paymentTermsDays',
  'deposit',
  'rv',
  'rvMiles',
  'lossPercent',
];

/** What few contracts say: everything here may stay as it is. */
export function ContractMoreFields(props: ContractFieldsProps) {
  const { draft, onChange, problemOf } = props;
  return (
    <section className="import-part" aria-label="More terms">
      <OtherTermsFields
        draft={draft.terms}
        unit={draft.unit}
        onDraft={(terms) => onChange({ terms })}
        problemOf={problemOf}
      />
      <div className="decision__row">
        <Select
          label="Tiers, minimum and cap are tested on"
          data={scopes}
          allowDeselect={false}
          value={draft.scope}
          onChange={(scope) => scope !== null && onChange({ scope })}
        />
        <ContractText {...props} field="targetMiles" label={`Target, ${draft.unit}`} placeholder="none" />
      </div>
      <div className="decision__row">
        <ContractText {...props} field="end" label="First day after it" placeholder="without an end" />
        <ContractText {...props} field="anchor" label="Months count from" placeholder="the first day" />
        <Select
          label="Time zone"
          searchable
          openOnFocus={false}
          limit={100}
          allowDeselect={false}
          data={timeZones}
          value={draft.timezone}
          error={problemOf('timezone')}
          onChange={(timezone) => timezone !== null && onChange({ timezone })}
        />
      </div>
      <div className="decision__row">
        <ContractText {...props} field="paymentTermsDays" label="Days to pay" placeholder="14" />
        <ContractText {...props} field="deposit" label="Deposit, pounds" placeholder="none" />
        <ContractText {...props} field="lossPercent" label="Expected loss, percent" placeholder="none" />
      </div>
      <div className="decision__row">
        <ContractText
          {...props}
          field="rv"
          label="A vehicle’s value in the end, pounds"
          placeholder="not assumed"
        />
        <ContractText {...props} field="rvMiles" label="After so many miles" placeholder="not assumed" />
      </div>
    </section>
  );
}

const timeZones = Intl.supportedValuesOf('timeZone');

const scopes: { value: 'contract' | 'vehicle'; label: string }[] = [
  { value: 'contract', label: 'All vehicles together' },
  { value: 'vehicle', label: 'Each vehicle by itself' },
];
