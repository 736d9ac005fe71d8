import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';

const programs: Readonly<Record<string, string>> = {
  darwin: `dist/mac${process.arch === 'arm64' ? '-arm64' : ''}/Milepost.app`,
  linux: 'dist/linux-unpacked/milepost',
  win32: 'dist/win-unpacked/milepost.exe',
};
const program = join(import.meta.dirname, '../..', programs[process.platform] ?? '');

/** How the wire writes a switch that is on. */
const ON = '1'.charCodeAt(0);

/** What electron-builder.yml asks for, as it stands in the bytes of the built file. */
const expected = {
  RunAsNode: 'off',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableCookieEncryption: 'on',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
};

test('the packaged program carries the safe switches in its own bytes', async () => {
  const wire = await getCurrentFuseWire(program);
  const found = Object.keys(expected).map((name) => [
    name,
    Number(wire[FuseV1Options[name as keyof typeof FuseV1Options]]) === ON ? 'on' : 'off',
  ]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

test('the packaged program is one archive, without the folder that development opens', () => {
  const resources =
    process.platform === 'darwin' ? join(program, 'Contents', 'Resources') : join(program, '..', 'resources');
  expect({
    archive: existsSync(join(resources, 'app.asar')),
    folder: existsSync(join(resources, 'app')),
    cityPacks: existsSync(join(resources, 'city-packs')),
  }).toEqual({ archive: true, folder: false, cityPacks: true });
});
