import { randomBytes } from 'node:crypto';
import { applyRecord } from '../../core/fold/apply-record.ts';
import { type DoorBook, newWorld } from '../../core/fold/world.ts';
import type { Gate } from '../../core/process/broker/gate.ts';
import { issueSecret, type NewCredential } from '../../core/process/door/credential-proof.ts';
import { DoorGate, type GateParts } from '../../core/process/door/gate.ts';
import type { Credential, Decision } from '../../core/protocol/decision.ts';
import type { JournalRecord } from '../../core/protocol/journal-record.ts';

/** A book of the door and its gate, with decisions taken as the core takes them: fold first, then the gate. */
export interface TestDoor {
  readonly door: DoorBook;
  readonly gate: DoorGate;
  readonly key: Buffer;
  issue(credential: Credential): void;
  /** Issues a generated secret and gives it with the credential. */
  issueSecret(request: Partial<NewCredential>): { readonly secret: string; readonly credential: Credential };
  revoke(credential: string): void;
}

export function aDoor(parts: Partial<GateParts> = {}): TestDoor {
  const world = newWorld();
  const { door } = world;
  const key = randomBytes(32);
  const gate = new DoorGate({ door, key, slowness: { firstMs: 0, maxMs: 0 }, ...parts });
  const decide = (
    decision: Extract<Decision, { decision: 'issue-credential' | 'revoke-credential' }>,
  ): void => {
    const position = world.nextPosition;
    const record: JournalRecord = { kind: 'decision', position, receivedAtMs: position, decision };
    applyRecord(world, record);
    gate.follow([record]);
  };
  const issue = (credential: Credential): void =>
    decide({ decision: 'issue-credential', actor: 'test', reason: 'test', credential });
  return {
    door,
    gate,
    key,
    issue,
    issueSecret: (request) => {
      const issued = issueSecret(key, { ...aCredential, ...request });
      issue(issued.credential);
      return issued;
    },
    revoke: (credential) =>
      decide({ decision: 'revoke-credential', actor: 'test', reason: 'test', credential }),
  };
}

/** Lets everybody in and everything through: for tests of what is in front of the gate, or behind it. */
export const openGate: Gate = {
  admit: () => Promise.resolve({ ok: true, value: { role: 'anonymous' } }),
  isStillAdmitted: () => true,
  mayPublish: () => true,
  maySubscribe: () => true,
  version: () => 0,
};

/** A device that may publish on what starts with `v/`. */
export const aCredential: NewCredential = {
  username: 'tracker-1',
  role: 'device',
  device: { provider: 'teltonika-mqtt-json', name: '356000000000001' },
  publish: ['v/#'],
  subscribe: [],
};
