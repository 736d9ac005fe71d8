import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aCredential, aDoor } from '../../../tests/support/a-door.ts';
import { newWorld } from '../../fold/world.ts';
import type { Admission, ConnectingClient } from '../broker/gate.ts';
import { issueCertificate, issuePassword } from './credential-proof.ts';
import { DoorGate } from './gate.ts';
import { isTopicFilter } from './topic-filter.ts';

const SHA256 = 'ab'.repeat(32);

function client(
  over: Partial<Omit<ConnectingClient, 'password'>> & { password?: string } = {},
): ConnectingClient {
  const { password, ...rest } = over;
  return {
    username: null,
    certificateSha256Hex: null,
    address: '10.0.0.7',
    isLoopback: false,
    isTls: true,
    ...rest,
    password: password === undefined ? null : Buffer.from(password),
  };
}

const asDevice = (credential: string): Admission => ({ role: 'device', credential });
const refused = (reason: string, returnCode: number): unknown => ({
  ok: false,
  error: { reason, returnCode, answerAfterMs: 0 },
});

test('a generated secret lets its holder in, and no other text, name or case does', async () => {
  const { gate, issueSecret } = aDoor();
  const { secret, credential } = issueSecret({});
  const attempts = [
    { username: 'tracker-1', password: secret },
    { username: 'tracker-1', password: `${secret} ` },
    { username: 'tracker-1', password: '' },
    { username: 'Tracker-1', password: secret },
    { username: 'tracker-2', password: secret },
    { username: 'tracker-1' },
  ];
  expect(await Promise.all(attempts.map((attempt) => gate.admit(client(attempt))))).toEqual([
    { ok: true, value: asDevice(credential.credential) },
    ...attempts.slice(1).map(() => refused('bad-credentials', 4)),
  ]);
});

