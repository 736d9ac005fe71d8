import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { fail, ok, type Result } from '../../base/result.ts';
import { must } from '../../base/assert.ts';
import {
  type Authority,
  type KeyedCertificate,
  readKeysFolder,
  writeAuthority,
  writeServer,
} from './certificates-folder.ts';

/** What a TLS server shows and trusts, PEM: its certificate with the chain, its key, the authorities of its clients. */
export interface ServerContext {
  readonly cert: string;
  readonly key: string;
  /** Empty: no client certificate is accepted, and none is asked for. */
  readonly ca: readonly string[];
}

/** Where a TLS listener has its certificates from, ours or the operator's. */
export interface ServerCertificates {
  serverContext(): ServerContext;
  /** When the server's certificate ends, epoch milliseconds. */
  serverEndMs(): number;
  /** Reads what lies on disk and renews what is due. True when new connections are to get another context. */
  refresh(nowMs: number): Promise<Result<boolean, string>>;
}

/** A device's certificate, made once: the key is handed out and not kept. */
export interface ClientCertificate extends KeyedCertificate {
  /** SHA-256 of the certificate's DER bytes, lower-case hex. */
  readonly sha256Hex: string;
}

/** Certificates the app makes itself, with an authority of its own. */
export interface Certificates extends ServerCertificates {
  /** The authority's certificate, which trackers are to trust. */
  readonly caPem: string;
  /** Until when a former authority is trusted too, epoch milliseconds; null when none is. */
  overlapEndMs(): number | null;
  issueClientCertificate(commonName: string, nowMs: number, days: number): Promise<ClientCertificate>;
  /** A new server certificate before its time, of the same authority. */
  rotateServer(nowMs: number): Promise<Result<void, string>>;
  /** A new authority. For `overlapDays` trackers that know only the former one are served and believed as before. */
  rotateAuthority(nowMs: number, overlapDays?: number): Promise<Result<void, string>>;
}

export interface CertificateOptions {
  /** Epoch milliseconds of the machine's own clock, since trackers check the dates by theirs. */
  readonly nowMs: number;
  /** Every name and address the server is reached by, now. */
  readonly hosts: () => readonly string[];
}

const DAY_MS = 86_400_000;
/** A server certificate is renewed this long before its end, so that a machine may be off for a quarter. */
const RENEWED_BEFORE_END_MS = 90 * DAY_MS;
/** Long enough to reach every vehicle once. */
const OVERLAP_DAYS = 180;

/** Opens the certificates of a keys folder, or makes them. The error names the file and what to do about it. */
export async function openCertificates(
  keysFolder: string,
  { nowMs, hosts }: CertificateOptions,
): Promise<Result<Certificates, string>> {
  const certificates = new OwnCertificates(keysFolder, hosts);
  const opened = await certificates.refresh(nowMs);
  return opened.ok ? ok(certificates) : fail(opened.error);
}

/** The library that makes certificates takes a tenth of a second and 20 MB to load: only when one is made. */
const signing = () => import('./certificates-signing.ts');

interface Keys {
  readonly authority: Authority;
  readonly server: KeyedCertificate;
}

class OwnCertificates implements Certificates {
  readonly #folder: string;
  readonly #hosts: () => readonly string[];
  #keys: Keys | null = null;

  constructor(folder: string, hosts: () => readonly string[]) {
    this.#folder = folder;
    this.#hosts = hosts;
  }

  get #opened(): Keys {
    return must(this.#keys, 'certificates are used after they were opened');
  }

  get caPem(): string {
    return this.#opened.authority.certificatePem;
  }

  serverContext(): ServerContext {
    const { authority, server } = this.#opened;
    const { before } = authority;
    return {
      key: server.privateKeyPem,
      cert: server.certificatePem + (before?.crossPem ?? ''),
      ca: before === null ? [authority.certificatePem] : [authority.certificatePem, before.certificatePem],
    };
  }

