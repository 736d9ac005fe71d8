// The library behind @peculiar/x509 asks for this at the moment it is loaded.
import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { KeyedCertificate } from './certificates-folder.ts';

const DAY_MS = 86_400_000;
/** An authority lives as long as a tracker does: changing what a tracker trusts can mean a visit to the vehicle. */
const AUTHORITY_DAYS = 20 * 365;
/** The app renews its own; a year is what some trackers allow at most. */
const SERVER_DAYS = 365;
/** Certificates begin a day early: a tracker's clock may be behind. */
const BACKDATED_MS = DAY_MS;
/** One certificate may stand between an authority and a leaf: the next authority, while both are trusted. */
const AUTHORITY_PATH_LENGTH = 1;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

interface ToSign {
  readonly commonName: string;
  readonly publicKey: webcrypto.CryptoKey;
  readonly startMs: number;
  readonly endMs: number;
  readonly extensions: readonly Extension[];
}

/** A new authority. Its name carries a random part, so that an old and a new one are never taken for each other. */
export async function makeAuthority(nowMs: number): Promise<KeyedCertificate> {
  const keys = await makeKeys();
  const name = `Milepost authority ${Buffer.from(webcrypto.getRandomValues(new Uint8Array(4))).toString('hex')}`;
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [name] }],
      keys,
      notBefore: new Date(nowMs - BACKDATED_MS),
      notAfter: new Date(nowMs + AUTHORITY_DAYS * DAY_MS),
      signingAlgorithm: ECDSA,
      extensions: await authorityExtensions(keys.publicKey),
    },
    webcrypto,
  );
  return { certificatePem: `${certificate.toString('pem')}\n`, privateKeyPem: pemOfKey(keys.privateKey) };
}

/** The next authority signed by the present one: who trusts only the present one trusts the next until `endMs`. */
export async function crossSign(
  present: KeyedCertificate,
  next: KeyedCertificate,
  nowMs: number,
  endMs: number,
): Promise<string> {
  const certificate = new X509Certificate(next.certificatePem);
  const publicKey = await certificate.publicKey.export(webcrypto);
  return sign(present, {
    commonName: certificate.subjectName.getField('CN').join(''),
    publicKey,
    startMs: nowMs - BACKDATED_MS,
    endMs,
    extensions: await authorityExtensions(publicKey),
  });
}

/** For a server that is reached by these names and addresses. */
export async function makeServerCertificate(
  authority: KeyedCertificate,
  hosts: readonly string[],
  nowMs: number,
): Promise<KeyedCertificate> {
  const names = hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }) as const);
  return makeLeaf(authority, 'Milepost', nowMs, SERVER_DAYS, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(names),
  ]);
}

/** For a device that proves itself by it. */
export function makeClientCertificate(
  authority: KeyedCertificate,
  commonName: string,
  nowMs: number,
  days: number,
): Promise<KeyedCertificate> {
  return makeLeaf(authority, commonName, nowMs, days, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
  ]);
}

async function makeLeaf(
  authority: KeyedCertificate,
  commonName: string,
  nowMs: number,
  days: number,
  extensions: readonly Extension[],
): Promise<KeyedCertificate> {
  const keys = await makeKeys();
  const certificatePem = await sign(authority, {
    commonName,
    publicKey: keys.publicKey,
    startMs: nowMs - BACKDATED_MS,
    endMs: nowMs + days * DAY_MS,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ...extensions,
    ],
  });
  return { certificatePem, privateKeyPem: pemOfKey(keys.privateKey) };
}

async function sign(authority: KeyedCertificate, wanted: ToSign): Promise<string> {
  const issuer = new X509Certificate(authority.certificatePem);
  const certificate = await X509CertificateGenerator.create(
    {
      subject: [{ CN: [wanted.commonName] }],
      issuer: issuer.subjectName,
      notBefore: new Date(wanted.startMs),
      notAfter: new Date(wanted.endMs),
      publicKey: wanted.publicKey,
      signingKey: await importPrivateKey(authority.privateKeyPem),
      signingAlgorithm: ECDSA,
      extensions: [
        ...wanted.extensions,
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return `${certificate.toString('pem')}\n`;
}

async function authorityExtensions(publicKey: webcrypto.CryptoKey): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(true, AUTHORITY_PATH_LENGTH, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    await SubjectKeyIdentifierExtension.create(publicKey, false, webcrypto),
  ];
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);
}

function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, ECDSA, false, ['sign']);
}

function pemOfKey(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}
