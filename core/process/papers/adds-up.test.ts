import { expect, test } from 'vitest';
import { aCreditNote, aFinalDocument, anInvoiceOfVehicles } from '../../../tests/support/a-final-document.ts';
import { aStatement } from '../../../tests/support/a-statement.ts';
import { assertDocumentAddsUp, assertStatementAddsUp } from './adds-up.ts';

test('what adds up is let through', () => {
  for (const document of [aFinalDocument(), aCreditNote(), anInvoiceOfVehicles(5)])
    expect(() => assertDocumentAddsUp(document)).not.toThrow();
  expect(() => assertStatementAddsUp(aStatement())).not.toThrow();
});

test('a document that a pencil proves wrong is not printed', () => {
  const invoice = aFinalDocument();
  const rated = (changes: Partial<typeof invoice.rated>): typeof invoice => ({
    ...invoice,
    rated: { ...invoice.rated, ...changes },
  });
  expect(() => assertDocumentAddsUp(rated({ lines: invoice.rated.lines.slice(1) }))).toThrow(
    'INV-000042: the lines and the net amount do not add up: 19035, printed 64035',
  );
  expect(() => assertDocumentAddsUp(rated({ vehicles: invoice.rated.vehicles.slice(1) }))).toThrow(
    'the distances of the vehicles do not add up: 4345, printed 12345',
  );
  expect(() => assertDocumentAddsUp(rated({ grossPence: 1 }))).toThrow('net, VAT and gross of the period');
  expect(() => assertDocumentAddsUp({ ...aCreditNote(), earlier: [] })).toThrow(
    'net and what was issued do not add up: 63030, printed -1005',
  );
  expect(() => assertDocumentAddsUp({ ...aCreditNote(), vatPence: -200 })).toThrow('VAT and what was issued');
  expect(() => assertDocumentAddsUp({ ...aCreditNote(), grossPence: -1_207 })).toThrow(
    'net, VAT and gross do not add up: -1206, printed -1207',
  );
});

test('a statement whose balances do not follow from its lines is not printed', () => {
  const statement = aStatement();
  expect(() => assertStatementAddsUp({ ...statement, openingPence: 0 })).toThrow(
    'the balance at Invoice, 2026-03-04, is 76842, not 200298',
  );
  expect(() => assertStatementAddsUp({ ...statement, closingPence: 1 })).toThrow('closes at 1');
  expect(() =>
    assertStatementAddsUp({ ...statement, ageing: { ...statement.ageing, days90AndMorePence: 1 } }),
  ).toThrow('its ageing at 152479');
});
