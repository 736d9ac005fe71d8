import { getDocumentProxy } from 'unpdf';

/** The rows of a PDF page by page, from top to bottom: the pieces of text on one line, from left to right. */
export async function readPdf(bytes: Uint8Array): Promise<readonly (readonly (readonly string[])[])[]> {
  const pdf = await getDocumentProxy(Uint8Array.from(bytes));
  const pages: string[][][] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    const pieces = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? pieceOf(item) : []));
    pages.push(rowsOf(pieces));
  }
  await pdf.cleanup();
  return pages;
}

interface Piece {
  readonly text: string;
  readonly left: number;
  readonly fromFoot: number;
}

function pieceOf({ str, transform }: { readonly str: string; readonly transform: readonly number[] }): Piece {
  return { text: str, left: transform[4] ?? 0, fromFoot: Math.round(transform[5] ?? 0) };
}

function rowsOf(pieces: readonly Piece[]): string[][] {
  const rows = new Map<number, Piece[]>();
  for (const piece of pieces) rows.set(piece.fromFoot, [...(rows.get(piece.fromFoot) ?? []), piece]);
  return [...rows]
    .toSorted(([a], [b]) => b - a)
    .map(([, row]) => row.toSorted((a, b) => a.left - b.left).map(({ text }) => text));
}
