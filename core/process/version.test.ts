import fs from 'node:fs';
import { expect, test } from 'vitest';
import { MILEPOST_VERSION } from './version.ts';

test('the version the journal notes is the one the package has', () => {
  const manifest = JSON.parse(
    fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as unknown;
  expect(manifest).toMatchObject({ version: MILEPOST_VERSION });
});