test('a secret is at least 128 bits, never the same twice, and stands nowhere in what is journalled of it', () => {
  const { issueSecret } = aDoor();
  const issued = Array.from({ length: 50 }, (_, i) => issueSecret({ username: `u${i}` }));
  expect(new Set(issued.map(({ secret }) => secret)).size).toBe(50);
  for (const { secret, credential } of issued) {
    expect(Buffer.from(secret, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(JSON.stringify(credential)).not.toContain(secret);
  }
});

test('a secret of another data folder, whose key is another, is worth nothing', async () => {
  const [mine, other] = [aDoor(), aDoor()];
  const { secret, credential } = mine.issueSecret({});
  other.issue(credential);
  expect(await other.gate.admit(client({ username: 'tracker-1', password: secret }))).toEqual(
    refused('bad-credentials', 4),
  );
});

test('a chosen password lets in, again without the slow hash, until it is revoked', async () => {
  const { gate, issue, revoke } = aDoor();
  const credential = await issuePassword(aCredential, 'correct horse battery');
  issue(credential);
  const right = client({ username: 'tracker-1', password: 'correct horse battery' });
  const wrong = client({ username: 'tracker-1', password: 'correct horse batterx' });
  const admitted = { ok: true, value: asDevice(credential.credential) };
  expect(await gate.admit(right)).toEqual(admitted);
  expect(await gate.admit(wrong)).toEqual(refused('bad-credentials', 4));
  expect(await gate.admit(right)).toEqual(admitted);
  revoke(credential.credential);
  expect(await gate.admit(right)).toEqual(refused('credential-revoked', 5));
});

test('a password revoked while it is being checked lets nobody in', async () => {
  const { gate, issue, revoke } = aDoor();
  const credential = await issuePassword(aCredential, 'correct horse battery');
  issue(credential);
  const answer = gate.admit(client({ username: 'tracker-1', password: 'correct horse battery' }));
  revoke(credential.credential);
  expect(await answer).toEqual(refused('credential-revoked', 5));
});

test('passwords of one address wait for their turn, and beyond so many are not looked at', async () => {
  const { gate, issue } = aDoor();
  const credential = await issuePassword(aCredential, 'correct horse battery');
  const { proof } = credential;
  // A cheap hash that fits nothing: what counts here is how many are computed.
  if (proof.kind === 'password') issue({ ...credential, proof: { ...proof, cost: 2 } });
  const guesses = Array.from({ length: 30 }, (_, i) =>
    gate.admit(client({ username: 'tracker-1', password: `guess ${i}` })),
  );
  const answers = await Promise.all(guesses);
  expect(answers).toEqual([
    ...Array.from({ length: 18 }, () => refused('bad-credentials', 4)),
    ...Array.from({ length: 12 }, () => refused('too-busy', 3)),
  ]);
});

test('a hash whose parameters nobody can compute fits no password', async () => {
  const { gate, issue } = aDoor();
  const credential = await issuePassword(aCredential, 'correct horse battery');
  const attempt = client({ username: 'tracker-1', password: 'correct horse battery' });
  for (const cost of [3, 2 ** 30]) {
    const { proof } = credential;
    if (proof.kind === 'password') issue({ ...credential, proof: { ...proof, cost } });
    expect(await gate.admit(attempt)).toEqual(refused('bad-credentials', 4));
  }
});

test('a certificate lets in by its fingerprint, whatever name is given; an unknown one falls back on name and secret', async () => {
  const { gate, issue, issueSecret, revoke } = aDoor();
  const certified = issueCertificate({ ...aCredential, username: 'by-certificate' }, SHA256);
  issue(certified);
  const { secret, credential } = issueSecret({});
  const shown = client({ certificateSha256Hex: SHA256, username: 'anything', password: 'anything' });
  expect(await gate.admit(shown)).toEqual({ ok: true, value: asDevice(certified.credential) });
  const unknown = { certificateSha256Hex: 'cd'.repeat(32) };
  expect(await gate.admit(client(unknown))).toEqual(refused('bad-credentials', 5));
  expect(await gate.admit(client({ ...unknown, username: 'tracker-1', password: secret }))).toEqual({
    ok: true,
    value: asDevice(credential.credential),
  });
  revoke(certified.credential);
  expect(await gate.admit(shown)).toEqual(refused('credential-revoked', 5));
});

describe('without a credential', () => {
  test.each([
    ['plain, of this machine', { isLoopback: true, isTls: false }, true],
    ['encrypted, of this machine', { isLoopback: true, isTls: true }, false],
    ['plain, from elsewhere', { isLoopback: false, isTls: false }, false],
  ])('%s', async (_, facts, isAdmitted) => {
    const { gate } = aDoor();
    expect(await gate.admit(client(facts))).toEqual(
      isAdmitted ? { ok: true, value: { role: 'anonymous' } } : refused('bad-credentials', 5),
    );
  });

  test('nobody, when it is switched off', async () => {
    const { gate } = aDoor({ allowAnonymous: false });
    expect(await gate.admit(client({ isLoopback: true, isTls: false }))).toEqual(
      refused('bad-credentials', 5),
    );
  });

  test('a wrong secret is not taken for none', async () => {
    const { gate } = aDoor();
    const wrong = client({ isLoopback: true, isTls: false, username: 'tracker-1', password: 'x' });
    expect(await gate.admit(wrong)).toEqual(refused('bad-credentials', 4));
  });
});

test('failures from an address are answered later and later; the right secret from there is answered at once', async () => {
  const { gate, issueSecret } = aDoor({ slowness: { firstMs: 100, maxMs: 1_000 } });
  const { secret } = issueSecret({});
  const delays: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    const answer = await gate.admit(client({ username: 'tracker-1', password: 'wrong' }));
    if (!answer.ok) delays.push(answer.error.answerAfterMs);
  }
  expect(delays).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  expect(await gate.admit(client({ username: 'tracker-1', password: secret }))).toMatchObject({ ok: true });
  const elsewhere = await gate.admit(
    client({ address: '10.0.0.8', username: 'tracker-1', password: 'wrong' }),
  );
  expect(elsewhere).toMatchObject({ error: { answerAfterMs: 100 } });
});

test('each role publishes on its own topics; nobody on ours; a subscriber and a revoked one on none', () => {
  const { gate, issueSecret, revoke } = aDoor();
  const id = (request: Parameters<typeof issueSecret>[0]): string =>
    issueSecret(request).credential.credential;
  const device = asDevice(id({ publish: ['a/+/x', 'b/#'] }));
  const gateway: Admission = {
    role: 'gateway',
    credential: id({ username: 'g', role: 'gateway', publish: ['#'] }),
  };
  const subscriber: Admission = {
    role: 'subscriber',
    credential: id({ username: 's', role: 'subscriber', publish: ['b/#'] }),
  };
  const gone = asDevice(id({ username: 'gone', publish: ['gone/#'] }));
  revoke(id({ username: 'other', publish: ['other/#'] }));
  if (gone.role !== 'anonymous') revoke(gone.credential);
  const anonymous: Admission = { role: 'anonymous' };
  const topics = [
    'a/1/x',
    'a//x',
    'a/1/2/x',
    'a/1/y',
    'b',
    'b/1/2',
    'c',
    'gone/1',
    'other/1',
    '$SYS/x',
    'milepost/v1/x',
  ];
  const allowed = (admission: Admission): string[] =>
    topics.filter((topic) => gate.mayPublish(admission, topic));
  expect({
    device: allowed(device),
    gateway: allowed(gateway),
    subscriber: allowed(subscriber),
    revoked: allowed(gone),
    anonymous: allowed(anonymous),
  }).toEqual({
    device: ['a/1/x', 'a//x', 'b', 'b/1/2'],
    gateway: ['a/1/x', 'a//x', 'a/1/2/x', 'a/1/y', 'b', 'b/1/2', 'c', 'gone/1', 'other/1'],
    subscriber: [],
    revoked: [],
    // What a live device publishes on is that device's alone; a gateway's filters keep nobody out.
    anonymous: ['a/1/2/x', 'a/1/y', 'c', 'gone/1', 'other/1'],
  });
});

test('a gate opened on a book says the same as one that followed its decisions', () => {
  const levels = fc.constantFrom('a', 'b', '+', '', 'x+', '#');
  const filters = fc.array(
    fc.array(levels, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  const topic = fc
    .array(fc.constantFrom('a', 'b', ''), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(fc.tuple(filters, fc.boolean()), { maxLength: 5 }), topic, (decided, published) => {
      const { door, gate, key, issueSecret, revoke } = aDoor();
      const credentials = decided.map(([publish, isRevoked], i) => {
        const { credential } = issueSecret({ username: `u${i}`, publish: publish.filter((f) => f !== '') });
        if (isRevoked) revoke(credential.credential);
        return { ...credential, isRevoked };
      });
      const opened = new DoorGate({ door, key });
      for (const { credential, publish, isRevoked } of credentials) {
        const expected =
          !isRevoked && publish.some((filter) => isTopicFilter(filter) && matches(filter, published));
        expect([gate, opened].map((each) => each.mayPublish(asDevice(credential), published))).toEqual([
          expected,
          expected,
        ]);
      }
    }),
  );
});

/** MQTT's rule, level by level, without an index. */
function matches(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split('/'), topic.split('/')];
  const isAll = wanted.at(-1) === '#';
  const fixed = isAll ? wanted.slice(0, -1) : wanted;
  if (isAll ? levels.length < fixed.length : levels.length !== fixed.length) return false;
  return fixed.every((level, i) => level === '+' || level === levels[i]);
}

test('any filters of the length the journal takes can be issued and revoked, and allow no more than they say', () => {
  const filter = fc.oneof(
    fc.string({ minLength: 1, maxLength: 256 }),
    fc.constantFrom('/'.repeat(256), '#/#/#/#/#/#', '+/'.repeat(128), '#a', 'a#', '+#'),
  );
  fc.assert(
    fc.property(fc.array(filter, { maxLength: 32 }), (publish) => {
      const { gate, issueSecret, revoke } = aDoor();
      const { credential } = issueSecret({ publish });
      gate.mayPublish(asDevice(credential.credential), 'a/b/c');
      revoke(credential.credential);
      expect(gate.mayPublish({ role: 'anonymous' }, 'a/b/c')).toBe(true);
    }),
  );
});

test('decisions about other things of the door leave the credentials as they are', () => {
  const { door } = newWorld();
  const gate = new DoorGate({ door, key: Buffer.alloc(32) });
  door.version += 1;
  expect([gate.follow([]), gate.version()]).toEqual([false, 1]);
});
