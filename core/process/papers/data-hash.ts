import { createHash } from 'node:crypto';

/**
 * SHA-256 of data as JSON without spaces, the names of every object in the order of their code units: whoever has the
 * same data gets the same digits, in whatever order it was kept.
 */
export function dataSha256Hex(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data, inOrder)).digest('hex');
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
