import { applyRecord } from '../../core/fold/apply-record.ts';
import { newWorld, type World } from '../../core/fold/world.ts';
import { passwordBytes } from '../../core/process/access/sessions.ts';
import { DecisionDesk } from '../../core/process/door/decide.ts';
import { hashPassword } from '../../core/process/door/password-hash.ts';
import type { Journal } from '../../core/process/journal/journal.ts';
import type { Role } from '../../core/protocol/account.ts';
import type { Decision } from '../../core/protocol/decision.ts';
import type { JournalEntry } from '../../core/protocol/journal-record.ts';
import type { PasswordProof } from '../../core/protocol/signed.ts';

/** A proof that no password fits: hashing takes a while, and most tests sign nobody in. */
export const NO_PASSWORD: PasswordProof = {
  kind: 'password',
  saltHex: '00'.repeat(16),
  scryptHex: '00'.repeat(32),
  cost: 32_768,
};

export function anAccount(
  account: string,
  roles: readonly Role[],
  proof: PasswordProof = NO_PASSWORD,
): Decision {
  const name = account.charAt(0).toUpperCase() + account.slice(1);
  return { decision: 'add-account', actor: 'ada', reason: 'test', account, name, roles: [...roles], proof };
}

export async function proofOf(password: string): Promise<PasswordProof> {
  return { kind: 'password', ...(await hashPassword(passwordBytes(password))) };
}

/** A world, and a journal that folds at once. */
export interface TestAccess {
  readonly world: World;
  readonly entries: JournalEntry[];
  readonly append: Journal['append'];
  readonly desk: DecisionDesk;
  /** Folds decisions as they stand, without asking whether they may be taken. */
  take(...decisions: readonly Decision[]): void;
}

export function anAccess(...decisions: readonly Decision[]): TestAccess {
  const world = newWorld();
  const entries: JournalEntry[] = [];
  const append: Journal['append'] = (entry, settled) => {
    entries.push(entry);
    const position = world.nextPosition;
    applyRecord(world, { ...entry, position, receivedAtMs: position });
    settled?.(null, position);
  };
  const take = (...more: readonly Decision[]): void => {
    for (const decision of more) append({ kind: 'decision', decision });
  };
  take(...decisions);
  return { world, entries, append, desk: new DecisionDesk(world, append), take };
}
