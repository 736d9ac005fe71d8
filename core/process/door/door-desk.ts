import { ok } from '../../base/result.ts';
import type { World } from '../../fold/world.ts';
import { type AccessAnswerers, accessAnswerers } from '../access/answer-access.ts';
import { Sessions } from '../access/sessions.ts';
import { type DoorAnswerers, doorAnswerers } from '../feed/answer-door.ts';
import type { Journal } from '../journal/journal.ts';
import { type MoneyAnswerers, moneyAnswerers, type MoneyParts } from '../money/answer-money.ts';
import { openCertificates } from './certificates.ts';
import { CredentialDesk, type MakeClientCertificate } from './credential-desk.ts';
import { DecisionDesk } from './decide.ts';

export interface DoorDeskParts {
  readonly world: World;
  readonly keysFolder: string;
  /** The names and addresses the server is reached by, for its certificate. */
  readonly hosts: () => readonly string[];
  /** The key under which generated secrets are kept. */
  readonly key: Buffer;
  readonly append: Journal['append'];
  readonly money: Pick<MoneyParts, 'isSimulated' | 'journalFolder' | 'evidenceFolder'>;
}

/** The answerers of one connection, which share a session: who signs in by one of them decides by the others. */
export type DeskAnswerers = DoorAnswerers & AccessAnswerers & MoneyAnswerers;

/**
 * Where people decide, from a window or on the command line. Called for each connection: who is signed in on one is a
 * stranger on the next.
 */
export function openDoorDesk(parts: DoorDeskParts): () => DeskAnswerers {
  const { world } = parts;
  const sessions = new Sessions({
    world,
    append: parts.append,
    nowMs: () => performance.timeOrigin + performance.now(),
  });
  const decisions = new DecisionDesk(parts.world, parts.append);
  const credentials = new CredentialDesk({
    world: parts.world,
    decisions,
    key: parts.key,
    makeClientCertificate: clientCertificates(parts),
  });
  return () => {
    const session = sessions.open();
    return {
      ...doorAnswerers({ world, decisions, credentials, session }),
      ...accessAnswerers({ world, decisions, sessions, session }),
      ...moneyAnswerers({ world, decisions, session, ...parts.money }),
    };
  };
}

/** The authority is opened, or made, when the first certificate is asked for: a folder without TLS needs none. */
function clientCertificates({ keysFolder, hosts }: DoorDeskParts): MakeClientCertificate {
  return async (commonName, days) => {
    // By the machine's own clock, whatever drives ours: whoever checks a certificate's dates goes by theirs.
    const nowMs = Date.now();
    const opened = await openCertificates(keysFolder, { nowMs, hosts });
    if (!opened.ok) return opened;
    const made = await opened.value.issueClientCertificate(commonName, nowMs, days);
    return ok({ ...made, authorityPem: opened.value.caPem });
  };
}
