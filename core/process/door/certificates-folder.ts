import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';

/** A certificate and the private key it speaks for, both PEM. The key is never logged, sent or reported. */
export interface KeyedCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** An authority, and the one before it while both are trusted. */
export interface Authority extends KeyedCertificate {
  readonly before: AuthorityBefore | null;
}

export interface AuthorityBefore {
  readonly certificatePem: string;
  /** The present authority signed by the one before; both lose their trust when it ends. */
  readonly crossPem: string;
}

/** What lies in a keys folder; a part is null when its file is not there. */
export interface KeysFolder {
  readonly authority: Authority | null;
  readonly server: KeyedCertificate | null;
}

const FILES = {
  /** Private key, certificate; during an overlap also the cross-signed and the former certificate. */
  authority: 'authority.pem',
  /** Private key, certificate. One file, so that the two can never be of different renewals. */
  server: 'server.pem',
} as const;

/** The authority's certificate alone, to be put on trackers. */
export const TRUST_FILE = 'authority-certificate.pem';

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/gu;

/** Reads a keys folder, made when it is not there, for its owner only. The error names the file and what to do. */
export function readKeysFolder(folder: string): Result<KeysFolder, string> {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.chmodSync(folder, 0o700);
    const authority = readKeyed(path.join(folder, FILES.authority));
    if (!authority.ok) return authority;
    const server = readKeyed(path.join(folder, FILES.server));
    if (!server.ok) return server;
    return ok({
      authority: authority.value === null ? null : authorityOf(authority.value),
      server: server.value,
    });
  } catch (error) {
    return fail(`The keys folder ${folder} cannot be used: ${wordsOf(error)}`);
  }
}

/** Throws what the file system does. */
export async function writeAuthority(folder: string, authority: Authority): Promise<void> {
  const { privateKeyPem, certificatePem, before } = authority;
  const parts = [privateKeyPem, certificatePem];
  if (before !== null) parts.push(before.crossPem, before.certificatePem);
  await writeForOwner(path.join(folder, FILES.authority), parts.join(''));
  await writeForOwner(path.join(folder, TRUST_FILE), certificatePem);
}

/** Throws what the file system does. */
export async function writeServer(folder: string, server: KeyedCertificate): Promise<void> {
  await writeForOwner(path.join(folder, FILES.server), server.privateKeyPem + server.certificatePem);
}

/** The blocks of a PEM text under a label such as CERTIFICATE, each ending in a new line. */
export function pemBlocks(text: string, isWanted: (label: string) => boolean): string[] {
  return [...text.matchAll(PEM_BLOCK)]
    .filter(([, label = '']) => isWanted(label))
    .map(([block]) => `${block}\n`);
}

/** Whether the two belong together; false also for what is no key or no certificate. */
export function isPair({ certificatePem, privateKeyPem }: KeyedCertificate): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    return false;
  }
}

interface KeyedFile extends KeyedCertificate {
  readonly others: readonly string[];
}

function readKeyed(file: string): Result<KeyedFile | null, string> {
  if (!fs.existsSync(file)) return ok(null);
  const text = fs.readFileSync(file, 'utf8');
  const [certificatePem = '', ...others] = pemBlocks(text, (label) => label === 'CERTIFICATE');
  const [privateKeyPem = ''] = pemBlocks(text, (label) => label.endsWith('PRIVATE KEY'));
  if (isPair({ certificatePem, privateKeyPem })) return ok({ certificatePem, privateKeyPem, others });
  return fail(
    `${file} does not hold a private key and its certificate. Put it back from a copy; ` +
      'or move the folder away to have new ones made, which every tracker must then be told to trust.',
  );
}

function authorityOf({ certificatePem, privateKeyPem, others }: KeyedFile): Authority {
  const [crossPem, former] = others;
  const before = crossPem === undefined || former === undefined ? null : { crossPem, certificatePem: former };
  return { certificatePem, privateKeyPem, before };
}

/** Whole or not at all, and never readable by others, not even for a moment. */
async function writeForOwner(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.writing`;
  const handle = await fs.promises.open(temporary, 'wx', 0o600);
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  await fs.promises.rename(temporary, file);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
