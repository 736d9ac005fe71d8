import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { aCreditNote, aFinalDocument, anInvoiceOfVehicles } from '../../../tests/support/a-final-document.ts';
import { aStatement } from '../../../tests/support/a-statement.ts';
import { dataSha256Hex } from './data-hash.ts';
import { documentTable } from './document-rows.ts';
import { statementTable } from './statement-rows.ts';
import { tableParquet } from './table-parquet.ts';

test('a Parquet file has the rows of the CSV, with days, moments and whole numbers as such', async () => {
  const credit = aCreditNote();
  const file = bufferOf(await tableParquet(documentTable([aFinalDocument(), credit])));
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(9);
  expect(rows[8]).toEqual({
    document_number: 'CN-000007',
    document_kind: 'credit_note',
    facility_id: 'fac-1',
    facility_name: 'Northbank Facility 1',
    operator_id: 'op-london',
    operator_name: 'Zażółć & Søn Taxis Ltd',
    contract: 'con-london-1',
    issued_day: new Date('2026-04-04'),
    due_day: new Date('2026-04-04'),
    period_first_day: new Date('2026-03-01'),
    period_last_day: new Date('2026-03-31'),
    line: 5n,
    line_kind: 'issued_before',
    issued_before: 'INV-000042',
    vehicle: null,
    registration: null,
    first_day: new Date('2026-03-01'),
    last_day: new Date('2026-03-31'),
    distance_tenths: null,
    unit: 'mi',
    rate_pence: null,
    net_pence: -64_035n,
    vat_pence: -12_807n,
    currency: 'GBP',
    vat_rate: '0.2',
    is_provisional: true,
    is_simulated: false,
    as_of: new Date('2026-04-03T23:00:05.000Z'),
    journal_position: 48_211n,
    data_sha256: dataSha256Hex(credit),
  });
  expect(parquetMetadata(file).created_by).toBe('Milepost');
});

test('three thousand lines come to the invoice, and the same rows give the same bytes', async () => {
  const invoice = anInvoiceOfVehicles(3_000);
  const bytes = await tableParquet(documentTable([invoice]));
  const rows = await parquetReadObjects({ file: bufferOf(bytes), columns: ['net_pence', 'registration'] });
  expect(rows.map((row) => Number(row['net_pence'])).reduce((sum, pence) => sum + pence, 0)).toBe(
    invoice.netPence,
  );
  expect(rows[2_999]?.['registration']).toBe('EV99 2999');
  expect(await tableParquet(documentTable([invoice]))).toEqual(bytes);
});

test('a statement is read back', async () => {
  const rows = await parquetReadObjects({ file: bufferOf(await tableParquet(statementTable(aStatement()))) });
  expect(rows.map((row) => [row['day'], row['amount_pence'], row['balance_pence']]).slice(0, 2)).toEqual([
    [new Date('2026-03-01'), 0n, 123_456n],
    [new Date('2026-03-04'), 76_842n, 200_298n],
  ]);
});

test('no document at all is a file without rows', async () => {
  expect(await parquetReadObjects({ file: bufferOf(await tableParquet(documentTable([]))) })).toEqual([]);
});

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
