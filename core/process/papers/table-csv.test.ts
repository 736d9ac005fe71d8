import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aCreditNote, aFinalDocument } from '../../../tests/support/a-final-document.ts';
import { aStatement } from '../../../tests/support/a-statement.ts';
import { dataSha256Hex } from './data-hash.ts';
import { documentTable } from './document-rows.ts';
import { statementTable } from './statement-rows.ts';
import { tableCsv } from './table-csv.ts';

type Record = Readonly<globalThis.Record<string, string>>;
const read = (csv: string): readonly Record[] => parse(csv, { columns: true, record_delimiter: '\r\n' });

test('a printed line is a row, with everything it takes to read it alone', () => {
  const credit = aCreditNote();
  const rows = read(tableCsv(documentTable([aFinalDocument(), credit])));
  expect(rows.map((row) => [row['document_number'], row['line'], row['line_kind']])).toEqual([
    ['INV-000042', '1', 'standing'],
    ['INV-000042', '2', 'miles'],
    ['INV-000042', '3', 'miles'],
    ['INV-000042', '4', 'vat'],
    ['CN-000007', '1', 'standing'],
    ['CN-000007', '2', 'miles'],
    ['CN-000007', '3', 'miles'],
    ['CN-000007', '4', 'vat'],
    ['CN-000007', '5', 'issued_before'],
  ]);
  expect(rows[6]).toEqual({
    document_number: 'CN-000007',
    document_kind: 'credit_note',
    facility_id: 'fac-1',
    facility_name: 'Northbank Facility 1',
    operator_id: 'op-london',
    operator_name: 'Zażółć & Søn Taxis Ltd',
    contract: 'con-london-1',
    issued_day: '2026-04-04',
    due_day: '2026-04-04',
    period_first_day: '2026-03-01',
    period_last_day: '2026-03-31',
    line: '3',
    line_kind: 'miles',
    issued_before: '',
    vehicle: '',
    registration: '',
    first_day: '2026-03-15',
    last_day: '2026-03-31',
    distance_tenths: '2010',
    unit: 'mi',
    rate_pence: '30.0',
    net_pence: '6030',
    vat_pence: '0',
    currency: 'GBP',
    vat_rate: '0.2',
    is_provisional: 'true',
    is_simulated: 'false',
    as_of: '2026-04-03T23:00:05.000Z',
    journal_position: '48211',
    data_sha256: dataSha256Hex(credit),
  });
});

test('the rows of a document come to its net amount and its VAT', () => {
  for (const document of [aFinalDocument(), aCreditNote()]) {
    const rows = read(tableCsv(documentTable([document])));
    const sumOf = (name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);
    expect([sumOf('net_pence'), sumOf('vat_pence')]).toEqual([document.netPence, document.vatPence]);
  }
});

test('a statement has a row for each balance and movement', () => {
  const rows = read(tableCsv(statementTable(aStatement())));
  expect(
    rows.map((row) => [
      row['line_kind'],
      row['day'],
      row['number'],
      row['amount_pence'],
      row['balance_pence'],
    ]),
  ).toEqual([
    ['opening', '2026-03-01', '', '0', '123456'],
    ['movement', '2026-03-04', 'INV-000031', '76842', '200298'],
    ['movement', '2026-03-18', 'RCP-000012', '-123456', '76842'],
    ['movement', '2026-04-04', 'INV-000042', '76842', '153684'],
    ['movement', '2026-04-06', 'CN-000007', '-1206', '152478'],
    ['closing', '2026-04-30', '', '0', '152478'],
  ]);
});

test('text that a spreadsheet would run is text, and a number below nothing is a number', () => {
  const names = ['=1+1', '+44 20', '-5', '@SUM(A1)', '\tx', '\rx', 'plain', "'quoted", 'a, "b"\r\nc', 'd\ne'];
  const csv = tableCsv({
    columns: [
      { name: 'name', type: 'text', value: (name: string) => name },
      { name: 'pence', type: 'whole', value: () => -5 },
    ],
    rows: names,
  });
  expect(csv).toBe(
    [
      'name,pence',
      "'=1+1,-5",
      "'+44 20,-5",
      "'-5,-5",
      "'@SUM(A1),-5",
      "'\tx,-5",
      '"\'\rx",-5',
      'plain,-5',
      "'quoted,-5",
      '"a, ""b""\r\nc",-5',
      '"d\ne",-5',
      '',
    ].join('\r\n'),
  );
});

test('whatever stands in a name comes back, with an apostrophe before a formula and never one', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, unit: 'binary' }), { minLength: 1 }), (names) => {
      const columns = [{ name: 'name', type: 'text', value: (name: string) => name }] as const;
      const back = read(tableCsv({ columns, rows: names })).map((row) => row['name'] ?? '');
      expect(back.filter((name) => /^[=+\-@\t\r]/.test(name))).toEqual([]);
      expect(back.map((name, i) => name === names[i] || name === `'${names[i]}`)).not.toContain(false);
    }),
  );
});
