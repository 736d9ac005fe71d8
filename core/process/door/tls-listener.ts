import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { ServerContext } from './certificates.ts';

/** Handshakes that came to nothing, since the start. */
export interface TlsCounters {
  /** Clients that know no TLS 1.3. */
  tooOldTls: number;
  /** Handshakes not finished in time. */
  stalledHandshakes: number;
  /** Everything else: no TLS at all, no common cipher, a client that does not trust us, a connection lost. */
  failedHandshakes: number;
  /** Connections turned away because too many were in their handshake. */
  overHandshakeLimit: number;
}

export interface TlsLimits {
  /** A handshake takes two round trips; the rest is for a core that is met by every vehicle at once. */
  readonly handshakeTimeoutMs: number;
  /** Handshakes at once, each some 50 KB and 2 ms of processor time: ten seconds' work of one core. */
  readonly handshakesMax: number;
}

export const DEFAULT_TLS_LIMITS: TlsLimits = { handshakeTimeoutMs: 20_000, handshakesMax: 5_000 };

/** Why a handshake failed, in a word for the log and the journal. */
export type HandshakeFailure = 'tls-too-old' | 'handshake-stalled' | 'handshake-failed';

export interface TlsListenerOptions {
  readonly context: ServerContext;
  readonly limits: TlsLimits;
  readonly counters: TlsCounters;
  /** An encrypted connection, past its handshake. */
  readonly secured: (socket: TLSSocket) => void;
  /** `problem` is the library's own word for it. */
  readonly failed: (failure: HandshakeFailure, socket: TLSSocket, problem: string) => void;
}

/** A session is resumed within this, without a certificate being sent or checked again; then it is made anew. */
const SESSION_S = 12 * 3_600;
const TICKET_KEY_BYTES = 48;

/**
 * Turns accepted connections into encrypted ones, TLS 1.3 and no less. It listens nowhere itself: the broker hands it
 * what its listener took, so that limits and options of sockets are in one place.
 */
export class TlsListener {
  readonly #options: TlsListenerOptions;
  readonly #server: Server;
  readonly #rotation: NodeJS.Timeout;
  /** The connections under TLS, from the first byte on. */
  readonly #raw = new Set<Socket>();
  #secured = 0;
  readonly #forget: (this: Socket) => void;
  readonly #forgetSecured = (): void => void (this.#secured -= 1);

  constructor(options: TlsListenerOptions) {
    this.#options = options;
    const raw = this.#raw;
    // One function for all: a closure a connection would be memory a connection.
    this.#forget = function forget(this: Socket) {
      raw.delete(this);
    };
    this.#server = createServer({
      ...secureOptions(options.context),
      requestCert: options.context.ca.length > 0,
      rejectUnauthorized: false,
      handshakeTimeout: options.limits.handshakeTimeoutMs,
    });
    this.#server.on('secureConnection', (socket) => this.#welcome(socket));
    this.#server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => this.#refuse(error, socket));
    // The key that seals tickets lives in memory only and not for long: with it, recorded tickets could be opened.
    this.#rotation = setInterval(() => this.rotateTicketKeys(), SESSION_S * 1_000);
    this.#rotation.unref();
  }

  /** Connections in the middle of their handshake. */
  get handshakes(): number {
    return this.#raw.size - this.#secured;
  }

  take(socket: Socket): void {
    // Lost while it waited for its turn; its end would not be heard of any more.
    if (socket.destroyed) return;
    if (this.handshakes >= this.#options.limits.handshakesMax) {
      this.#options.counters.overHandshakeLimit += 1;
      return void socket.destroy();
    }
    this.#raw.add(socket);
    socket.on('close', this.#forget);
    this.#server.emit('connection', socket);
  }

  /** For new connections, at once; those there are go on. No session of the former context is resumed. */
  useContext(context: ServerContext): void {
    this.#server.setSecureContext(secureOptions(context));
  }

  /** No ticket given out before is taken any more: its client makes a whole handshake. */
  rotateTicketKeys(): void {
    this.#server.setTicketKeys(randomBytes(TICKET_KEY_BYTES));
  }

  /** Cuts every connection, those in their handshake as well. */
  destroyAll(): void {
    clearInterval(this.#rotation);
    for (const socket of this.#raw) socket.destroy();
  }

  #welcome(socket: TLSSocket): void {
    this.#secured += 1;
    socket.on('close', this.#forgetSecured);
    this.#options.secured(socket);
  }

  /** Node reports a handshake's failure, and leaves the connection to us. */
  #refuse(error: NodeJS.ErrnoException, socket: TLSSocket): void {
    const failure = failureOf(error.code);
    const { counters } = this.#options;
    if (failure === 'tls-too-old') counters.tooOldTls += 1;
    else if (failure === 'handshake-stalled') counters.stalledHandshakes += 1;
    else counters.failedHandshakes += 1;
    this.#options.failed(failure, socket, error.code ?? error.message);
    socket.destroy();
  }
}

/** Fresh ticket keys with each context: a resumed session never outlives the trust it was made under. */
function secureOptions({ cert, key, ca }: ServerContext) {
  return {
    cert,
    key,
    // Without a list of ours Node would trust every public authority.
    ca: [...ca],
    minVersion: 'TLSv1.3' as const,
    sessionTimeout: SESSION_S,
    ticketKeys: randomBytes(TICKET_KEY_BYTES),
  };
}

function failureOf(code: string | undefined): HandshakeFailure {
  if (code === 'ERR_SSL_UNSUPPORTED_PROTOCOL') return 'tls-too-old';
  return code === 'ERR_TLS_HANDSHAKE_TIMEOUT' ? 'handshake-stalled' : 'handshake-failed';
}
