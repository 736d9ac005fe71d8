import { isFields } from '../tracker/vendor-fields.ts';
import { mappingJsonSchema } from './mapping-schema.ts';
import type { FilePath } from './read-yaml.ts';

/** The names that may stand at a place of a mapping file, of all the shapes it can have there. */
export function settingsAt(path: FilePath): readonly string[] {
  jsonSchema ??= mappingJsonSchema();
  let schemas: readonly unknown[] = withShapes(jsonSchema);
  for (const step of path) schemas = schemas.flatMap((schema) => withShapes(partOf(schema, step)));
  return [...new Set(schemas.flatMap((schema) => Object.keys(propertiesOf(schema))))].toSorted();
}

let jsonSchema: object | null = null;

/** A schema and, of one that allows several shapes, each of them. */
function withShapes(schema: unknown): readonly unknown[] {
  if (!isFields(schema)) return [];
  const shapes = schema['anyOf'];
  return Array.isArray(shapes) ? shapes.flatMap((shape) => withShapes(shape)) : [schema];
}

function partOf(schema: unknown, step: string | number): unknown {
  if (!isFields(schema)) return undefined;
  return typeof step === 'number' ? schema['items'] : propertiesOf(schema)[step];
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> {
  const properties = isFields(schema) ? schema['properties'] : undefined;
  return isFields(properties) ? properties : {};
}
