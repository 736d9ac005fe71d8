import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctionOf, type DocumentAmounts } from './correction.ts';

const amounts = (tenths: number, netPence: number, vatPence: number): DocumentAmounts => ({
  tenths,
  netPence,
  vatPence,
});

test('15.0 late miles of January at 30p and 20 % VAT are a supplementary invoice of £5.40', () => {
  expect(correctionOf(amounts(10_450, 31_350, 6_270), [amounts(10_300, 30_900, 6_180)])).toEqual({
    kind: 'supplementary',
    tenths: 150,
    netPence: 450,
    vatPence: 90,
    grossPence: 540,
  });
});

test('less is a credit note, nothing is nothing', () => {
  expect(correctionOf(amounts(90, 270, 54), [amounts(100, 300, 60)])?.kind).toBe('credit_note');
  expect(correctionOf(amounts(100, 300, 60), [amounts(90, 300, 60)])).toBeNull();
});

test('property: the documents of a period sum to the period as last priced, and pricing it again issues nothing', () => {
  const amount = fc.record({
    tenths: fc.nat(100_000),
    netPence: fc.integer({ min: 0, max: 10_000_000 }),
    vatPence: fc.integer({ min: 0, max: 2_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 8 }), (pricings) => {
      const issued: DocumentAmounts[] = [];
      for (const pricing of pricings) {
        const correction = correctionOf(pricing, issued);
        if (correction !== null) issued.push(correction);
        expect(correctionOf(pricing, issued)).toBeNull();
        expect(issued.reduce((sum, each) => sum + each.netPence, 0)).toBe(pricing.netPence);
        expect(issued.reduce((sum, each) => sum + each.vatPence, 0)).toBe(pricing.vatPence);
      }
    }),
  );
});
