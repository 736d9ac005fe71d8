import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { fail, ok, type Result } from '../../base/result.ts';
import type { ListenProblem } from '../broker/listen.ts';
import { peerOf, type Peer } from './peer.ts';
import { packetsOfDatagram, type RawDialect } from './raw-dialect.ts';
import type { RawDoor } from './raw-door.ts';

/**
 * One feed's UDP port. Every datagram stands for itself: each packet in it names its device, is admitted, kept and
 * answered alone. What is refused gets no answer, since the address it claims to come from may be somebody else's.
 */
export class UdpListener {
  readonly #dialect: RawDialect;
  readonly #door: RawDoor;
  readonly #log: (problem: string) => void;
  #socket: Socket | null = null;
  #isTaking = true;
  #inFlight = 0;

  constructor(dialect: RawDialect, door: RawDoor, log: (problem: string) => void) {
    this.#dialect = dialect;
    this.#door = door;
    this.#log = log;
  }

  /** Listens and gives the port: the one asked for, or any free one for 0. */
  async open(host: string, port: number): Promise<Result<number, ListenProblem>> {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
    const bound = await bind(socket, host, port);
    if (!bound.ok) return bound;
    socket.on('error', ({ message }) => this.#log(message));
    socket.on('message', (datagram, remote) => this.#take(datagram, remote));
    this.#socket = socket;
    return bound;
  }

  /** Takes no more; what is on its way to disk is still answered. */
  stopTaking(): void {
    this.#isTaking = false;
  }

  async close(): Promise<void> {
    this.#isTaking = false;
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  #take(datagram: Buffer, remote: RemoteInfo): void {
    if (!this.#isTaking) return;
    const peer = peerOf('udp', remote.address, remote.port);
    for (const packet of packetsOfDatagram(this.#dialect.datagramFraming, datagram))
      this.#takePacket(packet, peer, remote);
  }

  #takePacket(packet: Buffer, peer: Peer, remote: RemoteInfo): void {
    const { feed, deviceOfDatagram } = this.#dialect;
    const device = deviceOfDatagram(packet);
    if (device === null) return this.#door.refuse('broken-frame', peer, null);
    if (this.#inFlight >= this.#door.limits.datagramsInFlightMax)
      return this.#door.refuse('over-rate-limit', peer, null);
    const speaker = {
      address: peer.address,
      isConnected: false,
      spokeAtMs: this.#door.nowMs(),
      replaced: () => undefined,
    };
    if (!this.#door.admit(feed, device, peer, speaker)) return;
    this.#inFlight += 1;
    this.#door.take(feed, device, peer, packet, (reply) => {
      this.#inFlight -= 1;
      if (reply !== undefined) this.#reply(reply, remote);
    });
  }

  #reply(reply: Uint8Array, { port, address }: RemoteInfo): void {
    // A reply that cannot be sent is a reply lost on the way: the tracker sends its packet again.
    this.#socket?.send(reply, port, address, () => undefined);
    this.#door.counters.acknowledged += 1;
  }
}

function bind(socket: Socket, host: string, port: number): Promise<Result<number, ListenProblem>> {
  return new Promise((resolve) => {
    const failed = (error: Error): void => {
      socket.close();
      const message = `cannot listen on ${host} UDP port ${port}: ${error.message}`;
      resolve(fail({ problem: 'cannot-listen', message }));
    };
    socket.once('error', failed);
    socket.bind({ address: host, port }, () => {
      socket.off('error', failed);
      resolve(ok(socket.address().port));
    });
  });
}
