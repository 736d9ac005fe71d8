import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { fail, ok, type Result } from '../base/result.ts';
import { readDataFolder } from '../process/data-folder.ts';
import { type Certificates, endMsOf, openCertificates, sha256HexOf } from '../process/door/certificates.ts';
import { TRUST_FILE } from '../process/door/certificates-folder.ts';
import { reachedBy } from '../process/door/tls-reach.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { EXIT } from './exit-codes.ts';

const HELP = `
Examples:
  milepost certificates show                              what trackers are to trust, and when what ends
  milepost certificates rotate-server                     a new server certificate; trackers notice nothing
  milepost certificates rotate-authority                  a new authority; for 180 days the former one is trusted too
  milepost certificates rotate-authority --overlap-days 0 at once, when the authority's key got into wrong hands

Prints JSON. A core that runs on the folder takes the change up within a minute, without a restart.`;

/** What is told of certificates: never a key. Times are ISO 8601, UTC. */
export interface CertificatesShown {
  /** The file to put on trackers. */
  readonly authorityFile: string;
  readonly authoritySha256Hex: string;
  readonly authorityEnds: string;
  /** Until when the former authority is trusted too. */
  readonly overlapEnds: string | null;
  readonly serverSha256Hex: string;
  readonly serverEnds: string;
  readonly serverNames: string;
}

/** What is done to them before they are shown; for nothing, nothing. */
export type RotateCertificates = (certificates: Certificates, nowMs: number) => Promise<Result<void, string>>;

/** `milepost certificates`: the app's own authority and server certificate, as they are and made anew. */
export function addCertificates(program: Command): void {
  const verb = program
    .command('certificates')
    .description("Show and rotate the app's own TLS certificates.")
    .addHelpText('after', HELP);
  const add = (name: string, description: string): Command =>
    verb.command(name).description(description).option('--data <folder>', 'data folder', defaultDataFolder());
  add('show', 'What trackers are to trust, and when what ends.').action(({ data }) =>
    print(data, () => Promise.resolve(ok(undefined))),
  );
  add('rotate-server', 'Make a new server certificate.').action(({ data }) =>
    print(data, (certificates, nowMs) => certificates.rotateServer(nowMs)),
  );
  add('rotate-authority', 'Make a new authority.')
    .option('--overlap-days <days>', 'how long the former one is trusted too', dayCount)
    .action(({ data, overlapDays }) =>
      print(data, (certificates, nowMs) => certificates.rotateAuthority(nowMs, overlapDays)),
    );
}

/** Opens the certificates of a data folder, rotates what is asked for and says how they are then. */
export async function changeCertificates(
  data: string,
  nowMs: number,
  rotate: RotateCertificates,
): Promise<Result<CertificatesShown, string>> {
  const folder = readDataFolder(data);
  if (!folder.ok) return folder;
  const { keys } = folder.value;
  // Every address of the machine: which of them the core listens on is not known here.
  const opened = await openCertificates(keys, { nowMs, hosts: () => reachedBy('::') });
  if (!opened.ok) return opened;
  const rotated = await rotate(opened.value, nowMs);
  return rotated.ok ? ok(show(opened.value, keys)) : fail(rotated.error);
}

function show(certificates: Certificates, keys: string): CertificatesShown {
  const server = new X509Certificate(certificates.serverContext().cert);
  const overlapEndMs = certificates.overlapEndMs();
  return {
    authorityFile: path.join(keys, TRUST_FILE),
    authoritySha256Hex: sha256HexOf(new X509Certificate(certificates.caPem)),
    authorityEnds: isoOf(endMsOf(certificates.caPem)),
    overlapEnds: overlapEndMs === null ? null : isoOf(overlapEndMs),
    serverSha256Hex: sha256HexOf(server),
    serverEnds: isoOf(certificates.serverEndMs()),
    serverNames: server.subjectAltName ?? '',
  };
}

async function print(data: string, rotate: RotateCertificates): Promise<void> {
  const shown = await changeCertificates(data, Date.now(), rotate);
  if (shown.ok) return void process.stdout.write(`${JSON.stringify(shown.value, null, 2)}\n`);
  process.stderr.write(`${shown.error}\n`);
  process.exitCode = EXIT.runError;
}

function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function dayCount(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 0 && days <= 3_650) return days;
  throw new InvalidArgumentError(`--overlap-days ${text}: use a number of days from 0 to 3650`);
}
