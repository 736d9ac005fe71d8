import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../core/base/result.ts';

/** The file by which the core marks a data folder as simulated, for good. */
const SIMULATED_MARK = 'simulated';

/**
 * Empties the demo's data folder for a fresh start. A folder that holds anything and does not carry the mark is left as
 * it is, whatever the person asked for: real data is never deleted by a demo.
 */
export function clearSimulatedFolder(folder: string): Result<void, string> {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return ok(undefined);
  if (!existsSync(path.join(folder, SIMULATED_MARK))) {
    return fail(
      `${folder} holds data that is not marked as simulated, so the demo leaves it alone. ` +
        'Name another folder with --data, or move that one away.',
    );
  }
  rmSync(folder, { recursive: true });
  return ok(undefined);
}
