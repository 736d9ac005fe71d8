import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import type { DataFolder } from '../../core/process/data-folder.ts';
import { writeEvidencePack } from '../../core/process/money/evidence-pack.ts';
import { verifyPack } from '../../core/process/money/verify-pack.ts';
import { verifyData } from '../../core/process/verify-data.ts';
import { worldAsOf } from '../../core/process/world-as-of.ts';
import type { FinalDocument } from '../../core/protocol/document.ts';
import type { JournalRecord } from '../../core/protocol/journal-record.ts';
import { emptyFolder } from '../support/journal-folder.ts';
import { moneyYear } from '../support/money-year.ts';
import { rewrittenJournal } from '../support/rewritten-journal.ts';

test('a year of every contract shape verifies, and one changed penny in one document does not', async () => {
  const data = await moneyYear();
  const world = worldAsOf(data.journal, Number.POSITIVE_INFINITY);
  const kinds = [...world.money.documents.values()].map(({ document }) => document.kind);
  expect(new Set(kinds)).toEqual(new Set(['invoice', 'supplementary', 'credit_note']));
  const found = await verifyData(data);
  expect(found).toMatchObject({ ok: true, differences: [], documents: kinds.length });
  // The document first; then the book, which a penny that is in no line has put out of balance.
  const [first, ...others] = await differencesWith(data, 'INV-000001', onePennyMore);
  expect(first).toMatch(/^INV-000001: the lines is /u);
  expect(others.at(-1)).toMatch(/^the book: 1100:north holds /u);
}, 300_000);

/** What verify says of a journal in which one document is another, whole and chained as it should be. */
async function differencesWith(
  data: DataFolder,
  number: string,
  change: (document: FinalDocument) => FinalDocument,
): Promise<readonly string[]> {
  const journal = await rewrittenJournal(data.journal, (record: JournalRecord) => {
    if (record.kind !== 'decision' || record.decision.decision !== 'issue-document') return record;
    const { document } = record.decision;
    if (document.number !== number) return record;
    return { ...record, decision: { ...record.decision, document: change(document) } };
  });
  return (await verifyData({ ...data, journal })).differences;
}

function onePennyMore(document: FinalDocument): FinalDocument {
  const [first, ...rest] = document.rated.lines;
  const line = must(first, 'the document has a line');
  return { ...document, rated: { ...document.rated, lines: [{ ...line, pence: line.pence + 1 }, ...rest] } };
}

test('a pack of evidence is checked by itself, and a changed byte or penny in it is found', async () => {
  const data = await moneyYear(3);
  const world = worldAsOf(data.journal, Number.POSITIVE_INFINITY);
  const folder = emptyFolder();
  for (const number of world.money.documents.keys()) {
    const pack = await writeEvidencePack({ world, number, journalFolder: data.journal, folder });
    if (!pack.ok) throw new Error(pack.problem);
    expect(verifyPack(pack.folder)).toMatchObject({ differences: [], documents: 1 });
  }
  const pack = path.join(folder, 'INV-000001');
  change(path.join(pack, 'evidence.json'), /"pence": (\d+)/u, (_, pence) => `"pence": ${Number(pence) + 1}`);
  expect(verifyPack(pack).differences).toEqual([expect.stringMatching(/^INV-000001: lines is /u)]);
  change(
    path.join(pack, 'records.jsonl'),
    /"bytes":"(.)/u,
    (_, first) => `"bytes":"${first === 'A' ? 'B' : 'A'}`,
  );
  expect(verifyPack(pack).differences).toContainEqual(expect.stringMatching(/is not what its digest says$/u));
}, 120_000);

function change(file: string, what: RegExp, into: (...found: string[]) => string): void {
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(what, into));
}
