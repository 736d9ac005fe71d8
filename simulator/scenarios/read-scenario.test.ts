import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import { problemLines, readScenario } from './read-scenario.ts';
import { scenarioJsonSchema } from './schema-names.ts';
import { JSON_SCHEMA_FILE, jsonSchemaText } from './write-json-schema.ts';

const BAD_FILES = join(import.meta.dirname, 'bad-files');
const badFiles = readdirSync(BAD_FILES).filter((name) => name.endsWith('.txt'));
const wanted = new Map(
  readFileSync(join(import.meta.dirname, 'bad-files-messages.txt'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => [must(line.split(':')[0], 'a file name'), line]),
);

test('there are messages for all bad files, and files for all messages', () => {
  expect([...wanted.keys()]).toEqual(badFiles);
  expect(badFiles.length).toBeGreaterThanOrEqual(20);
});

test.each(badFiles)('%s is refused with place and words', (name) => {
  const read = readScenario(readFileSync(join(BAD_FILES, name), 'utf8'));
  expect(read.ok ? 'taken' : problemLines(name, read.error)).toBe(wanted.get(name));
});

test('the template is a scenario, and what it leaves out is filled in', () => {
  const read = readScenario(readFileSync(join(import.meta.dirname, 'template.yaml'), 'utf8'));
  expect(read.ok && read.value.fleets[1]?.reporting).toEqual({
    movingSeconds: 10,
    stoppedSeconds: 300,
    heartbeatSeconds: 3_600,
    jitterPercent: 0,
  });
});

test('the schema for editors knows every key of a scenario', () => {
  const schema = scenarioJsonSchema() as {
    properties: Record<string, unknown>;
    additionalProperties: boolean;
  };
  expect(Object.keys(schema.properties)).toEqual([
    'version',
    'name',
    'title',
    'seed',
    'clock',
    'area',
    'fleets',
    'faults',
    'people',
    'expect',
  ]);
  expect(schema.additionalProperties).toBe(false);
});

test('scenario.schema.json is what the schema says; after a change: npx tsx simulator/scenarios/write-json-schema.ts', () => {
  expect(readFileSync(JSON_SCHEMA_FILE, 'utf8')).toBe(jsonSchemaText());
});
