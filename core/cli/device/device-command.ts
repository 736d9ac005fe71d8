import fs from 'node:fs';
import type { Command } from 'commander';
import type { CredentialRequest, IssuedCredential } from '../../protocol/door-asks.ts';
import { fail, ok } from '../../base/result.ts';
import { EXIT } from '../exit-codes.ts';
import {
  decided,
  printSigned,
  refusalWords,
  signedCommand,
  type SignedOptions,
  stopWith,
} from '../signed-answer.ts';
import { writeIssued } from './write-issued.ts';

const HELP = `
Examples:
  milepost device list --unclaimed
  milepost device claim --provider teltonika --device 356000000000019 --vehicle V001 --origin tracker --from 2026-03-02T09:00:00Z
  milepost device issue --username taxi-1 --provider teltonika-mqtt-json --device 356000000000019 --out ./taxi-1
  milepost device issue --username taxi-2 --provider ovms --device owner/car1 --certificate 365 --out ./taxi-2
  milepost device import fleet.csv --out secrets.csv
  milepost device revoke taxi-1 --reason "sold"
  milepost device networks --group depot --allow 10.20.0.0/16

Prints JSON. A secret or private key is written once, to --out (mode 0600), and is kept nowhere.
It asks the core that runs on the data folder, or runs one for as long as it takes.`;

interface CommonOptions extends SignedOptions {
  readonly reason: string;
}

/** `milepost device`: trackers, who carries them, and the credentials they connect with. */
export function addDevice(program: Command): void {
  const device = program
    .command('device')
    .description('List and claim trackers; issue and revoke their credentials.')
    .addHelpText('after', HELP);
  addLists(device);
  addClaims(device);
  addCredentials(device);
  common(device.command('networks'), 'networks decided')
    .description('List the networks raw TCP and UDP trackers may come from, or set those of a group.')
    .option('--group <name>', 'group of trackers', 'default')
    .option('--allow <cidr...>', 'networks in CIDR notation; replaces the list')
    .action((options: CommonOptions & { group: string; allow?: string[] }) => networks(options));
}

function common(command: Command, reason: string): Command {
  return signedCommand(command).option('--reason <words>', 'why, for the audit', reason);
}

function addLists(device: Command): void {
  common(device.command('list'), '')
    .description('List the trackers that are known.')
    .option('--unclaimed', 'only those no vehicle carries')
    .option('--limit <n>', 'at most so many', Number, 1_000)
    .action(({ unclaimed, limit, ...signed }: CommonOptions & { unclaimed?: boolean; limit: number }) =>
      printSigned(signed, (ask) => ask('device.list', { unclaimedOnly: unclaimed === true, limit })),
    );
  common(device.command('situations'), '')
    .description('List what a person should know of: cloned clients, moved trackers, second addresses.')
    .action((signed: CommonOptions) => printSigned(signed, (ask) => ask('situation.list', {})));
  common(device.command('credentials'), '')
    .description('List the credentials: whose, what for, revoked or not. Never the secrets.')
    .action((signed: CommonOptions) => printSigned(signed, (ask) => ask('credential.list', {})));
}

function addClaims(device: Command): void {
  common(device.command('claim'), 'claimed on the command line')
    .description('Say which vehicle carries a tracker from when on; what it sent since then counts.')
    .requiredOption('--provider <feed>', 'feed, such as teltonika')
    .requiredOption('--device <name>', 'its name in that feed, such as an IMEI')
    .requiredOption('--vehicle <id>', 'vehicle id, as in the book')
    .requiredOption('--origin <which>', 'odometer that is billed: vehicle, tracker, can')
    .requiredOption('--from <instant>', 'ISO 8601, such as 2026-03-02T09:00:00Z')
    .option('--group <name>', 'group of raw trackers', 'default')
    .action(({ data, as, ...claim }: CommonOptions & Record<string, string>) =>
      printSigned(signer(data, as), decided({ decision: 'claim-device', ...claim }, signer(data, as))),
    );
  common(device.command('release'), 'released on the command line')
    .description('Say that no vehicle carries a tracker from an instant on.')
    .requiredOption('--provider <feed>', 'feed, such as teltonika')
    .requiredOption('--device <name>', 'its name in that feed')
    .requiredOption('--at <instant>', 'ISO 8601')
    .action(({ data, as, ...release }: CommonOptions & Record<string, string>) =>
      printSigned(signer(data, as), decided({ decision: 'release-device', ...release }, signer(data, as))),
    );
}

