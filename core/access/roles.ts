import type { Role } from '../protocol/account.ts';

/** A role without the party it is for: rights are given to kinds. */
export type RoleKind = 'operations' | 'credit' | 'finance' | 'administrator' | 'operator' | 'investor';

export function kindOf(role: Role): RoleKind {
  if (role.startsWith('operator:')) return 'operator';
  if (role.startsWith('investor:')) return 'investor';
  return role as RoleKind;
}

/** Whether any of the roles is of one of the kinds. */
export function hasKind(roles: readonly Role[], kinds: readonly RoleKind[]): boolean {
  return roles.some((role) => kinds.includes(kindOf(role)));
}
