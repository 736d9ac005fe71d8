import type { RoleKind } from './roles.ts';

export interface DecisionRight {
  /** Any one of them is enough. */
  readonly roles: readonly RoleKind[];
  /** A second account with such a role has to approve before the decision does anything. */
  readonly needsApproval: boolean;
}

const EVERYBODY: readonly RoleKind[] = [
  'operations',
  'credit',
  'finance',
  'administrator',
  'operator',
  'investor',
];

/**
 * Who may take which decision, by its name; what is not here nobody may take. An administrator keeps the machine and
 * its accounts and decides about no money. Overrides of what the rules say take two people.
 */
const rights: Readonly<Record<string, DecisionRight>> = {
  'load-book': alone('administrator'),
  'claim-device': alone('operations'),
  'release-device': alone('operations'),
  'issue-credential': alone('operations', 'administrator'),
  'revoke-credential': alone('operations', 'administrator'),
  'allow-networks': alone('operations', 'administrator'),
  'switch-mapping': alone('operations', 'administrator'),

  'extend-book': alone('operations', 'finance'),
  'waive-exception': alone('finance'),
  'issue-document': alone('finance'),
  'record-receipts': alone('finance'),
  'match-receipt': alone('finance'),
  'dispute-document': alone('credit', 'finance'),
  'settle-dispute': alone('credit', 'finance'),
  'post-event': alone('finance'),

  'open-epoch': byTwo('operations', 'finance'),
  'accept-reading': byTwo('operations', 'finance'),
  'reject-reading': byTwo('operations', 'finance'),
  'amend-contract': byTwo('credit', 'finance'),
  'write-off': byTwo('credit', 'finance'),
  'post-entry': byTwo('finance'),
  'confirm-total-loss': byTwo('operations', 'credit', 'finance'),

  'add-account': alone('administrator'),
  'disable-account': alone('administrator'),
  'set-roles': alone('administrator'),
  // One's own; another's only by an administrator, which the fold looks at.
  'change-password': alone(...EVERYBODY),

  // What matters is the right to the decision inside, which the fold looks at.
  propose: alone(...EVERYBODY),
  approve: alone(...EVERYBODY),
  decline: alone(...EVERYBODY),
  withdraw: alone(...EVERYBODY),
};

/** The row of a decision; null when it has none, and so is nobody's. */
export function decisionRight(decision: string): DecisionRight | null {
  return Object.hasOwn(rights, decision) ? (rights[decision] ?? null) : null;
}

/** Whether a decision by this name waits for a second person. */
export function needsApproval(decision: string): boolean {
  return decisionRight(decision)?.needsApproval ?? false;
}

function alone(...roles: readonly RoleKind[]): DecisionRight {
  return { roles, needsApproval: false };
}

function byTwo(...roles: readonly RoleKind[]): DecisionRight {
  return { roles, needsApproval: true };
}
