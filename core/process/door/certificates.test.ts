import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { type Certificates, openCertificates } from './certificates.ts';
import { openGivenCertificates } from './certificates-given.ts';
import { pemBlocks } from './certificates-folder.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
const DAY_MS = 86_400_000;
const HOSTS = ['localhost', 'control-room.example', '127.0.0.1', '::1', '192.0.2.7', '2001:db8::7'];

async function opened(folder: string, nowMs = NOW_MS, hosts = HOSTS): Promise<Certificates> {
  return valueOf(await openCertificates(folder, { nowMs, hosts: () => hosts }));
}

function valueOf<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function certificatesIn(pem: string): X509Certificate[] {
  return pemBlocks(pem, (label) => label === 'CERTIFICATE').map((block) => new X509Certificate(block));
}

function firstIn(pem: string): X509Certificate {
  return must(certificatesIn(pem)[0], 'a certificate is there');
}

test('the first use makes an authority and a server certificate, for the owner alone', async () => {
  const keys = path.join(emptyFolder(), 'data', 'keys');
  await opened(keys);
  const modes = fs.readdirSync(keys).map((name) => [name, fs.statSync(path.join(keys, name)).mode & 0o777]);
  expect([fs.statSync(keys).mode & 0o777, ...modes]).toEqual([
    0o700,
    ['authority-certificate.pem', 0o600],
    ['authority.pem', 0o600],
    ['server.pem', 0o600],
  ]);
});

test('a folder others could look into is closed to them', async () => {
  const keys = path.join(emptyFolder(), 'keys');
  fs.mkdirSync(keys, { mode: 0o755 });
  await opened(keys);
  expect(fs.statSync(keys).mode & 0o777).toBe(0o700);
});

test('the server certificate is for every name and address, a year, and our authority stands behind it', async () => {
  const certificates = await opened(emptyFolder());
  const { cert, ca } = certificates.serverContext();
  const server = firstIn(cert);
  const authority = firstIn(certificates.caPem);
  expect({
    reached: HOSTS.map((host) => server.checkHost(host) ?? server.checkIP(host)),
    isForOthers: server.checkHost('elsewhere.example'),
    isSigned: server.verify(authority.publicKey) && server.checkIssued(authority),
    isAuthority: [server.ca, authority.ca],
    curve: [server, authority].map(({ publicKey }) => publicKey.asymmetricKeyDetails?.namedCurve),
    from: new Date(server.validFrom).toISOString(),
    to: new Date(server.validTo).toISOString(),
    endMs: certificates.serverEndMs(),
    trusted: ca,
  }).toEqual({
    reached: HOSTS,
    isForOthers: undefined,
    isSigned: true,
    isAuthority: [false, true],
    curve: ['prime256v1', 'prime256v1'],
    from: '2026-11-21T00:00:00.000Z',
    to: '2027-11-22T00:00:00.000Z',
    endMs: NOW_MS + 365 * DAY_MS,
    trusted: [certificates.caPem],
  });
});

test('what was made once is used again, and the authority can be read by itself', async () => {
  const keys = emptyFolder();
  const first = await opened(keys);
  const second = await opened(keys, NOW_MS + 200 * DAY_MS);
  expect(second.serverContext()).toEqual(first.serverContext());
  expect(fs.readFileSync(path.join(keys, 'authority-certificate.pem'), 'utf8')).toBe(second.caPem);
});

test('the server certificate is renewed a quarter before its end, by the same authority', async () => {
  const certificates = await opened(emptyFolder());
  const { caPem } = certificates;
  const at = async (day: number) => [
    await certificates.refresh(NOW_MS + day * DAY_MS),
    (certificates.serverEndMs() - NOW_MS) / DAY_MS,
  ];
  expect([await at(275), await at(276), await at(277)]).toEqual([
    [{ ok: true, value: false }, 365],
    [{ ok: true, value: true }, 276 + 365],
    [{ ok: true, value: false }, 276 + 365],
  ]);
  expect(certificates.caPem).toBe(caPem);
});

