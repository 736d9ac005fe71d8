import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fail, ok, type Result } from '../core/base/result.ts';
import { type Book, bookSchema } from '../core/protocol/book.ts';

/** Reads the book a person named on the command line; the error says what is wrong with it and where. */
export async function readBookFile(file: string): Promise<Result<Book, string>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return fail(`the book ${file} cannot be read`);
  const book = bookSchema.safeParse(parseJson(text));
  return book.success
    ? ok(book.data)
    : fail(`the book ${file} is not usable:\n${z.prettifyError(book.error)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
