import { expect, test } from 'vitest';
import { mappingJsonSchema } from './mapping-schema.ts';
import { settingsAt } from './settings-at.ts';

test('the JSON Schema is one object that takes no other names, and explains its settings', () => {
  expect(mappingJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: ['name', 'version', 'messages'],
    properties: { name: { description: 'The feed is called mapped:<name> everywhere.' } },
  });
});

test('every place of a file knows what can stand there, also where it has several shapes', () => {
  expect(settingsAt([])).toEqual(['about', 'messages', 'name', 'version']);
  expect(settingsAt(['messages', 3])).toEqual([
    'device',
    'fields',
    'payload',
    'records',
    'time',
    'topic',
    'when',
  ]);
  expect(settingsAt(['messages', 0, 'time'])).toEqual(['at', 'format', 'noValue', 'optional']);
  expect(settingsAt(['messages', 0, 'fields', 'odometer', 1])).toEqual(['at', 'noValue', 'origin', 'unit']);
  expect(settingsAt(['messages', 0, 'fields', 'odometer'])).toEqual(['at', 'noValue', 'origin', 'unit']);
  expect(settingsAt(['nowhere', 'at', 'all'])).toEqual([]);
});
