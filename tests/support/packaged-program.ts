import { existsSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../core/base/assert.ts';
import { repositoryRoot } from './electron-program.ts';

/** The folder target of `npm run package` on Linux. */
export const packagedFolder = path.join(repositoryRoot, 'dist', 'linux-unpacked');

/** The program in it. */
export function packagedProgram(folder: string = packagedFolder): string {
  const program = path.join(folder, 'milepost');
  assert(existsSync(program), () => `no packaged program at ${program}: run npm run package first`);
  return program;
}
