import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { closed } from '../../../tests/support/closed.ts';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import {
  type Certificates,
  type ClientCertificate,
  openCertificates,
  type ServerContext,
} from './certificates.ts';
import { DEFAULT_TLS_LIMITS, TlsListener, type TlsCounters, type TlsLimits } from './tls-listener.ts';
import { certificateOf, isEncrypted } from './tls-peer.ts';

interface Door {
  readonly port: number;
  readonly listener: TlsListener;
  readonly counters: TlsCounters;
  readonly failures: readonly string[];
  /** The server's ends of the connections, oldest first. */
  readonly secured: readonly tls.TLSSocket[];
}

/** A door that greets whoever came through the handshake with one byte. */
async function openDoor(context: ServerContext, limits: Partial<TlsLimits> = {}): Promise<Door> {
  const counters = { tooOldTls: 0, stalledHandshakes: 0, failedHandshakes: 0, overHandshakeLimit: 0 };
  const failures: string[] = [];
  const secured: tls.TLSSocket[] = [];
  const listener = new TlsListener({
    context,
    limits: { ...DEFAULT_TLS_LIMITS, ...limits },
    counters,
    secured: (socket) => {
      secured.push(socket);
      socket.on('error', () => {});
      socket.resume();
      socket.write('!');
    },
    failed: (failure) => failures.push(failure),
  });
  const server = net.createServer((socket) => listener.take(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listener.destroyAll();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, listener, counters, failures, secured };
}

/** Through the handshake, greeted and with a ticket to resume by; or the code of the problem. */
async function tryConnect(
  port: number,
  options: tls.ConnectionOptions,
): Promise<{ readonly socket: tls.TLSSocket; readonly session: Buffer; readonly problem: string | null }> {
  const socket = tls.connect({ port, host: '127.0.0.1', ...options });
  onTestFinished(() => void socket.destroy());
  return new Promise((resolve) => {
    let session = Buffer.alloc(0);
    let isGreeted = false;
    // A resumed session gets no further ticket.
    const look = (): void => {
      const hasTicket = session.length > 0 || socket.isSessionReused();
      if (isGreeted && hasTicket) resolve({ socket, session, problem: null });
    };
    socket.once('data', () => {
      isGreeted = true;
      look();
    });
    socket.once('session', (ticket) => {
      session = ticket;
      look();
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ socket, session: Buffer.alloc(0), problem: error.code ?? error.message }),
    );
  });
}

function keyOf(device: ClientCertificate): tls.ConnectionOptions {
  return { cert: device.certificatePem, key: device.privateKeyPem };
}

let ours: Certificates;
let others: Certificates;
let device: ClientCertificate;

beforeEach(async () => {
  [ours, others] = [await freshCertificates(), await freshCertificates()];
  device = await ours.issueClientCertificate('tracker-1', Date.now(), 30);
});

