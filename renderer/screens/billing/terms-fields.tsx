import { Button, TextInput } from '@mantine/core';
import { optionalTerms, type TermsDraft } from './terms-draft.ts';

interface TermsFieldsProps {
  readonly draft: TermsDraft;
  readonly unit: 'mi' | 'km';
  readonly onDraft: (draft: TermsDraft) => void;
  readonly problemOf: (field: string) => string | undefined;
}

/** A rate, or a rate for each stretch of distance. */
export function TierFields({ draft, unit, onDraft, problemOf }: TermsFieldsProps) {
  const { tiers } = draft;
  const change = (index: number, part: Partial<TermsDraft['tiers'][number]>): void =>
    onDraft({ ...draft, tiers: tiers.map((tier, i) => (i === index ? { ...tier, ...part } : tier)) });
  return (
    <div className="import-part">
      {tiers.map(({ upTo, rate }, i) => (
        <div key={i} className="tier-row">
          <TextInput
            label={`Tier ${i + 1}, up to, ${unit}`}
            disabled={i === tiers.length - 1}
            placeholder="without an end"
            value={i === tiers.length - 1 ? '' : upTo}
            error={problemOf(`tiers.${i}.upTo`)}
            onChange={(event) => change(i, { upTo: event.currentTarget.value })}
          />
          <TextInput
            label={`Rate, pence a ${unit === 'mi' ? 'mile' : 'kilometre'}`}
            value={rate}
            error={problemOf(`tiers.${i}.rate`)}
            onChange={(event) => change(i, { rate: event.currentTarget.value })}
          />
          <Button
            variant="default"
            disabled={tiers.length === 1}
            aria-label={`Remove tier ${i + 1}`}
            onClick={() => onDraft({ ...draft, tiers: tiers.filter((_, at) => at !== i) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          onClick={() => onDraft({ ...draft, tiers: [...tiers, { upTo: '', rate: '' }] })}
        >
          Add a tier
        </Button>
      </div>
    </div>
  );
}

/** What is charged besides the rates, at least and at most. */
export function OtherTermsFields({ draft, unit, onDraft, problemOf }: TermsFieldsProps) {
  const labels: Readonly<Record<(typeof optionalTerms)[number], string>> = {
    standing: 'Standing charge a period, pounds',
    minMiles: `Minimum distance a period, ${unit}`,
    minRate: 'Rate of the minimum, pence',
    minCharge: 'Minimum usage charge, pounds',
    capMiles: `Charged at most, ${unit} a period`,
    capCharge: 'Maximum usage charge, pounds',
  };
  return (
    <div className="decision__row terms-row">
      {optionalTerms.map((field) => (
        <TextInput
          key={field}
          label={labels[field]}
          placeholder="none"
          inputMode="decimal"
          value={draft[field]}
          error={problemOf(field)}
          onChange={(event) => onDraft({ ...draft, [field]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
