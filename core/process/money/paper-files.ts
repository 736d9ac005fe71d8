import { Buffer } from 'node:buffer';
import type { Book } from '../../protocol/book.ts';
import type { FinalDocument } from '../../protocol/document.ts';
import type { fileFormats } from '../../protocol/money-asks.ts';
import type { Statement } from '../../protocol/statement.ts';
import { documentTable } from '../papers/document-rows.ts';
import { invoicePdf } from '../papers/invoice-pdf.ts';
import type { Issuer } from '../papers/issuer.ts';
import { statementPdf } from '../papers/statement-pdf.ts';
import { statementTable } from '../papers/statement-rows.ts';
import { tableCsv } from '../papers/table-csv.ts';
import { tableParquet } from '../papers/table-parquet.ts';

export type FileFormat = (typeof fileFormats)[number];
export interface PaperFile {
  readonly name: string;
  readonly base64: string;
}

/** Whose paper it is, from the book. */
export function issuerOf(facility: Book['facility']): Issuer {
  return {
    name: facility.name,
    addressLines: facility.addressLines ?? [],
    vatNumber: facility.vatNumber ?? null,
    paymentLines: facility.paymentLines ?? [],
  };
}

export async function documentFile(
  document: FinalDocument,
  issuer: Issuer,
  format: FileFormat,
): Promise<PaperFile> {
  const name = `${document.number}.${format}`;
  if (format === 'pdf') return file(name, await invoicePdf(document, issuer));
  const table = documentTable([document]);
  return file(name, format === 'csv' ? tableCsv(table) : await tableParquet(table));
}

export async function statementFile(
  statement: Statement,
  issuer: Issuer,
  format: FileFormat,
): Promise<PaperFile> {
  const { operator, firstDay, lastDay } = statement;
  const name = `statement-${operator.id}-${firstDay}-${lastDay}.${format}`;
  if (format === 'pdf') return file(name, await statementPdf(statement, issuer));
  const table = statementTable(statement);
  return file(name, format === 'csv' ? tableCsv(table) : await tableParquet(table));
}

function file(name: string, content: Uint8Array | string): PaperFile {
  return { name, base64: Buffer.from(content).toString('base64') };
}
