/** What is wrong with an extract, as a sentence. Thrown from deep inside a file; caught where the file was opened. */
export class BadExtract extends Error {}
