import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../core/base/result.ts';

const require = createRequire(import.meta.url);

/**
 * The bytes of a file inside an installed package, or a sentence saying why they are not the ones this build was made
 * for. Test data may change or go in a package's next version without notice, so nothing but the known bytes is used.
 */
export function pinnedFile(
  packageName: string,
  version: string,
  file: string,
  sha256: string,
): Result<Uint8Array, string> {
  let path: string;
  let bytes: Buffer;
  try {
    path = join(dirname(require.resolve(`${packageName}/package.json`)), file);
    bytes = readFileSync(path);
  } catch {
    return fail(
      `${packageName} has no file ${file}: run "npm ci", which installs ${packageName}@${version}.`,
    );
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256) return ok(bytes);
  return fail(
    `${path} is not the file of ${packageName}@${version} (SHA-256 ${found}, expected ${sha256}). ` +
      `Run "npm ci" to get the pinned version; if the pin was raised on purpose, check the new data and its hash.`,
  );
}
