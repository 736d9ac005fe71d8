import type { CoreLink } from '../link/core-link.ts';
import { saveFile } from '../parts/save-file.ts';

/** The formats a paper is handed out in, with the words of their buttons. */
export const paperFormats = [
  ['pdf', 'PDF'],
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
] as const;
export type PaperFormat = (typeof paperFormats)[number][0];

/** Asks the core for a document as a file and hands it over. Returns what is wrong, or null. */
export async function saveDocument(
  link: CoreLink,
  number: string,
  format: PaperFormat,
): Promise<string | null> {
  const answer = await link.ask('money.paper', { number, format });
  if (!answer.ok) return answer.error;
  return hand(answer.value, `there is no document ${number}`);
}

/** The same for a statement of account. */
export async function saveStatement(
  link: CoreLink,
  of: { readonly operator: string; readonly fromDay: string; readonly toDay: string },
  format: PaperFormat,
): Promise<string | null> {
  const answer = await link.ask('money.statement-paper', { ...of, format });
  if (!answer.ok) return answer.error;
  return hand(answer.value, `there is no statement of ${of.operator} for these days`);
}

function hand(paper: { readonly name: string; readonly base64: string } | null, none: string): string | null {
  if (paper === null) return none;
  saveFile(paper.name, bytesOfBase64(paper.base64));
  return null;
}

function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
}
