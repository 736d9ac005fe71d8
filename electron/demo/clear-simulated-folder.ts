import { existsSync, readdirSync, rmSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { readDataFolder } from '../../core/process/data-folder.ts';

/**
 * Empties the demo's data folder for a fresh start. A folder that holds anything and does not carry the mark is left as
 * it is, whatever the person asked for: real data is never deleted by a demo.
 */
export function clearSimulatedFolder(folder: string): Result<void, string> {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return ok(undefined);
  const marked = readDataFolder(folder);
  if (!marked.ok || !marked.value.isSimulated) {
    return fail(
      `${folder} holds data that is not marked as simulated, so the demo leaves it alone. ` +
        'Name another folder with --data, or move that one away.',
    );
  }
  rmSync(folder, { recursive: true });
  return ok(undefined);
}
