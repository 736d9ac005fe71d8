/**
 * Prints the papers of the tests and tells the SHA-256 of each, by a clock that is as many milliseconds off as the first
 * argument says.
 */
import { createHash } from 'node:crypto';

const offMs = Number(process.argv[2]);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [RealDate.now() + offMs] : given) as [number]));
  }
  static override now(): number {
    return RealDate.now() + offMs;
  }
} as DateConstructor;

async function printPapers(): Promise<readonly Uint8Array[]> {
  // Loaded after the clock is set.
  const { aCreditNote, aFinalDocument, anIssuer } = await import('./a-final-document.ts');
  const { aStatement } = await import('./a-statement.ts');
  const { invoicePdf } = await import('../../core/process/papers/invoice-pdf.ts');
  const { statementPdf } = await import('../../core/process/papers/statement-pdf.ts');
  const { tableParquet } = await import('../../core/process/papers/table-parquet.ts');
  const { documentTable } = await import('../../core/process/papers/document-rows.ts');
  return [
    await invoicePdf(aFinalDocument(), anIssuer),
    await invoicePdf(aCreditNote(), anIssuer),
    await statementPdf(aStatement(), anIssuer),
    await tableParquet(documentTable([aFinalDocument(), aCreditNote()])),
  ];
}

void printPapers().then((papers) => {
  const hashes = papers.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  process.stdout.write(`${new Date().getFullYear()} ${hashes.join(' ')}\n`);
});
