import { expect, test } from 'vitest';
import { anIssuer } from '../../../tests/support/a-final-document.ts';
import { aStatement } from '../../../tests/support/a-statement.ts';
import { readPdf } from '../../../tests/support/read-pdf.ts';
import { statementSchema } from '../../protocol/statement.ts';
import { dataSha256Hex } from './data-hash.ts';
import { statementPdf } from './statement-pdf.ts';

test('a statement leads from the opening to the closing balance, and says how old what is unpaid is', async () => {
  const statement = statementSchema.parse(aStatement());
  const [rows = [], ...further] = await readPdf(await statementPdf(statement, anIssuer));
  expect(further).toEqual([]);
  expect(rows.slice(rows.findIndex(([text]) => text === 'Movements'))).toEqual([
    ['Movements'],
    ['Day', 'What', 'Number', 'Amount', 'Balance'],
    ['1 March 2026', 'Opening balance', '£1,234.56'],
    ['4 March 2026', 'Invoice', 'INV-000031', '£768.42', '£2,002.98'],
    ['18 March 2026', 'Payment received', 'RCP-000012', '−£1,234.56', '£768.42'],
    ['4 April 2026', 'Invoice', 'INV-000042', '£768.42', '£1,536.84'],
    ['6 April 2026', 'Credit note', 'CN-000007', '−£12.06', '£1,524.78'],
    ['30 April 2026', 'Closing balance', '£1,524.78'],
    ['Unpaid, by days past the due day'],
    ['Not yet due', '1–29 days', '30–59 days', '60–89 days', '90 days and more'],
    ['£756.36', '£768.42', '£0.00', '£0.00', '£0.00'],
    ['Statement of account · As of 1 May 2026, 01:00:00 (UTC+01:00)', 'Page 1 of 1'],
    [`Data SHA-256 ${dataSha256Hex(statement)}`],
  ]);
});

test('a statement without movements has its balances', async () => {
  const closingPence = 123_456;
  const ageing = { ...aStatement().ageing, currentPence: closingPence - 76_842 };
  const quiet = aStatement({ lines: [], closingPence, ageing });
  const rows = (await readPdf(await statementPdf(quiet, anIssuer))).flat();
  expect(rows).toContainEqual(['1 March 2026', 'Opening balance', '£1,234.56']);
  expect(rows).toContainEqual(['30 April 2026', 'Closing balance', '£1,234.56']);
});
