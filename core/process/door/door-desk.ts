import os from 'node:os';
import { fail, ok, type Result } from '../../base/result.ts';
import type { World } from '../../fold/world.ts';
import type { ControlReply } from '../../protocol/control-channel.ts';
import { doorAsks } from '../../protocol/door-asks.ts';
import { type DoorAnswerers, doorAnswerers } from '../feed/answer-door.ts';
import type { Journal } from '../journal/journal.ts';
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
}

/**
 * Where people decide about the door, from a window or on the command line. Until there are accounts, whoever uses this
 * machine's account decides, and is named by it.
 */
export function openDoorDesk(parts: DoorDeskParts): DoorAnswerers {
  const decisions = new DecisionDesk(parts.world, parts.append);
  const credentials = new CredentialDesk({
    world: parts.world,
    decisions,
    key: parts.key,
    makeClientCertificate: clientCertificates(parts),
  });
  return doorAnswerers({ world: parts.world, decisions, credentials, actor: os.userInfo().username });
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

/** Answers a question that came as text: checked like a window's. */
export async function answerDoor(
  answerers: DoorAnswerers,
  name: string,
  input: unknown,
): Promise<ControlReply> {
  const ask = askOf(name, input);
  if (!ask.ok) return { ok: false, problem: ask.error };
  const answerer = answerers[ask.value.name] as (input: unknown) => unknown;
  return { ok: true, value: await answerer(ask.value.input) };
}

function askOf(
  name: string,
  input: unknown,
): Result<{ readonly name: keyof typeof doorAsks; readonly input: unknown }, string> {
  const isAsk = (text: string): text is keyof typeof doorAsks => Object.hasOwn(doorAsks, text);
  if (!isAsk(name))
    return fail(`no question is called "${name}"; there are ${Object.keys(doorAsks).join(', ')}`);
  const parsed = doorAsks[name].input.safeParse(input);
  if (parsed.success) return ok({ name, input: parsed.data });
  const [issue] = parsed.error.issues;
  return fail(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'bad input'}`);
}
