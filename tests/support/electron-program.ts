import { existsSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../core/base/assert.ts';

export const repositoryRoot = path.resolve(import.meta.dirname, '..', '..');

/** The registry runtime of a checkout (scripts/setup/registry-runtime.mjs), for who runs a journey by hand. */
const CHECKOUT_RUNTIME = path.join(repositoryRoot, '.runtime', 'electron-33.2.1');

/** What a virtual screen without a graphics card needs, and root. */
const FLAGS_BY_HAND = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The Electron the journeys run in: the one `npm test` prepared, or the one that lies in the checkout. */
export function electronProgram(): string {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? CHECKOUT_RUNTIME;
  const program = process.env['MILEPOST_ELECTRON'] ?? path.join(folder, 'electron');
  assert(existsSync(program), () => `no Electron at ${program}: run the journeys with npm test`);
  return program;
}

/** Chromium's flags for this machine. */
export function chromiumFlags(): string[] {
  return process.env['MILEPOST_ELECTRON_FLAGS']?.split(' ').filter(Boolean) ?? FLAGS_BY_HAND;
}
