/**
 * Data as JSON without spaces, the names of every object in the order of their code units: whoever has the same data gets
 * the same text, and a digest of it the same digits, in whatever order it was kept.
 */
export function canonicalJson(data: unknown): string {
  return JSON.stringify(data, inOrder);
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