/** Every other option is a field of the decision. */
function signer(data: string, as: string | undefined): SignedOptions {
  return { data, ...(as === undefined ? {} : { as }) };
}

function addCredentials(device: Command): void {
  common(device.command('issue'), 'issued on the command line')
    .description('Issue a credential; its secret or private key is written to --out.')
    .requiredOption('--username <name>', 'the name a client connects with')
    .option('--role <role>', 'device, gateway or subscriber', 'device')
    .option('--provider <feed>', "the device's feed")
    .option('--device <name>', "the device's name in that feed")
    .option('--publish <filter...>', "topic filters it may publish on; a device's are known by its feed")
    .option('--subscribe <filter...>', 'topic filters it may hear, below milepost/v1/', [])
    .option('--certificate <days>', 'a client certificate for so many days, instead of a secret', Number)
    .requiredOption('--out <folder>', 'where secret, certificate and key are written')
    .action(issue);
  common(device.command('import'), '')
    .description('Issue the credentials of a CSV file: all lines or none.')
    .argument('<file>', 'CSV with the header username,role,provider,device,publish,subscribe')
    .option('--preview', 'only tell what is wrong, line by line')
    .option('--out <file>', 'where the secrets are written, CSV')
    .action(importCsv);
  common(device.command('revoke'), 'revoked on the command line')
    .description('Revoke a credential; whoever is connected with it is cut.')
    .argument('<who>', 'credential id or user name')
    .action((who: string, options: CommonOptions) => revoke(who, options));
}

interface IssueOptions extends CommonOptions {
  readonly username: string;
  readonly role: CredentialRequest['role'];
  readonly provider?: string;
  readonly device?: string;
  readonly publish?: string[];
  readonly subscribe: string[];
  readonly certificate?: number;
  readonly out: string;
}

async function issue(options: IssueOptions): Promise<void> {
  const { reason, username, role, provider, device, publish, subscribe, certificate, out } = options;
  const request = {
    username,
    role,
    device: provider === undefined && device === undefined ? null : { provider, name: device },
    publish: publish ?? null,
    subscribe,
    proof: certificate === undefined ? { kind: 'secret' } : { kind: 'certificate', days: certificate },
    reason,
  } as CredentialRequest;
  await printSigned(options, async (ask) => {
    const answer = await ask('credential.issue', request);
    if (!answer.ok) return answer;
    if (!answer.value.ok) return fail(refusalWords(answer.value));
    return ok({ ...publicPart(answer.value.issued), files: writeIssued(out, answer.value.issued) });
  });
}

function publicPart({ credential, username }: IssuedCredential): object {
  return { credential, username };
}

async function importCsv(
  file: string,
  { preview, out, ...signed }: CommonOptions & { preview?: boolean; out?: string },
): Promise<void> {
  if (preview !== true && out === undefined)
    return stopWith(
      EXIT.badUsage,
      '--out: name the file the secrets are written to; they are shown this once',
    );
  const csv = fs.readFileSync(file, 'utf8');
  await printSigned(signed, async (ask) => {
    const answer = await ask('credential.import', { csv, isPreview: preview === true });
    if (!answer.ok || !answer.value.ok) return answer;
    const { lines, issued } = answer.value;
    if (out === undefined) return ok({ lines });
    const rows = issued.map(({ username, secret }) => `${quoted(username)},${secret ?? ''}`);
    fs.writeFileSync(out, `username,secret\n${rows.join('\n')}\n`, { mode: 0o600 });
    return ok({ lines, issued: issued.length, secrets: out });
  });
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function revoke(who: string, { reason, ...signed }: CommonOptions): Promise<void> {
  await printSigned(signed, async (ask) => {
    const listed = await ask('credential.list', {});
    if (!listed.ok) return listed;
    const live = listed.value.filter(({ revokedAtMs }) => revokedAtMs === null);
    const found = live.find(({ credential, username }) => credential === who || username === who);
    if (found === undefined) return fail(`no live credential or user is called "${who}"`);
    return decided({ decision: 'revoke-credential', credential: found.credential, reason }, signed)(ask);
  });
}

async function networks({
  reason,
  group,
  allow,
  ...signed
}: CommonOptions & { group: string; allow?: string[] }) {
  await printSigned(signed, (ask) =>
    allow === undefined
      ? ask('network.list', {})
      : decided({ decision: 'allow-networks', group, networks: allow, reason }, signed)(ask),
  );
}
