import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../tests/support/journal-folder.ts';
import { openDataFolder, readDataFolder } from './data-folder.ts';

test('a folder is simulated or real from the moment it is made, and a driven clock needs a simulated one', () => {
  const real = path.join(emptyFolder(), 'real');
  expect(openDataFolder(real, 'system', false)).toMatchObject({ ok: true, value: { isSimulated: false } });
  expect(openDataFolder(real, 'driven', true)).toEqual({
    ok: false,
    error: `${real} holds real data: a driven clock works only in a folder that was made for simulation.`,
  });
  const simulated = path.join(emptyFolder(), 'simulated');
  expect(openDataFolder(simulated, 'driven', false)).toMatchObject({
    ok: true,
    value: { isSimulated: true },
  });
  expect(openDataFolder(simulated, 'system', false)).toMatchObject({
    ok: true,
    value: { isSimulated: true },
  });
  expect(readDataFolder(simulated)).toMatchObject({ ok: true, value: { isSimulated: true } });
});

test('a folder with other things in it is not taken over', () => {
  const folder = emptyFolder();
  fs.writeFileSync(path.join(folder, 'holiday.jpg'), '');
  const opened = openDataFolder(folder, 'system', false);
  expect(opened.ok ? '' : opened.error).toContain(
    'it is not empty and has no milepost.json (it holds holiday.jpg)',
  );
});

test('looking at what is no data folder says so', () => {
  const folder = emptyFolder();
  expect(readDataFolder(folder)).toEqual({
    ok: false,
    error: `${folder} is not a data folder: it has no milepost.json.`,
  });
});
