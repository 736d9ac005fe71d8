import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { aCredential } from '../../../tests/support/a-door.ts';
import { fail } from '../../base/result.ts';
import { decideDoor } from '../../fold/decide-door.ts';
import { newWorld } from '../../fold/world.ts';
import type { Decision } from '../../protocol/decision.ts';
import { CredentialDesk } from './credential-desk.ts';
import { issueSecret } from './credential-proof.ts';
import { DecisionDesk } from './decide.ts';

const HEADER = 'username,role,provider,device,publish,subscribe';

/** A desk in whose world "taxi-1" has a credential, and what it journalled. */
function aDesk(): { readonly desk: CredentialDesk; readonly taken: Decision[] } {
  const world = newWorld();
  const key = randomBytes(32);
  const { credential } = issueSecret(key, { ...aCredential, username: 'taxi-1' });
  decideDoor(world.door, { decision: 'issue-credential', actor: 'Ada', reason: 'first', credential }, 0);
  const taken: Decision[] = [];
  const decisions = new DecisionDesk(world, (entry, settled) => {
    if (entry.kind === 'decision') taken.push(entry.decision);
    settled?.(null, taken.length);
  });
  const makeClientCertificate = () => Promise.resolve(fail('not here'));
  return { desk: new CredentialDesk({ world, decisions, key, makeClientCertificate }), taken };
}

test('a file is told everything that is wrong with it at once: lines that cannot be read, and names that are taken', async () => {
  const { desk, taken } = aDesk();
  const csv = `${HEADER}\ntaxi-2,driver,ovms,owner/car2,,\ntaxi-1,device,ovms,owner/car1,,\ntaxi-3,device,ovms,owner/car3,,`;
  const problems = [
    { line: 2, field: 'role', problem: '"driver" is none of device, gateway, subscriber' },
    { line: 3, field: 'username', problem: '"taxi-1" has a credential already; revoke it first' },
  ];
  expect(await desk.importCsv(csv, true, 'Ada')).toEqual(fail(problems));
  expect(await desk.importCsv(csv, false, 'Ada')).toEqual(fail(problems));
  expect(taken).toEqual([]);
});

test('a preview issues nothing; the same file then issues every line, with a secret each', async () => {
  const { desk, taken } = aDesk();
  const csv = `${HEADER}\ntaxi-2,device,ovms,owner/car2,,\nwall,subscriber,,,,milepost/v1/#`;
  expect(await desk.importCsv(csv, true, 'Ada')).toEqual({ ok: true, value: { lines: 2, issued: [] } });
  expect(taken).toEqual([]);
  const imported = await desk.importCsv(csv, false, 'Ada');
  const secret = expect.stringMatching(/^[\w-]{24}$/);
  expect(imported).toMatchObject({
    ok: true,
    value: {
      lines: 2,
      issued: [
        { username: 'taxi-2', secret },
        { username: 'wall', secret },
      ],
    },
  });
  expect(taken.map(({ decision, actor }) => [decision, actor])).toEqual([
    ['issue-credential', 'Ada'],
    ['issue-credential', 'Ada'],
  ]);
});
