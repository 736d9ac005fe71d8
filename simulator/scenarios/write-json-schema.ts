import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { scenarioJsonSchema } from './schema-names.ts';

export const JSON_SCHEMA_FILE = join(import.meta.dirname, 'scenario.schema.json');

/** The schema's text as it is committed; run this file after a change of the schema. */
export function jsonSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(JSON_SCHEMA_FILE, jsonSchemaText());
