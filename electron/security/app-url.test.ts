import fc from 'fast-check';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ok } from '../../core/base/result.ts';
import { resolveAppUrl } from './app-url.ts';

const folders = {
  renderer: path.resolve('/program/renderer'),
  cityPacks: path.resolve('/program/city-packs'),
};
const resolve = (address: string) => resolveAppUrl(address, folders);

describe('an address of the app scheme', () => {
  test('means a file of the page, with the type a browser needs', () => {
    expect(resolve('app://milepost/index.html')).toEqual(
      ok({ file: path.join(folders.renderer, 'index.html'), mimeType: 'text/html; charset=utf-8' }),
    );
    expect(resolve('app://milepost/assets/map-worker-D1.mjs?worker#x')).toEqual(
      ok({
        file: path.join(folders.renderer, 'assets', 'map-worker-D1.mjs'),
        mimeType: 'text/javascript; charset=utf-8',
      }),
    );
  });

  test('below city-packs means a file of a pack, wherever the packs lie', () => {
    expect(resolve('app://milepost/city-packs/montevideo/roads.bin')).toEqual(
      ok({
        file: path.join(folders.cityPacks, 'montevideo', 'roads.bin'),
        mimeType: 'application/octet-stream',
      }),
    );
  });

  test.each([
    [
      'a step up written plainly is undone by the address itself',
      'app://milepost/city-packs/../index.html',
      null,
    ],
    ['a step up, its slash hidden', 'app://milepost/..%2f..%2fpackage.json', 'outside-folder'],
    ['a step up out of the packs', 'app://milepost/city-packs/..%2frenderer%2findex.html', 'outside-folder'],
    ['a step up in the other slash', 'app://milepost/..%5c..%5cpackage.json', 'outside-folder'],
    ['a drive', 'app://milepost/C:%2fsecrets.json', 'outside-folder'],
    ['an absolute path', 'app://milepost//etc/hosts.txt', 'outside-folder'],
    ['a zero byte', 'app://milepost/index.html%00.png', 'outside-folder'],
    ['a folder', 'app://milepost/', 'outside-folder'],
    ['a file type we do not serve', 'app://milepost/settings.sqlite', 'unknown-file-type'],
    ['another host', 'app://elsewhere/index.html', 'unknown-host'],
    ['another scheme', 'https://milepost/index.html', 'unknown-host'],
    ['a broken escape', 'app://milepost/%E0%A4%A.html', 'not-an-address'],
    ['no address at all', 'index.html', 'not-an-address'],
  ])('%s: %s', (_what, address, refusal) => {
    const result = resolve(address);
    expect(result.ok ? null : result.error).toBe(refusal);
  });

  test('never leads out of the two folders, whatever it is', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '', '%2e%2e', '..%2f', '..%5c', 'city-packs', 'C:', '%00', '~', 'a.json'),
      fc.webPath(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const result = resolve(`app://milepost/${pieces.join('/')}.json`);
        if (!result.ok) return;
        const isInside = Object.values(folders).some((folder) =>
          result.value.file.startsWith(folder + path.sep),
        );
        expect(isInside).toBe(true);
      }),
    );
  });
});
