import type { Account } from '../protocol/account.ts';
import type { PlainDecision } from '../protocol/decision.ts';

/** Who may sign in, and what waits for a second person, as decided. */
export interface AccessBook {
  /** By the name signed in with; disabled ones stay, as evidence. */
  readonly accounts: Map<string, AccountState>;
  /** By id, in the order they were made; settled ones stay, as evidence. */
  readonly proposals: Map<string, ProposalState>;
}

export interface AccountState extends Account {
  readonly addedAtMs: number;
  readonly addedBy: string;
  readonly disabledAtMs: number | null;
}

export interface ProposalState {
  readonly proposal: string;
  /** Signed by who proposed it. */
  readonly proposed: PlainDecision;
  readonly proposedAtMs: number;
  /** Null while it waits. */
  readonly settled: SettledProposal | null;
}

export interface SettledProposal {
  readonly outcome: 'approved' | 'declined' | 'withdrawn';
  readonly by: string;
  readonly reason: string;
  readonly atMs: number;
}

export function newAccessBook(): AccessBook {
  return { accounts: new Map(), proposals: new Map() };
}

/** The id the next proposal gets. */
export function nextProposalId({ proposals }: AccessBook): string {
  return `P${proposals.size + 1}`;
}
