import { PASSWORD_LENGTH_MIN, type SessionNow } from '../../core/protocol/access-asks.ts';
import { type Role, roleSchema, type staffRoles } from '../../core/protocol/account.ts';
import { localTime } from '../parts/times.ts';

const staffWords: Readonly<Record<(typeof staffRoles)[number], string>> = {
  operations: 'Operations',
  credit: 'Credit',
  finance: 'Finance',
  administrator: 'Administrator',
};

/** A role as people say it. */
export function roleWords(role: Role): string {
  if (role.startsWith('operator:')) return `Operator ${role.slice('operator:'.length)}`;
  if (role.startsWith('investor:')) return `Investor ${role.slice('investor:'.length)}`;
  return staffWords[role as keyof typeof staffWords];
}

export function rolesWords(roles: readonly Role[]): string {
  return roles.map(roleWords).join(', ');
}

/** Who is here, as the rail has room for: the first name, or what to do. */
export function whoWords(now: SessionNow | null): string {
  if (now === null || !now.hasAccounts) return 'Account';
  return now.signedIn?.name.split(' ')[0] ?? 'Sign in';
}

/** When the session ends, whichever comes first. */
export function untilWords({ idleUntilMs, untilMs }: NonNullable<SessionNow['signedIn']>): string {
  return idleUntilMs < untilMs
    ? `Signed in until ${localTime(idleUntilMs).slice(0, 5)}, longer while you use it`
    : `Signed in until ${localTime(untilMs).slice(0, 5)}, then sign in again`;
}

/** The user name that a person's name suggests: "Ada Byron" is "ada.byron". */
export function suggestedAccount(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^[^a-z]+|\.+$/g, '')
    .slice(0, 40);
}

/** What is wrong with a new password; null when nothing is. */
export function passwordProblem(password: string): string | null {
  const { length } = password;
  return length >= PASSWORD_LENGTH_MIN
    ? null
    : `${length} ${length === 1 ? 'character is' : 'characters are'} too few`;
}

/** What is wrong with roles as they were typed; null when nothing is. */
export function rolesProblem(roles: readonly string[]): string | null {
  if (roles.length === 0) return 'choose at least one role';
  const wrong = roles.find((role) => !roleSchema.safeParse(role).success);
  return wrong === undefined
    ? null
    : `“${wrong}” is no role; for an operator or investor write operator:<id> or investor:<id>`;
}
