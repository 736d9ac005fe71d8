import fs from 'node:fs';
import { isIPv6 } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import type { ServerContext } from './certificates.ts';
import { isListenAddress, isLoopback, reachedBy } from './tls-reach.ts';
import {
  certificateRefresher,
  type DoorPlan,
  planDoor,
  problemWithListening,
  warnOfReach,
} from './tls-start.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
const DAY_MS = 86_400_000;

async function planned(asked: Parameters<typeof planDoor>[0], keysFolder = emptyFolder()): Promise<DoorPlan> {
  const plan = await planDoor(asked, keysFolder, NOW_MS);
  if (!plan.ok) throw new Error(plan.error);
  return plan.value;
}

test.each([
  ['127.0.0.1', true, true],
  ['127.8.9.10', true, true],
  ['::1', true, true],
  ['localhost', true, true],
  ['0.0.0.0', true, false],
  ['::', true, false],
  ['192.0.2.7', true, false],
  ['::ffff:127.0.0.1', true, false],
  ['127.0.0.1.example', false, false],
  ['localhost.example', false, false],
  ['', false, false],
])('%j is an address to listen on: %s; on this machine only: %s', (host, isAddress, isOwn) => {
  expect([isListenAddress(host), isLoopback(host)]).toEqual([isAddress, isOwn]);
});

test('a certificate is for this machine by its names, loopback and the address listened on', () => {
  expect(reachedBy('192.0.2.7')).toEqual(
    expect.arrayContaining(['localhost', '127.0.0.1', '::1', '192.0.2.7']),
  );
  expect(reachedBy('0.0.0.0')).not.toContain('0.0.0.0');
  expect(reachedBy('0.0.0.0').filter((host) => isIPv6(host))).toEqual(['::1']);
});

test.each([
  [
    { host: '192.0.2.7' },
    /^--host 192\.0\.2\.7 can be reached from other machines, so it needs TLS: add --mqtts-port/u,
  ],
  [{ host: 'fleet.example', mqttsPort: 8883 }, /^--host fleet\.example: use an IP address of this machine/u],
  [{ host: '127.0.0.1', tls: { certificate: 'a', privateKey: 'b' } }, /no --mqtts-port to use them on/u],
])('%j is refused in words', async (asked, words) => {
  expect(problemWithListening(asked)).toMatch(words);
  expect(await planDoor(asked, emptyFolder(), NOW_MS)).toEqual({
    ok: false,
    error: expect.stringMatching(words),
  });
});

test('without TLS no key is made', async () => {
  const keys = path.join(emptyFolder(), 'keys');
  expect(await planned({ host: '127.0.0.1' }, keys)).toEqual({ plainHost: '127.0.0.1', secure: null });
  expect(fs.existsSync(keys)).toBe(false);
});

test.each([
  ['0.0.0.0', '127.0.0.1'],
  ['192.0.2.7', '127.0.0.1'],
  ['::1', '::1'],
])('on %s TLS listens there, plain MQTT on %s', async (host, plainHost) => {
  const plan = await planned({ host, mqttsPort: 8883 });
  expect([plan.plainHost, plan.secure?.host, plan.secure?.port]).toEqual([plainHost, host, 8883]);
});

test('a given certificate that cannot be read stops the start by the name of its file', async () => {
  const tls = { certificate: '/nowhere/server.crt', privateKey: '/nowhere/server.key' };
  expect(await planDoor({ host: '127.0.0.1', mqttsPort: 8883, tls }, emptyFolder(), NOW_MS)).toEqual({
    ok: false,
    error: expect.stringMatching(/^\/nowhere\/server\.crt cannot be read/u),
  });
});

test('what others can reach is said, on loopback nothing is', async () => {
  const said: unknown[] = [];
  const log = (...line: unknown[]): void => void said.push(line);
  warnOfReach(await planned({ host: '127.0.0.1', mqttsPort: 8883 }), 8883, log);
  warnOfReach(await planned({ host: '192.0.2.7', mqttsPort: 0 }), 40_001, log);
  expect(said).toEqual([
    [
      'MQTT over TLS can be reached from other machines; every client there has to say who it is',
      { addresses: '192.0.2.7', port: 40_001 },
    ],
  ]);
});

test('a running door renews its certificate, says trouble once, and goes on with what it had', async () => {
  const keys = emptyFolder();
  const plan = await planned({ host: '127.0.0.1', mqttsPort: 8883 }, keys);
  const used: ServerContext[] = [];
  const said: unknown[] = [];
  let nowMs = NOW_MS;
  const refresh = certificateRefresher({
    plan,
    nowMs: () => nowMs,
    use: (context) => used.push(context),
    log: (line, fields) => said.push([line, fields?.['problem'] !== undefined]),
  });
  await refresh();
  expect([used, said]).toEqual([[], []]);
  nowMs += 300 * DAY_MS;
  await refresh();
  fs.writeFileSync(path.join(keys, 'server.pem'), 'damaged');
  await refresh();
  await refresh();
  expect(used).toEqual([plan.secure?.certificates.serverContext()]);
  expect(said).toEqual([
    ['new TLS connections are shown another certificate from now on', false],
    ['TLS certificates need attention', true],
  ]);
});

test("the end of the operator's certificate is announced two weeks before it", async () => {
  const keys = emptyFolder();
  const own = await planned({ host: '127.0.0.1', mqttsPort: 8883 }, keys);
  const { cert = '', key = '' } = own.secure?.certificates.serverContext() ?? {};
  const tls = { certificate: path.join(keys, 'given.crt'), privateKey: path.join(keys, 'given.key') };
  fs.writeFileSync(tls.certificate, cert);
  fs.writeFileSync(tls.privateKey, key);
  const said: unknown[] = [];
  let nowMs = NOW_MS;
  const refresh = certificateRefresher({
    plan: await planned({ host: '127.0.0.1', mqttsPort: 8883, tls }),
    nowMs: () => nowMs,
    use: () => {},
    log: (_line, fields) => said.push(fields?.['problem']),
  });
  for (const day of [350, 352, 366]) {
    nowMs = NOW_MS + day * DAY_MS;
    await refresh();
  }
  expect(said).toEqual([
    'the server certificate ends at 2027-11-22T00:00:00.000Z',
    'the server certificate ended at 2027-11-22T00:00:00.000Z',
  ]);
});
