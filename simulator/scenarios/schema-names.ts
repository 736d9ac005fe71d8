import { z } from 'zod';
import { scenarioSchema } from './scenario-schema.ts';
import type { FilePath } from './yaml-text.ts';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly const?: unknown;
}

/** The scenario file's schema for editors: JSON Schema, draft 2020-12. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' });
  return {
    ...schema,
    $id: 'https://milepost.example/scenario-1.json',
    title: 'A scenario of the Milepost fleet simulator',
  };
}

/** The names a place in a scenario file has room for. Of several shapes, those of the one whose words were written. */
export function namesAt(path: FilePath, data: unknown): readonly string[] {
  let schemas: readonly JsonSchema[] = [scenarioJsonSchema()];
  let value = data;
  for (const step of path) {
    value =
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[String(step)]
        : undefined;
    schemas = schemas
      .flatMap((schema) => (typeof step === 'number' ? schema.items : schema.properties?.[step]) ?? [])
      .flatMap((schema) => schema.anyOf ?? schema.oneOf ?? [schema]);
  }
  const meant = schemas.filter((schema) =>
    Object.entries(schema.properties ?? {}).some(([name, { const: word }]) => isWritten(value, name, word)),
  );
  const of = meant.length > 0 ? meant : schemas;
  return [
    ...new Set(of.flatMap((schema) => schema.propertyNames?.enum ?? Object.keys(schema.properties ?? {}))),
  ];
}

/** A shape is known by its fixed word (`do: close-period`), or by the name only it has (`metric`, `alarm`). */
function isWritten(value: unknown, name: string, word: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const written = (value as Record<string, unknown>)[name];
  return word === undefined
    ? ['metric', 'alarm', 'alarmRate'].includes(name) && written !== undefined
    : written === word;
}
