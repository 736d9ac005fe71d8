import { formatMicrometres, formatPence, wordsOf } from '../parts/formats.ts';
import { utcInstant } from '../parts/times.ts';

/** A decision as it came with a proposal: its name and whatever fields it has. */
export type Proposed = Readonly<Record<string, unknown>> & { readonly decision: string };

export type ProposedFact = readonly [label: string, value: string];

const titles: Readonly<Record<string, string | undefined>> = {
  'open-epoch': 'Begin a new odometer of {vehicle}',
  'accept-reading': 'Count a reading of {vehicle} that the rules held back',
  'reject-reading': 'Leave out a reading of {vehicle}',
  'amend-contract': 'Change the terms of contract {contract}',
  'write-off': 'Write off what is open of document {document}',
  'post-entry': 'Post entries written by hand for {valueDay}',
  'confirm-total-loss': 'Confirm the total loss of {vehicle}',
};

/** What the decision does, in a line; one that this window does not know yet by its name. */
export function proposedTitle(proposed: Proposed): string {
  const name = wordsOf(proposed.decision);
  const title = titles[proposed.decision] ?? name.charAt(0).toUpperCase() + name.slice(1);
  return title.replaceAll(/\{(\w+)\}/g, (_hole, field: string) => words(field, proposed[field]));
}

const NOT_SHOWN: ReadonlySet<string> = new Set(['decision', 'actor', 'reason', 'approver']);

/** Every other field of it, also inside others, so that nobody approves what they do not see. */
export function proposedFacts(proposed: Proposed): readonly ProposedFact[] {
  return Object.entries(proposed)
    .filter(([field]) => !NOT_SHOWN.has(field))
    .flatMap(([field, value]) => factsOf(field, fieldWords(field), value));
}

function factsOf(field: string, label: string, value: unknown): readonly ProposedFact[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [[label, 'none']];
    return value.flatMap((inner: unknown, i) => factsOf(field, `${label} ${i + 1}`, inner));
  }
  if (typeof value !== 'object' || value === null) return [[label, words(field, value)]];
  return Object.entries(value).flatMap(([inner, of]) =>
    factsOf(inner, `${label}, ${fieldWords(inner).toLowerCase()}`, of),
  );
}

/** "valueDay" is "Value day"; a unit at the end of a name stands at the value instead. */
function fieldWords(field: string): string {
  const name = field.replace(/(?<=.)(Ms|Pence)$/, '');
  const spaced = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return UNIT_NAMES[field] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const UNIT_NAMES: Readonly<Record<string, string | undefined>> = {
  pence: 'Amount',
  micrometres: 'Distance',
};

function words(field: string, value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberWords(field, value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function numberWords(field: string, value: number): string {
  if (field.endsWith('Ms')) return utcInstant(value);
  if (/pence$/i.test(field)) return formatPence(value);
  if (field === 'micrometres') return `${formatMicrometres(value, 'mi')}, ${formatMicrometres(value, 'km')}`;
  return String(value);
}
