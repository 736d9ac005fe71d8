import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bookWithDocuments } from '../../../tests/support/book-with-documents.ts';
import { readBankCsv } from './bank-csv.ts';
import { columnNames, requiredColumns } from './contract-columns.ts';
import { readContractsCsv } from './contracts-csv.ts';

const page = readFileSync(
  path.join(import.meta.dirname, '../../../docs/how-to/contracts-and-receipts-by-csv.md'),
  'utf8',
);
const examples = [...page.matchAll(/```csv\n(.*?)```/gs)].map(([, csv = '']) => csv);
const [flat = '', shared = '', ...statements] = examples;

test('the contracts on the page can be imported as they stand there', () => {
  const counts = [flat, shared].map((csv) => {
    const { problems, contracts, vehicles, operators } = readContractsCsv(csv, bookWithDocuments([]));
    return { problems, contracts, vehicles, operators };
  });
  expect(counts).toEqual([
    { problems: [], contracts: 1, vehicles: 2, operators: 0 },
    { problems: [], contracts: 1, vehicles: 2, operators: 1 },
  ]);
});

test('the statements on the page can be imported as they stand there', () => {
  const paid = statements.map((csv) => {
    const world = bookWithDocuments([
      ['INV-000001', 'north', 76_842],
      ['INV-000002', 'south', 123_456],
    ]);
    const { problems, receipts } = readBankCsv(csv, world);
    return { problems, matches: receipts.map(({ matches }) => matches.map(({ document }) => document)) };
  });
  expect(paid).toEqual([
    { problems: [], matches: [['INV-000001'], ['INV-000002']] },
    { problems: [], matches: [['INV-000001']] },
  ]);
});

test('the page has a line for each column, and says which are required', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (Required)?/gm)];
  expect(rows.map(([, column]) => column)).toEqual(columnNames);
  expect(rows.filter(([, , required]) => required !== undefined).map(([, column]) => column)).toEqual(
    columnNames.filter((column) => requiredColumns.some((required) => required === column)),
  );
});
