import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asyncApiText } from './build-asyncapi.ts';

test('docs/asyncapi.json is what the schemas say; after a change: npm run asyncapi', () => {
  const committed = readFileSync(join(import.meta.dirname, '..', 'docs', 'asyncapi.json'), 'utf8');
  expect(committed).toBe(asyncApiText());
});

test('every reference in it leads somewhere', () => {
  const document: unknown = JSON.parse(asyncApiText());
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/gu)].map(
    ([, path = '']) => path,
  );
  expect(references.length).toBeGreaterThan(0);
  const lost = references.filter((path) => {
    let at: unknown = document;
    for (const key of path.split('/')) at = (at as Record<string, unknown> | undefined)?.[key];
    return at === undefined;
  });
  expect(lost).toEqual([]);
});
