import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ok } from '../../core/base/result.ts';
import { clearSimulatedFolder } from './clear-simulated-folder.ts';

let parent = '';
beforeEach(() => (parent = mkdtempSync(path.join(tmpdir(), 'milepost-demo-'))));
afterEach(() => rmSync(parent, { recursive: true }));

function folderWith(...files: string[]): string {
  const folder = path.join(parent, 'fleet');
  mkdirSync(path.join(folder, 'journal'), { recursive: true });
  for (const file of files) writeFileSync(path.join(folder, file), 'x');
  return folder;
}

describe('the demo', () => {
  test('begins afresh where an earlier demo was', () => {
    const folder = folderWith('simulated', 'journal/0.segment');
    expect(clearSimulatedFolder(folder)).toEqual(ok(undefined));
    expect(existsSync(folder)).toBe(false);
  });

  test('leaves a folder alone that is not marked as simulated, and says so', () => {
    const folder = folderWith('journal/0.segment');
    const result = clearSimulatedFolder(folder);
    expect(result.ok ? '' : result.error).toContain(`${folder} holds data that is not marked as simulated`);
    expect(existsSync(path.join(folder, 'journal/0.segment'))).toBe(true);
  });

  test('takes a folder that is not there yet', () => {
    expect(clearSimulatedFolder(path.join(parent, 'new'))).toEqual(ok(undefined));
  });
});
