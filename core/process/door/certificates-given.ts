import { createPrivateKey, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { fail, ok, type Result } from '../../base/result.ts';
import type { ServerCertificates, ServerContext } from './certificates.ts';
import { endMsOf } from './certificates.ts';
import { isPair, pemBlocks } from './certificates-folder.ts';

/** Certificates an operator brings along: paths of PEM files. */
export interface GivenFiles {
  /** The server's certificate, then those up to its authority. */
  readonly certificate: string;
  readonly privateKey: string;
  /** The authorities of devices' certificates; without it no client certificate is accepted. */
  readonly clientAuthority?: string | undefined;
}

/** Reads the operator's files, and again at each refresh: what renews them needs no restart. The error names the file. */
export function openGivenCertificates(files: GivenFiles): Result<ServerCertificates, string> {
  const first = readGiven(files);
  if (!first.ok) return first;
  let context = first.value;
  return ok({
    serverContext: () => context,
    serverEndMs: () => endMsOf(context.cert),
    refresh: () => {
      const next = readGiven(files);
      if (!next.ok) return Promise.resolve(next);
      const hasChanged = JSON.stringify(next.value) !== JSON.stringify(context);
      context = next.value;
      return Promise.resolve(ok(hasChanged));
    },
  });
}

function readGiven(files: GivenFiles): Result<ServerContext, string> {
  const cert = readCertificates(files.certificate);
  if (!cert.ok) return cert;
  const key = readPrivateKey(files.privateKey);
  if (!key.ok) return key;
  if (!isPair({ certificatePem: cert.value, privateKeyPem: key.value })) {
    return fail(
      `${files.privateKey} is not the private key of the first certificate in ${files.certificate}.`,
    );
  }
  if (files.clientAuthority === undefined) return ok({ cert: cert.value, key: key.value, ca: [] });
  const ca = readCertificates(files.clientAuthority);
  return ca.ok ? ok({ cert: cert.value, key: key.value, ca: [ca.value] }) : ca;
}

function readCertificates(file: string): Result<string, string> {
  const text = readText(file);
  if (!text.ok) return text;
  const blocks = pemBlocks(text.value, (label) => label === 'CERTIFICATE');
  if (blocks.length === 0)
    return fail(`${file} holds no certificate: a PEM block "BEGIN CERTIFICATE" is needed.`);
  const broken = blocks.findIndex((block) => !isReadable(() => new X509Certificate(block)));
  if (broken >= 0) return fail(`${file}: its certificate number ${broken + 1} cannot be read.`);
  return ok(blocks.join(''));
}

function readPrivateKey(file: string): Result<string, string> {
  const text = readText(file);
  if (!text.ok) return text;
  const [block] = pemBlocks(text.value, (label) => label.endsWith('PRIVATE KEY'));
  if (block === undefined)
    return fail(`${file} holds no private key: a PEM block "BEGIN PRIVATE KEY" is needed.`);
  if (isReadable(() => createPrivateKey(block))) return ok(block);
  return fail(`${file}: its private key cannot be read. It must be whole and without a passphrase.`);
}

function readText(file: string): Result<string, string> {
  try {
    return ok(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    return fail(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
