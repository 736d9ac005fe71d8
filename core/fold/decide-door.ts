import { unreachable } from '../base/assert.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import type { DoorBook } from './world.ts';

type DoorDecision = DecisionOf<
  'issue-credential' | 'revoke-credential' | 'allow-networks' | 'switch-mapping'
>;

/** Takes a decision about the door into its book. Whether it may be taken was checked before it was journalled. */
export function decideDoor(door: DoorBook, decision: DoorDecision, atMs: number): void {
  switch (decision.decision) {
    case 'issue-credential':
      door.credentials.set(decision.credential.credential, {
        credential: decision.credential,
        issuedAtMs: atMs,
        issuedBy: decision.actor,
        revokedAtMs: null,
      });
      return;
    case 'revoke-credential': {
      const issued = door.credentials.get(decision.credential);
      if (issued !== undefined) issued.revokedAtMs ??= atMs;
      return;
    }
    case 'allow-networks':
      door.networksByGroup.set(decision.group, decision.networks);
      return;
    case 'switch-mapping':
      door.mappings.set(decision.mapping, {
        yaml: decision.yaml,
        isOn: decision.isOn,
        switchedAtMs: atMs,
        switchedBy: decision.actor,
      });
      return;
    default:
      return unreachable(decision);
  }
}