test('a new address of the machine makes a new server certificate', async () => {
  const keys = emptyFolder();
  await opened(keys);
  const certificates = await opened(keys, NOW_MS, [...HOSTS, '198.51.100.3']);
  expect(firstIn(certificates.serverContext().cert).checkIP('198.51.100.3')).toBe('198.51.100.3');
});

test('what another process rotated is taken up at the next refresh', async () => {
  const keys = emptyFolder();
  const [running, command] = [await opened(keys), await opened(keys)];
  await command.rotateServer(NOW_MS);
  expect(await running.refresh(NOW_MS)).toEqual({ ok: true, value: true });
  await command.rotateAuthority(NOW_MS);
  expect(await running.refresh(NOW_MS)).toEqual({ ok: true, value: true });
  expect(running.serverContext()).toEqual(command.serverContext());
});

test('a new authority is trusted beside the former one until the overlap ends', async () => {
  const keys = emptyFolder();
  const certificates = await opened(keys);
  const former = certificates.caPem;
  await certificates.rotateAuthority(NOW_MS, 180);
  const next = certificates.caPem;
  const [server, cross] = certificatesIn(certificates.serverContext().cert);
  expect({
    trusted: certificates.serverContext().ca,
    serverBy: server?.verify(firstIn(next).publicKey),
    crossBy: cross?.verify(firstIn(former).publicKey),
    crossFor: cross?.subject,
    crossTo: new Date(cross?.validTo ?? '').toISOString(),
  }).toEqual({
    trusted: [next, former],
    serverBy: true,
    crossBy: true,
    crossFor: firstIn(next).subject,
    crossTo: '2027-05-21T00:00:00.000Z',
  });
  expect(await certificates.refresh(NOW_MS + 179 * DAY_MS)).toEqual({ ok: true, value: false });
  expect(await certificates.refresh(NOW_MS + 180 * DAY_MS)).toEqual({ ok: true, value: true });
  const { ca, cert } = certificates.serverContext();
  expect([ca, certificatesIn(cert).length]).toEqual([[next], 1]);
  expect((await opened(keys, NOW_MS + 180 * DAY_MS)).serverContext().ca).toEqual([next]);
});

test('a rotation without overlap ends the trust in the former authority at once', async () => {
  const certificates = await opened(emptyFolder());
  await certificates.rotateAuthority(NOW_MS, 0);
  expect(certificates.serverContext().ca).toEqual([certificates.caPem]);
});

test('a device gets a certificate of its own, known by its fingerprint, and its key is not kept', async () => {
  const keys = emptyFolder();
  const certificates = await opened(keys);
  const device = await certificates.issueClientCertificate('tracker, +=" 867…', NOW_MS, 730);
  const certificate = new X509Certificate(device.certificatePem);
  expect({
    subject: certificate.toLegacyObject().subject.CN,
    usage: certificate.keyUsage,
    to: new Date(certificate.validTo).toISOString(),
    sha256Hex: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    isSigned: certificate.verify(firstIn(certificates.caPem).publicKey),
  }).toEqual({
    subject: 'tracker, +=" 867…',
    usage: ['1.3.6.1.5.5.7.3.2'],
    to: '2028-11-21T00:00:00.000Z',
    sha256Hex: device.sha256Hex,
    isSigned: true,
  });
  expect(device.privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----/u);
  expect(fs.readdirSync(keys).sort()).toEqual(['authority-certificate.pem', 'authority.pem', 'server.pem']);
});

test('a lost authority is not replaced behind the back of the trackers that trust it', async () => {
  const keys = emptyFolder();
  const certificates = await opened(keys);
  const before = certificates.serverContext();
  fs.rmSync(path.join(keys, 'authority.pem'));
  expect(await certificates.refresh(NOW_MS)).toEqual({
    ok: false,
    error:
      `${keys} holds a server certificate but not the authority that signed it (authority.pem). Put it back from a ` +
      'copy; or move the folder away to have new ones made, which every tracker must then be told to trust.',
  });
  expect(certificates.serverContext()).toEqual(before);
});

