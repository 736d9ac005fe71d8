import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assert } from '../../core/base/assert.ts';
import { ok } from '../../core/base/result.ts';
import { openDataFolder } from '../../core/process/data-folder.ts';
import { clearSimulatedFolder } from './clear-simulated-folder.ts';

let parent = '';
beforeEach(() => (parent = mkdtempSync(path.join(tmpdir(), 'milepost-demo-'))));
afterEach(() => rmSync(parent, { recursive: true }));

/** A data folder with a journal in it, marked as the core marks it; null for one that carries no mark. */
function folderWith(isSimulated: boolean | null): string {
  const folder = path.join(parent, 'fleet');
  if (isSimulated !== null) assert(openDataFolder(folder, 'system', isSimulated).ok, 'a new data folder');
  mkdirSync(path.join(folder, 'journal'), { recursive: true });
  writeFileSync(path.join(folder, 'journal', '0.segment'), 'x');
  return folder;
}

describe('the demo', () => {
  test('begins afresh where an earlier demo was', () => {
    const folder = folderWith(true);
    expect(clearSimulatedFolder(folder)).toEqual(ok(undefined));
    expect(existsSync(folder)).toBe(false);
  });

  test.each([
    ['real data', false],
    ['something else', null],
  ])('leaves a folder of %s alone, and says so', (_what, isSimulated) => {
    const folder = folderWith(isSimulated);
    const result = clearSimulatedFolder(folder);
    expect(result.ok ? '' : result.error).toContain(`${folder} holds data that is not marked as simulated`);
    expect(existsSync(path.join(folder, 'journal/0.segment'))).toBe(true);
  });

  test('takes a folder that is not there yet', () => {
    expect(clearSimulatedFolder(path.join(parent, 'new'))).toEqual(ok(undefined));
  });
});
