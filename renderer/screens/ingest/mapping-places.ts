/** A place in a text as people count: lines and columns from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Where a problem begins and ends in a text, as offsets: the word it stands on, at least one character where there is one. */
export function rangeAt(
  text: string,
  { line, column }: TextPlace,
): { readonly from: number; readonly to: number } {
  const lines = text.split('\n');
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const start = lines.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  const content = lines[index] ?? '';
  const offset = Math.min(Math.max(column - 1, 0), content.length);
  const word = /^(?:"[^"]*"|'[^']*'|[^\s,{}[\]:]+)/.exec(content.slice(offset))?.[0] ?? '';
  const length = Math.min(Math.max(word.length, 1), content.length - offset);
  // At the end of a line there is nothing to underline but what is before it.
  return length > 0
    ? { from: start + offset, to: start + offset + length }
    : { from: start, to: start + content.length };
}