  serverEndMs(): number {
    return endMsOf(this.#opened.server.certificatePem);
  }

  overlapEndMs(): number | null {
    const { before } = this.#opened.authority;
    return before === null ? null : endMsOf(before.crossPem);
  }

  async refresh(nowMs: number): Promise<Result<boolean, string>> {
    const had = this.#keys === null ? '' : JSON.stringify(this.serverContext());
    const found = readKeysFolder(this.#folder);
    if (!found.ok) return found;
    if (found.value.authority === null && found.value.server !== null)
      return fail(authorityLost(this.#folder));
    const kept = await this.#write(async () => {
      const authority = await this.#dueAuthority(found.value.authority, nowMs);
      this.#keys = { authority, server: await this.#dueServer(authority, found.value.server, nowMs) };
    });
    return kept.ok ? ok(JSON.stringify(this.serverContext()) !== had) : kept;
  }

  async issueClientCertificate(commonName: string, nowMs: number, days: number): Promise<ClientCertificate> {
    const { makeClientCertificate } = await signing();
    const made = await makeClientCertificate(this.#opened.authority, commonName, nowMs, days);
    return { ...made, sha256Hex: sha256HexOf(new X509Certificate(made.certificatePem)) };
  }

  rotateServer(nowMs: number): Promise<Result<void, string>> {
    return this.#write(async () => {
      const { authority } = this.#opened;
      this.#keys = { authority, server: await this.#makeServer(authority, nowMs) };
    });
  }

  rotateAuthority(nowMs: number, overlapDays = OVERLAP_DAYS): Promise<Result<void, string>> {
    return this.#write(async () => {
      const former = this.#opened.authority;
      const { crossSign, makeAuthority } = await signing();
      const next = await makeAuthority(nowMs);
      const endMs = Math.min(nowMs + overlapDays * DAY_MS, endMsOf(former.certificatePem));
      const before =
        overlapDays === 0
          ? null
          : {
              certificatePem: former.certificatePem,
              crossPem: await crossSign(former, next, nowMs, endMs),
            };
      const authority = { ...next, before };
      // The authority first: a server certificate that is not its own is made again by the next refresh.
      await writeAuthority(this.#folder, authority);
      this.#keys = { authority, server: await this.#makeServer(authority, nowMs) };
    });
  }

  async #dueAuthority(found: Authority | null, nowMs: number): Promise<Authority> {
    if (found !== null && (found.before === null || endMsOf(found.before.crossPem) > nowMs)) return found;
    const { makeAuthority } = await signing();
    const authority = { ...(found ?? (await makeAuthority(nowMs))), before: null };
    await writeAuthority(this.#folder, authority);
    return authority;
  }

  async #dueServer(
    authority: Authority,
    found: KeyedCertificate | null,
    nowMs: number,
  ): Promise<KeyedCertificate> {
    const isDue = found === null || isServerDue(found, authority, this.#hosts(), nowMs);
    return isDue ? this.#makeServer(authority, nowMs) : found;
  }

  async #makeServer(authority: Authority, nowMs: number): Promise<KeyedCertificate> {
    const { makeServerCertificate } = await signing();
    const server = await makeServerCertificate(authority, this.#hosts(), nowMs);
    await writeServer(this.#folder, server);
    return server;
  }

  async #write(work: () => Promise<void>): Promise<Result<void, string>> {
    try {
      return ok(await work());
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return fail(`Certificates could not be kept in ${this.#folder}: ${words}`);
    }
  }
}

/** Of another authority, near its end, or for other names and addresses than the server has now. */
function isServerDue(
  server: KeyedCertificate,
  authority: Authority,
  hosts: readonly string[],
  nowMs: number,
): boolean {
  const certificate = new X509Certificate(server.certificatePem);
  if (!certificate.checkIssued(new X509Certificate(authority.certificatePem))) return true;
  if (Date.parse(certificate.validTo) - nowMs < RENEWED_BEFORE_END_MS) return true;
  return hosts.some(
    (host) => (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) === undefined,
  );
}

/** When a certificate ends, epoch milliseconds. */
export function endMsOf(certificatePem: string): number {
  return Date.parse(new X509Certificate(certificatePem).validTo);
}

/** SHA-256 of a certificate's DER bytes, lower-case hex: what a device's certificate is known by. */
export function sha256HexOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

function authorityLost(folder: string): string {
  return (
    `${folder} holds a server certificate but not the authority that signed it (authority.pem). Put it back from a copy; ` +
    'or move the folder away to have new ones made, which every tracker must then be told to trust.'
  );
}
