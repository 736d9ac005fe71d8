import { createServer, type Server, type Socket } from 'node:net';
import type { Result } from '../../base/result.ts';
import { listenOn, type ListenProblem } from '../broker/listen.ts';
import { peerOf } from './peer.ts';
import type { RawDialect } from './raw-dialect.ts';
import type { RawDoor } from './raw-door.ts';
import { TcpSession } from './tcp-session.ts';

/** Finds peers that vanished without a word. */
const TCP_KEEPALIVE_MS = 60_000;

/** One feed's TCP port and the connections on it. */
export class TcpListener {
  readonly #dialect: RawDialect;
  readonly #door: RawDoor;
  readonly #server: Server;
  readonly #sessions = new Set<TcpSession>();
  /** Those that have not said who they are, oldest first. */
  readonly #unknown = new Set<TcpSession>();

  constructor(dialect: RawDialect, door: RawDoor) {
    this.#dialect = dialect;
    this.#door = door;
    this.#server = createServer({
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEPALIVE_MS,
    });
    this.#server.maxConnections = door.limits.connectionsMax;
    this.#server.on('connection', (socket) => this.#welcome(socket));
    this.#server.on('drop', (dropped) =>
      door.refuse('too-many-connections', peerOf('tcp', dropped?.remoteAddress, dropped?.remotePort), null),
    );
  }

  /** Listens and gives the port. */
  open(host: string, port: number): Promise<Result<number, ListenProblem>> {
    return listenOn(this.#server, host, port);
  }

  connections(): number {
    return this.#sessions.size;
  }

  recheck(): void {
    for (const session of this.#sessions) session.recheck();
  }

  checkTime(): void {
    for (const session of this.#sessions) session.checkTime();
  }

  /** Takes no more connections and packets. Resolves when the last connection is gone. */
  stopTaking(): Promise<void> {
    for (const session of this.#sessions) session.stopTaking();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  closeSoon(): void {
    for (const session of this.#sessions) session.closeSoon();
  }

  cutAll(): void {
    for (const session of this.#sessions) session.cut();
  }

  #welcome(socket: Socket): void {
    const session = new TcpSession(socket, this.#dialect, this.#door, () => this.#unknown.delete(session));
    this.#sessions.add(session);
    this.#unknown.add(session);
    socket.on('close', () => {
      this.#sessions.delete(session);
      this.#unknown.delete(session);
    });
    const [oldest] = this.#unknown;
    if (this.#unknown.size > this.#door.limits.unknownConnectionsMax) oldest?.refuse('too-many-connections');
  }
}
