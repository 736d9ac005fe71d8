import fs from 'node:fs';
import path from 'node:path';
import type { IssuedCredential } from '../../protocol/door-asks.ts';

/** Writes what the holder of a credential needs into a folder only its owner can read; gives the files' names. */
export function writeIssued(folder: string, issued: IssuedCredential): string[] {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const contents: readonly (readonly [name: string, text: string | null])[] = [
    ['username', issued.username],
    ['secret', issued.secret],
    ['client.crt', issued.certificatePem],
    ['client.key', issued.privateKeyPem],
    ['authority.crt', issued.authorityPem],
  ];
  return contents.flatMap(([name, text]) => {
    if (text === null) return [];
    const file = path.join(folder, name);
    fs.writeFileSync(file, text, { mode: 0o600 });
    return [file];
  });
}
