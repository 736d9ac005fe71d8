import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useAsk } from '../../link/use-ask.ts';
import { type ContractDraft, withOperatorName } from './contract-draft.ts';
import { TierFields } from './terms-fields.tsx';

export interface ContractFieldsProps {
  readonly draft: ContractDraft;
  readonly onChange: (part: Partial<ContractDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

/** What every contract has: with whom, from when, at which rate. */
export function ContractFields(props: ContractFieldsProps) {
  const { draft, onChange, problemOf } = props;
  return (
    <>
      <OperatorFields {...props} />
      <div className="decision__row">
        <ContractText {...props} field="id" label="Contract id" required />
        <ContractText {...props} field="start" label="First day" placeholder="2026-03-31" required />
        <Select
          label="Distances and rates in"
          data={units}
          allowDeselect={false}
          value={draft.unit}
          onChange={(unit) => unit !== null && onChange({ unit })}
        />
      </div>
      <TierFields
        draft={draft.terms}
        unit={draft.unit}
        onDraft={(terms) => onChange({ terms })}
        problemOf={problemOf}
      />
      <div className="decision__row">
        <ContractText
          {...props}
          field="milesPerMonth"
          label="Expected use a vehicle, miles a month"
          required
        />
        <ContractText {...props} field="vatPercent" label="VAT, percent" placeholder="none" />
      </div>
    </>
  );
}

export const units: { value: 'mi' | 'km'; label: string }[] = [
  { value: 'mi', label: 'Miles' },
  { value: 'km', label: 'Kilometres' },
];

function OperatorFields({ draft, onChange, problemOf }: ContractFieldsProps) {
  const operators = useAsk('money.operators', {}, null).answer ?? [];
  return (
    <>
      <SegmentedControl
        aria-label="Whose contract it is"
        data={[
          { value: 'known', label: 'An operator of the book' },
          { value: 'new', label: 'A new operator' },
        ]}
        value={draft.isNewOperator ? 'new' : 'known'}
        onChange={(value) => onChange({ isNewOperator: value === 'new' })}
      />
      {draft.isNewOperator ? (
        <div className="decision__row">
          <TextInput
            label="Operator’s name"
            required
            data-autofocus
            maxLength={200}
            value={draft.operatorName}
            error={problemOf('operatorName')}
            onChange={(event) => onChange(withOperatorName(draft, event.currentTarget.value))}
          />
          <ContractText
            {...{ draft, onChange, problemOf }}
            field="operatorId"
            label="Operator’s id"
            required
          />
        </div>
      ) : (
        <Select
          label="Operator"
          placeholder="Type a name"
          required
          searchable
          openOnFocus={false}
          data-autofocus
          limit={100}
          nothingFoundMessage="No operator of the book matches"
          data={operators.map(({ operator: value, name }) => ({ value, label: name }))}
          value={draft.operator}
          error={problemOf('operator')}
          onChange={(operator) => onChange({ operator })}
        />
      )}
    </>
  );
}

type TextField = {
  [F in keyof ContractDraft]: ContractDraft[F] extends string ? F : never;
}[keyof ContractDraft];

interface ContractTextProps extends ContractFieldsProps {
  readonly field: TextField;
  readonly label: string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

/** A field of text of the draft. */
export function ContractText(props: ContractTextProps) {
  const { draft, field, label, onChange, problemOf, placeholder = '', required = false } = props;
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      required={required}
      maxLength={64}
      value={draft[field]}
      error={problemOf(field)}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}
