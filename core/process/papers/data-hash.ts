import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';

/** SHA-256 of data in its canonical text. */
export function dataSha256Hex(data: unknown): string {
  return createHash('sha256').update(canonicalJson(data)).digest('hex');
}
