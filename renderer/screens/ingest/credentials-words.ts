import { trackerProviderSchema } from '../../../core/protocol/book.ts';
import {
  type CredentialRequest,
  type CredentialRow,
  credentialRequestSchema,
  type IssuedCredential,
} from '../../../core/protocol/door-asks.ts';
import type { Problems } from '../../link/use-decide.ts';
import { providerWords } from '../../parts/vehicle-words.ts';

export type Role = CredentialRow['role'];

export const roleWords: Readonly<Record<Role, string>> = {
  device: 'Device',
  gateway: 'Gateway',
  subscriber: 'Subscriber',
};

export const roleMeanings: Readonly<Record<Role, string>> = {
  device: 'One tracker: publishes as itself.',
  gateway: 'A bridge or a vendor’s server: publishes for many trackers.',
  subscriber: 'Another program: hears milepost/v1/… and publishes nothing.',
};

export const proofWords: Readonly<Record<CredentialRow['proof'], string>> = {
  secret: 'generated secret',
  password: 'chosen password',
  certificate: 'client certificate',
};

/** Credentials in which every word of the search stands somewhere. */
export function matchingCredentials(
  rows: readonly CredentialRow[],
  search: string,
): readonly CredentialRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function textOf({ username, role, device, publish, subscribe, proof, issuedBy }: CredentialRow): string {
  const who = device === null ? [] : [device.name, device.provider, providerWords(device.provider)];
  return [username, roleWords[role], ...who, ...publish, ...subscribe, proofWords[proof], issuedBy].join(' ');
}

/** A credential as it is asked for in the dialog: every field as it was typed. */
export interface CredentialDraft {
  readonly role: Role;
  readonly username: string;
  readonly provider: string;
  readonly device: string;
  /** One filter a line; empty takes those of the device's feed. */
  readonly publish: string;
  readonly subscribe: string;
  readonly proof: CredentialRow['proof'];
  readonly days: number;
  readonly password: string;
}

export const NEW_CREDENTIAL: CredentialDraft = {
  role: 'device',
  username: '',
  provider: '',
  device: '',
  publish: '',
  subscribe: '',
  proof: 'secret',
  days: 365,
  password: '',
};

/** Everything a program may hear. */
export const ALL_HEARD = 'milepost/v1/#';
/** Said before the core is asked, because it never says it of a password it does not get. */
const PASSWORD_MIN = 12;

/** What is wrong with a draft before the core is asked, by field. */
export function credentialProblems(draft: CredentialDraft): Problems {
  const problems: Record<string, string> = {};
  if (draft.username.trim() === '') problems['username'] = 'give the name it connects with';
  if (draft.role === 'device') {
    if (draft.device.trim() === '') problems['device'] = 'say which device it is';
    if (!trackerProviderSchema.safeParse(draft.provider).success) problems['provider'] = 'choose its feed';
  }
  if (draft.role === 'gateway' && filtersOf(draft.publish).length === 0)
    problems['publish'] = 'name at least one topic filter it may publish on, such as vendor/#';
  if (draft.role === 'subscriber' && filtersOf(draft.subscribe).length === 0)
    problems['subscribe'] = `name at least one topic filter it may hear, such as ${ALL_HEARD}`;
  if (draft.proof === 'password' && draft.password.length < PASSWORD_MIN)
    problems['password'] = `at least ${PASSWORD_MIN} characters`;
  if (draft.proof === 'certificate' && !(draft.days >= 1 && draft.days <= DAYS_MAX))
    problems['days'] = `1 to ${DAYS_MAX} days`;
  return { ...overLimits(draft), ...problems };
}

/** What is more or longer than a request may be. */
function overLimits(draft: CredentialDraft): Problems {
  const isOver = (filters: readonly string[]): boolean =>
    filters.length > FILTERS_MAX || filters.some((filter) => filter.length > FILTER_CHARACTERS_MAX);
  const problem = `at most ${FILTERS_MAX} filters of ${FILTER_CHARACTERS_MAX} characters`;
  return {
    ...(draft.role !== 'subscriber' && isOver(filtersOf(draft.publish)) ? { publish: problem } : {}),
    ...(isOver(filtersOf(draft.subscribe)) ? { subscribe: problem } : {}),
  };
}

/** Of a credential, as its schema has it. */
const FILTERS_MAX = 32;
const FILTER_CHARACTERS_MAX = 256;
export const DAYS_MAX = 3_650;

/** The request of a draft without problems. */
export function credentialRequest(draft: CredentialDraft, reason: string): CredentialRequest {
  const { role, username, provider, device, proof, days, password } = draft;
  const publish = role === 'subscriber' ? [] : filtersOf(draft.publish);
  return credentialRequestSchema.parse({
    username: username.trim(),
    role,
    device: role === 'device' ? { provider, name: device.trim() } : null,
    publish: role === 'device' && publish.length === 0 ? null : publish,
    subscribe: filtersOf(draft.subscribe),
    proof:
      proof === 'secret'
        ? { kind: proof }
        : proof === 'certificate'
          ? { kind: proof, days }
          : { kind: proof, password },
    reason,
  });
}

function filtersOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What revoking cuts. */
export function revokeWords({ username, role, proof }: CredentialRow): string[] {
  const does = {
    device: 'its packets are no longer taken',
    gateway: 'packets of all the trackers it publishes for are no longer taken',
    subscriber: 'it hears nothing any more',
  } as const;
  return [
    `${username} is cut off at once if it is connected, and ${does[role]}.`,
    `Its ${proofWords[proof]} will never be accepted again; a new credential may have the same user name.`,
  ];
}

/** The secrets of an import as a file for a spreadsheet: user name and secret, one a line. */
export function secretsCsv(issued: readonly IssuedCredential[]): string {
  const lines = issued.map(({ username, secret }) => `${csvField(username)},${csvField(secret ?? '')}`);
  return ['username,secret', ...lines, ''].join('\r\n');
}

/** Quoted where a comma, a quote or a line break stands in it; RFC 4180. A secret is handed on as it is. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A file name of a user name: letters, digits, dots and hyphens. */
export function fileNameOf(username: string): string {
  const name = username.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+/, '');
  return name === '' ? 'credential' : name;
}
