import { expect, test } from 'vitest';
import type { ContractTerms } from '../../../core/protocol/terms.ts';
import { draftOfTerms, termsOfDraft } from './terms-draft.ts';

const terms: ContractTerms = {
  tiers: [
    { upTo: 1_000, rate: '30' },
    { upTo: null, rate: 25.5 },
  ],
  minMiles: '1700',
  minRate: 34,
  capCharge: 900,
};

test('terms that nobody touched stay what they are', () => {
  expect(termsOfDraft(draftOfTerms(terms))).toEqual({
    ok: true,
    value: {
      tiers: [
        { upTo: '1000', rate: '30' },
        { upTo: null, rate: '25.5' },
      ],
      minMiles: '1700',
      minRate: '34',
      capCharge: '900',
    },
  });
});

test('numbers are read as people write them, exactly', () => {
  const draft = { ...draftOfTerms(terms), standing: '£1,234.50', minMiles: '', minRate: '', capCharge: '' };
  expect(termsOfDraft({ ...draft, tiers: [{ upTo: 'ignored', rate: '6.75p' }] })).toEqual({
    ok: true,
    value: { tiers: [{ upTo: null, rate: '6.75' }], standing: '1234.50' },
  });
});

test('what is wrong stands at its field', () => {
  const draft = draftOfTerms(terms);
  expect(
    termsOfDraft({
      ...draft,
      tiers: [
        { upTo: '1e3', rate: '' },
        { upTo: '', rate: '-1' },
      ],
      minMiles: 'many',
    }),
  ).toEqual({
    ok: false,
    error: Object.fromEntries(
      ['tiers.0.upTo', 'tiers.0.rate', 'tiers.1.rate', 'minMiles'].map((field) => [
        field,
        'a plain number, such as 1,000 or 12.5',
      ]),
    ),
  });
  expect(termsOfDraft({ ...draft, capMiles: '1,000' })).toEqual({
    ok: false,
    error: { minMiles: 'the minimum is above the cap' },
  });
});
