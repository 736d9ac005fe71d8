import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CredentialRow, IssuedCredential } from '../../../core/protocol/door-asks.ts';
import {
  type CredentialDraft,
  credentialProblems,
  credentialRequest,
  fileNameOf,
  matchingCredentials,
  NEW_CREDENTIAL,
  revokeWords,
  secretsCsv,
} from './credentials-words.ts';

const row = (more: Partial<CredentialRow>): CredentialRow => ({
  credential: 'c0ffee00',
  username: 'taxi-1',
  role: 'device',
  device: { provider: 'teltonika-mqtt-json', name: '356000000000019' },
  publish: ['teltonika/356000000000019/+'],
  subscribe: [],
  proof: 'secret',
  issuedAtMs: 0,
  issuedBy: 'ada',
  revokedAtMs: null,
  ...more,
});
const draft = (more: Partial<CredentialDraft>): CredentialDraft => ({ ...NEW_CREDENTIAL, ...more });

test('every word of a search has to stand somewhere in a credential', () => {
  const rows = [row({}), row({ username: 'bridge', role: 'gateway', device: null, issuedBy: 'bob' })];
  const found = (search: string) => matchingCredentials(rows, search).map(({ username }) => username);
  expect(['', 'TELTONIKA mqtt', '000019 ada', 'gateway bob', 'taxi bob'].map(found)).toEqual([
    ['taxi-1', 'bridge'],
    ['taxi-1'],
    ['taxi-1'],
    ['bridge'],
    [],
  ]);
});

test('a device publishes on the topics of its feed unless others are named', () => {
  const device = draft({ username: ' taxi-1 ', provider: 'ovms', device: 'owner/car1' });
  expect(credentialProblems(device)).toEqual({});
  expect(credentialRequest(device, 'fitted')).toEqual({
    username: 'taxi-1',
    role: 'device',
    device: { provider: 'ovms', name: 'owner/car1' },
    publish: null,
    subscribe: [],
    proof: { kind: 'secret' },
    reason: 'fitted',
  });
  expect(credentialRequest({ ...device, publish: 'a/#\n\n b/+ ' }, 'fitted').publish).toEqual(['a/#', 'b/+']);
});

test('a gateway and a subscriber have no device; a subscriber publishes nothing whatever was typed', () => {
  const gateway = draft({
    role: 'gateway',
    username: 'bridge',
    publish: 'acme/#',
    proof: 'certificate',
    days: 30,
  });
  expect(credentialRequest(gateway, 'new vendor')).toMatchObject({
    device: null,
    publish: ['acme/#'],
    proof: { kind: 'certificate', days: 30 },
  });
  const subscriber = draft({
    role: 'subscriber',
    username: 'billing',
    publish: 'left/over',
    subscribe: 'milepost/v1/#',
  });
  expect(credentialRequest(subscriber, 'books')).toMatchObject({
    publish: [],
    subscribe: ['milepost/v1/#'],
  });
});

test('what is missing is named at its field', () => {
  expect(credentialProblems(draft({ proof: 'password', password: 'short' }))).toEqual({
    username: 'give the name it connects with',
    device: 'say which device it is',
    provider: 'choose its feed',
    password: 'at least 12 characters',
  });
  expect(Object.keys(credentialProblems(draft({ role: 'gateway', username: 'x' })))).toEqual(['publish']);
  expect(Object.keys(credentialProblems(draft({ role: 'subscriber', username: 'x' })))).toEqual([
    'subscribe',
  ]);
});

test('whatever passes the checks of the dialog is a request that the core takes', () => {
  const long = Array.from({ length: 33 }, (_, i) => `a/${i}`).join('\n');
  expect(
    credentialProblems(
      draft({
        role: 'gateway',
        username: 'x',
        publish: long,
        subscribe: 'b'.repeat(257),
        proof: 'certificate',
        days: 0,
      }),
    ),
  ).toEqual({
    publish: 'at most 32 filters of 256 characters',
    subscribe: 'at most 32 filters of 256 characters',
    days: '1 to 3650 days',
  });
  const text = (maxLength: number) => fc.string({ maxLength });
  const any = fc.record({
    role: fc.constantFrom('device', 'gateway', 'subscriber'),
    username: text(128),
    provider: fc.constantFrom('', 'ovms', 'mapped:acme', 'nokia'),
    device: text(128),
    publish: text(600),
    subscribe: text(600),
    proof: fc.constantFrom('secret', 'certificate', 'password'),
    days: fc.integer({ min: -1, max: 5_000 }),
    password: text(256),
  });
  fc.assert(
    fc.property(any, (typed) => {
      if (Object.keys(credentialProblems(typed)).length === 0) credentialRequest(typed, 'why');
    }),
  );
});

test('revoking says what it cuts', () => {
  expect(revokeWords(row({ role: 'gateway', username: 'bridge' }))).toEqual([
    'bridge is cut off at once if it is connected, and packets of all the trackers it publishes for are no longer taken.',
    'Its generated secret will never be accepted again; a new credential may have the same user name.',
  ]);
});

test('imported secrets become a file that a spreadsheet reads', () => {
  const one = (username: string, secret: string): IssuedCredential => ({
    credential: 'c',
    username,
    secret,
    certificatePem: null,
    privateKeyPem: null,
    authorityPem: null,
  });
  expect(secretsCsv([one('taxi-1', 'abc'), one('a "b", c', 'd')])).toBe(
    'username,secret\r\ntaxi-1,abc\r\n"a ""b"", c",d\r\n',
  );
});

test('a user name makes a file name', () => {
  expect(['taxi-1', 'owner/car 1', '../x', ''].map(fileNameOf)).toEqual([
    'taxi-1',
    'owner-car-1',
    'x',
    'credential',
  ]);
});