/** Real handshakes check dates by the machine's clock. */
async function freshCertificates(): Promise<Certificates> {
  const opened = await openCertificates(emptyFolder(), { nowMs: Date.now(), hosts: () => ['127.0.0.1'] });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

test('TLS 1.3 is spoken, and a client that shows no certificate has none', async () => {
  const door = await openDoor(ours.serverContext());
  const client = await tryConnect(door.port, { ca: ours.caPem });
  expect([client.problem, client.socket.getProtocol()]).toEqual([null, 'TLSv1.3']);
  expect(door.secured.map((socket) => [isEncrypted(socket), certificateOf(socket)])).toEqual([[true, null]]);
});

test("a device's certificate is told by its fingerprint, also when its session is resumed", async () => {
  const door = await openDoor(ours.serverContext());
  const first = await tryConnect(door.port, { ca: ours.caPem, ...keyOf(device) });
  const second = await tryConnect(door.port, { ca: ours.caPem, session: first.session });
  expect([first, second].map(({ socket }) => socket.isSessionReused())).toEqual([false, true]);
  expect(door.secured.map(certificateOf)).toEqual([
    { sha256Hex: device.sha256Hex },
    { sha256Hex: device.sha256Hex },
  ]);
});

test('resuming a session without a certificate makes no certificate, whatever the library calls authorized', async () => {
  const door = await openDoor(ours.serverContext());
  const first = await tryConnect(door.port, { ca: ours.caPem });
  const second = await tryConnect(door.port, { ca: ours.caPem, session: first.session });
  expect(second.socket.isSessionReused()).toBe(true);
  expect(door.secured[1]?.authorized).toBe(true);
  expect(door.secured.map(certificateOf)).toEqual([null, null]);
});

test('a certificate of another authority, of a server, or out of its time is as good as none, also resumed', async () => {
  const door = await openDoor(ours.serverContext());
  const [stranger, expired] = [
    await others.issueClientCertificate('tracker-1', Date.now(), 30),
    await ours.issueClientCertificate('tracker-1', Date.now() - 40 * 86_400_000, 30),
  ];
  const server = ours.serverContext();
  for (const shown of [keyOf(stranger), keyOf(expired), { cert: server.cert, key: server.key }]) {
    const first = await tryConnect(door.port, { ca: ours.caPem, ...shown });
    await tryConnect(door.port, { ca: ours.caPem, session: first.session, ...shown });
  }
  expect(door.secured.map(certificateOf)).toEqual([null, null, null, null, null, null]);
});

test('without an authority for devices no certificate counts, not even one of a public authority', async () => {
  const door = await openDoor({ ...ours.serverContext(), ca: [] });
  await tryConnect(door.port, { ca: ours.caPem, ...keyOf(device) });
  expect(door.secured.map(certificateOf)).toEqual([null]);
  expect(door.secured.map((socket) => socket.getPeerX509Certificate())).toEqual([undefined]);
});

test('a plain connection is not encrypted and has no certificate', async () => {
  const socket = new net.Socket();
  expect([isEncrypted(socket), certificateOf(socket)]).toEqual([false, null]);
});

test('a client that knows only TLS 1.2 is refused and counted', async () => {
  const door = await openDoor(ours.serverContext());
  const { problem } = await tryConnect(door.port, { ca: ours.caPem, maxVersion: 'TLSv1.2' });
  expect(problem).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  expect([door.counters, door.failures]).toEqual([
    { tooOldTls: 1, stalledHandshakes: 0, failedHandshakes: 0, overHandshakeLimit: 0 },
    ['tls-too-old'],
  ]);
});

test('a client that does not trust us, and one that speaks no TLS, fail in their handshake', async () => {
  const door = await openDoor(ours.serverContext());
  const distrusting = await tryConnect(door.port, { ca: others.caPem });
  expect(distrusting.problem).toBe('SELF_SIGNED_CERT_IN_CHAIN');
  const plain = net.connect(door.port, '127.0.0.1');
  plain.on('error', () => {});
  plain.write(Buffer.from('100c00044d5154540402003c0000', 'hex'));
  plain.resume();
  await closed(plain);
  expect(door.counters).toMatchObject({ tooOldTls: 0, stalledHandshakes: 0 });
  expect(door.failures).toContain('handshake-failed');
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['the head of a handshake', Buffer.from('1603010200010001fc0303', 'hex')],
])('a client that sends %s and stalls is dropped and counted', async (_, bytes) => {
  const door = await openDoor(ours.serverContext(), { handshakeTimeoutMs: 30 });
  const client = net.connect(door.port, '127.0.0.1');
  client.on('error', () => {});
  client.write(bytes);
  client.resume();
  await closed(client);
  expect([door.counters.stalledHandshakes, door.secured.length]).toEqual([1, 0]);
});

test('a client that trickles bytes gets no more time for it', async () => {
  const door = await openDoor(ours.serverContext(), { handshakeTimeoutMs: 60 });
  const client = net.connect(door.port, '127.0.0.1');
  client.on('error', () => {});
  client.write(Buffer.from('1603010200010001fc0303', 'hex'));
  const trickle = setInterval(() => client.write(Buffer.from([0])), 5);
  onTestFinished(() => clearInterval(trickle));
  client.resume();
  await closed(client);
  expect(door.counters.stalledHandshakes).toBe(1);
});

test('handshakes at once are limited; a reset in the middle of one makes room again', async () => {
  const door = await openDoor(ours.serverContext(), { handshakesMax: 1 });
  const stalling = net.connect(door.port, '127.0.0.1');
  await once(stalling, 'connect');
  const turnedAway = await tryConnect(door.port, { ca: ours.caPem });
  expect([turnedAway.problem, door.counters.overHandshakeLimit]).toEqual(['ECONNRESET', 1]);
  stalling.resetAndDestroy();
  while (door.listener.handshakes > 0) await new Promise((resolve) => setImmediate(resolve));
  const next = await tryConnect(door.port, { ca: ours.caPem });
  expect([next.problem, door.listener.handshakes]).toEqual([null, 0]);
  next.socket.destroy();
});

test('a connection lost before its turn takes no place', async () => {
  const door = await openDoor(ours.serverContext());
  door.listener.take(new net.Socket().destroy());
  expect(door.listener.handshakes).toBe(0);
});

test('rotated ticket keys end resumption, not service', async () => {
  const door = await openDoor(ours.serverContext());
  const first = await tryConnect(door.port, { ca: ours.caPem });
  door.listener.rotateTicketKeys();
  const second = await tryConnect(door.port, { ca: ours.caPem, session: first.session });
  const third = await tryConnect(door.port, { ca: ours.caPem, session: second.session });
  expect([second, third].map(({ problem, socket }) => [problem, socket.isSessionReused()])).toEqual([
    [null, false],
    [null, true],
  ]);
});

test('a renewed certificate is shown to new connections; those there are go on, and no old session comes back', async () => {
  const certificates = await freshCertificates();
  const door = await openDoor(certificates.serverContext());
  const before = await tryConnect(door.port, { ca: certificates.caPem });
  await certificates.rotateServer(Date.now());
  door.listener.useContext(certificates.serverContext());
  const after = await tryConnect(door.port, { ca: certificates.caPem, session: before.session });
  const shown = [before, after].map(({ socket }) => socket.getPeerX509Certificate()?.serialNumber);
  expect(new Set(shown).size).toBe(2);
  expect([after.problem, after.socket.isSessionReused()]).toEqual([null, false]);
  const heard = once(before.socket, 'data');
  door.secured[0]?.write('still here');
  expect(String(await heard)).toBe('still here');
});

test('while two authorities overlap, whoever knows one of them is served and believed; afterwards only the new', async () => {
  const certificates = await freshCertificates();
  const oldDevice = await certificates.issueClientCertificate('old', Date.now(), 300);
  const oldAuthority = certificates.caPem;
  await certificates.rotateAuthority(Date.now());
  const newDevice = await certificates.issueClientCertificate('new', Date.now(), 300);
  const door = await openDoor(certificates.serverContext());
  const tryAll = async () => [
    (await tryConnect(door.port, { ca: oldAuthority, ...keyOf(oldDevice) })).problem,
    (await tryConnect(door.port, { ca: certificates.caPem, ...keyOf(newDevice) })).problem,
    (await tryConnect(door.port, { ca: certificates.caPem, ...keyOf(oldDevice) })).problem,
  ];
  expect([await tryAll(), door.secured.map(certificateOf)]).toEqual([
    [null, null, null],
    [oldDevice, newDevice, oldDevice].map(({ sha256Hex }) => ({ sha256Hex })),
  ]);
  const servedBefore = door.secured.length;
  const believedNow = () =>
    door.secured
      .slice(servedBefore)
      .filter(({ destroyed }) => !destroyed)
      .map(certificateOf);
  await certificates.refresh(Date.now() + 181 * 86_400_000);
  door.listener.useContext(certificates.serverContext());
  expect([await tryAll(), believedNow()]).toEqual([
    ['SELF_SIGNED_CERT_IN_CHAIN', null, null],
    [{ sha256Hex: newDevice.sha256Hex }, null],
  ]);
});
