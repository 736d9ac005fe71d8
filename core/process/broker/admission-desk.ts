import type { AuthenticateError, Client, ConnectPacket } from 'aedes';
import { isLoopback } from '../door/tls-reach.ts';
import { certificateOf, isEncrypted } from '../door/tls-peer.ts';
import type { AedesHandlers } from './telemetry-aedes.ts';
import type { BrokerCounters } from './broker-counters.ts';
import type { BrokerLimits } from './broker-limits.ts';
import type { ClientSession } from './client-session.ts';
import type { Admission, AdmissionRefusal, ConnectingClient, Gate } from './gate.ts';
import { PublishRights } from './publish-rights.ts';
import type { Peer, Refusals } from './refusals.ts';
import { Takeovers } from './takeovers.ts';

/** MQTT 3.1.1 return code: identifier rejected. */
const IDENTIFIER_REJECTED = 2;

type Judged = (error: AuthenticateError | null, success: boolean | null) => void;

export interface DeskParts {
  readonly gate: Gate;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly refusals: Refusals;
  readonly sessionOf: (connection: unknown) => ClientSession | undefined;
}

/** What is left of a client for its last will, which may come when the connection is gone. */
export interface WillSender {
  readonly rights: PublishRights;
  readonly peer: Peer;
}

/** A client that was told why it may not come in: counted already, and no fault of the protocol. */
export class RefusedConnect extends Error {
  readonly returnCode: number;

  constructor(words: string, returnCode: number) {
    super(words);
    this.returnCode = returnCode;
  }
}

/** Judges each CONNECT: client id, credentials, and whose place it takes. */
export class AdmissionDesk {
  readonly #parts: DeskParts;
  readonly #takeovers = new Takeovers();
  readonly #sessionByClientId = new Map<string, ClientSession>();
  readonly #willSenders = new WeakMap<Client, WillSender>();
  /** Clients that left a last will, until they are admitted. */
  readonly #withWill = new WeakSet<Client>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  readonly connecting: AedesHandlers['preConnect'] = (client, packet, done) => {
    const { keepalive, will }: Pick<ConnectPacket, 'keepalive' | 'will'> = packet;
    if (will !== undefined) this.#withWill.add(client);
    const session = this.#parts.sessionOf(client.conn);
    if (session !== undefined) session.isKeptAlive = (keepalive ?? 0) > 0;
    done(null, true);
  };

  readonly authenticate: AedesHandlers['authenticate'] = (client, username, password, done) => {
    const session = this.#parts.sessionOf(client.conn);
    if (session !== undefined) void this.#judge(client, session, factsOf(session, username, password), done);
  };

  async #judge(client: Client, session: ClientSession, facts: ConnectingClient, done: Judged): Promise<void> {
    const { limits, gate } = this.#parts;
    if (client.id.length > limits.clientIdCharactersMax) {
      const words = `a client id is at most ${limits.clientIdCharactersMax} characters`;
      return done(Object.assign(new Error(words), { returnCode: IDENTIFIER_REJECTED }), false);
    }
    const admitted = await gate.admit(facts);
    if (session.socket.destroyed) return;
    if (!admitted.ok) return this.#refuse(session, admitted.error, done);
    const problem = this.#takePlace(client, session, admitted.value);
    done(problem, problem === null);
  }

  /** Null when the client never was admitted. */
  willSenderOf(client: Client): WillSender | null {
    return this.#willSenders.get(client) ?? null;
  }

  #refuse(
    session: ClientSession,
    { reason, returnCode, answerAfterMs }: AdmissionRefusal,
    done: Judged,
  ): void {
    const { counters, refusals } = this.#parts;
    switch (reason) {
      case 'bad-credentials':
        counters.badCredentials += 1;
        refusals.note(
          session.peer,
          reason,
          'a client was refused: its name, secret or certificate is not right',
        );
        break;
      case 'credential-revoked':
        counters.credentialRevoked += 1;
        refusals.note(session.peer, reason, 'a client was refused: its credential is revoked');
        break;
      case 'too-busy':
        counters.tooManyGuesses += 1;
        refusals.tell(
          `guesses ${session.peer.address}`,
          'a client was refused: too many passwords wait to be checked',
        );
        break;
    }
    const answer = (): void => done(new RefusedConnect(reason, returnCode), false);
    const timer = setTimeout(answer, answerAfterMs);
    session.socket.on('close', () => clearTimeout(timer));
  }

  /** The place of a client id, from now on; or why it stays with who has it. */
  #takePlace(client: Client, session: ClientSession, admission: Admission): RefusedConnect | null {
    const { id } = client;
    const holder = this.#sessionByClientId.get(id);
    if (holder !== undefined && !mayTakeOver(holder, admission)) {
      this.#parts.counters.clientIdTaken += 1;
      this.#parts.refusals.tell(
        `taken ${session.peer.address}`,
        'a client was refused: its client id is in use',
        {
          client: id,
          remote: session.peer.remote,
        },
      );
      return new RefusedConnect('the client id is in use under another credential', IDENTIFIER_REJECTED);
    }
    if (holder !== undefined) this.#noteTakeover(id, holder.peer, session.peer);
    this.#sessionByClientId.set(id, session);
    session.socket.on('close', () => {
      if (this.#sessionByClientId.get(id) === session) this.#sessionByClientId.delete(id);
    });
    const rights = new PublishRights(admission, this.#parts.gate, this.#parts.limits);
    session.admit(rights);
    if (this.#withWill.delete(client)) this.#willSenders.set(client, { rights, peer: session.peer });
    return null;
  }

  #noteTakeover(clientId: string, before: Peer, after: Peer): void {
    if (!this.#takeovers.happened(clientId, performance.now())) return;
    this.#parts.refusals.situation(
      {
        note: 'situation',
        situation: 'cloned-client-id',
        subject: clientId,
        detail: `${before.remote} and ${after.remote}`,
      },
      'a client id keeps being taken over: two clients have it',
    );
  }
}

/** A client that comes back takes its own place; nobody throws out the holder of another credential. */
function mayTakeOver(holder: ClientSession, next: Admission): boolean {
  const present = holder.rights?.admission;
  if (present === undefined || present.role === 'anonymous') return true;
  return next.role !== 'anonymous' && next.credential === present.credential;
}

function factsOf(
  { socket, peer: { address } }: ClientSession,
  username: string | undefined,
  password: Uint8Array | undefined,
): ConnectingClient {
  return {
    username: username ?? null,
    password: password ?? null,
    certificateSha256Hex: certificateOf(socket)?.sha256Hex ?? null,
    address,
    isLoopback: isLoopback(address.replace(/^::ffff:/, '')),
    isTls: isEncrypted(socket),
  };
}
