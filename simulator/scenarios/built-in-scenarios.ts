import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../../core/base/assert.ts';
import { problemLines, readScenario } from './read-scenario.ts';
import type { Scenario } from './scenario-schema.ts';

const FOLDER = join(import.meta.dirname, 'built-in');
export const TEMPLATE_FILE = join(import.meta.dirname, 'template.yaml');

/** A scenario the simulator carries, in the order of the catalogue. */
export interface BuiltInScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

export function builtInScenarios(): readonly BuiltInScenario[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const file = join(FOLDER, name);
      const read = readScenario(readFileSync(file, 'utf8'));
      assert(read.ok, () => (read.ok ? '' : problemLines(file, read.error)));
      return { file, scenario: read.value };
    });
}
