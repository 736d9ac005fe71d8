import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../core/base/canonical-json.ts';
import { aCreditNote, aFinalDocument } from '../../tests/support/a-final-document.ts';
import { aStatement } from '../../tests/support/a-statement.ts';
import { documentFacts, footOfDocument, footOfStatement } from './print-words.ts';

test('the foot names the paper, its moment, and the digest of its data', () => {
  const invoice = aFinalDocument();
  const digest = createHash('sha256').update(canonicalJson(invoice)).digest('hex');
  expect(footOfDocument(invoice)).toEqual([
    'Invoice INV-000042 · As of 3 Apr 2026 23:00:05 UTC, journal position 48211',
    `Data SHA-256 ${digest}`,
  ]);
  const [name] = footOfStatement(aStatement());
  expect(name).toMatch(/^Statement of account, .+, 1 \w+ 2026 to \d+ \w+ 2026 · As of .+ UTC/u);
});

test('a credit note is not to be paid, and says what it corrects', () => {
  expect(documentFacts(aCreditNote())).toEqual([
    ['For', 'Zażółć & Søn Taxis Ltd'],
    ['From', 'Northbank Facility 1'],
    ['Contract', 'con-london-1'],
    ['Period', '1 Mar 2026 to 31 Mar 2026 (Europe/London)'],
    ['Issued', '4 Apr 2026'],
    ['Corrects', 'INV-000042'],
  ]);
  expect(documentFacts(aFinalDocument()).slice(-2)).toEqual([
    ['Issued', '4 Apr 2026'],
    ['Due', '18 Apr 2026'],
  ]);
});