test.each(['authority.pem', 'server.pem'])('a damaged %s is named', async (name) => {
  const keys = emptyFolder();
  await opened(keys);
  fs.writeFileSync(path.join(keys, name), 'not a key');
  const again = await openCertificates(keys, { nowMs: NOW_MS, hosts: () => HOSTS });
  expect(again).toEqual({
    ok: false,
    error:
      `${path.join(keys, name)} does not hold a private key and its certificate. Put it back from a copy; ` +
      'or move the folder away to have new ones made, which every tracker must then be told to trust.',
  });
});

test('a keys folder that cannot be made is said in words', async () => {
  const file = path.join(emptyFolder(), 'keys');
  fs.writeFileSync(file, '');
  const result = await openCertificates(file, { nowMs: NOW_MS, hosts: () => HOSTS });
  expect(result).toEqual({
    ok: false,
    error: expect.stringContaining(`The keys folder ${file} cannot be used`),
  });
});

interface GivenSet {
  readonly certificate: string;
  readonly privateKey: string;
  readonly clientAuthority: string;
}

/** Files as an operator would have them from elsewhere. */
async function givenFiles(): Promise<GivenSet> {
  const folder = emptyFolder();
  const { cert, key } = (await opened(path.join(folder, 'keys'))).serverContext();
  const file = (name: string, text: string): string => {
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const other = await opened(path.join(folder, 'other'));
  return {
    certificate: file('server.crt', cert),
    privateKey: file('server.key', key),
    clientAuthority: file('devices.crt', other.caPem),
  };
}

test("the operator's files are used as they are; client certificates only with an authority for them", async () => {
  const files = await givenFiles();
  const text = (file: string): string => fs.readFileSync(file, 'utf8');
  const [cert, key] = [text(files.certificate), text(files.privateKey)];
  expect(valueOf(openGivenCertificates(files)).serverContext()).toEqual({
    cert,
    key,
    ca: [text(files.clientAuthority)],
  });
  const without = openGivenCertificates({ certificate: files.certificate, privateKey: files.privateKey });
  expect(valueOf(without).serverContext()).toEqual({ cert, key, ca: [] });
});

test("the operator's renewed files are taken up by a refresh; broken ones are named and leave the old in use", async () => {
  const [files, renewed] = [await givenFiles(), await givenFiles()];
  const certificates = valueOf(openGivenCertificates(files));
  expect(await certificates.refresh(NOW_MS)).toEqual({ ok: true, value: false });
  fs.copyFileSync(renewed.certificate, files.certificate);
  expect(await certificates.refresh(NOW_MS)).toMatchObject({
    ok: false,
    error: expect.stringContaining('server.key'),
  });
  fs.copyFileSync(renewed.privateKey, files.privateKey);
  expect(await certificates.refresh(NOW_MS)).toEqual({ ok: true, value: true });
  expect(certificates.serverContext().cert).toBe(fs.readFileSync(renewed.certificate, 'utf8'));
});

const BROKEN_BLOCK = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const BROKEN_KEY = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';

test.each<[keyof GivenSet, string | null, string]>([
  ['certificate', null, ' cannot be read: ENOENT'],
  ['certificate', 'words', ' holds no certificate: a PEM block "BEGIN CERTIFICATE" is needed.'],
  ['certificate', BROKEN_BLOCK, ': its certificate number 1 cannot be read.'],
  ['privateKey', 'words', ' holds no private key: a PEM block "BEGIN PRIVATE KEY" is needed.'],
  ['privateKey', BROKEN_KEY, ': its private key cannot be read. It must be whole and without a passphrase.'],
  ['clientAuthority', BROKEN_BLOCK, ': its certificate number 1 cannot be read.'],
])('a given %s of %j is refused by the name of its file', async (which, text, words) => {
  const files = await givenFiles();
  if (text === null) fs.rmSync(files[which]);
  else fs.writeFileSync(files[which], text);
  expect(openGivenCertificates(files)).toEqual({
    ok: false,
    error: expect.stringContaining(files[which] + words),
  });
});

test('a private key of another certificate is refused by the names of both files', async () => {
  const [files, others] = [await givenFiles(), await givenFiles()];
  expect(openGivenCertificates({ ...files, privateKey: others.privateKey })).toEqual({
    ok: false,
    error: `${others.privateKey} is not the private key of the first certificate in ${files.certificate}.`,
  });
});
