import type { Socket } from 'node:net';
import type { Framing } from '../../tracker/framing.ts';
import { FrameBuffer } from './frame-buffer.ts';
import type { Speaker } from './live-devices.ts';
import { type Peer, peerOf } from './peer.ts';
import type { RawRefusal } from './raw-counters.ts';
import type { RawDialect } from './raw-dialect.ts';
import type { RawDoor } from './raw-door.ts';

/**
 * One tracker's connection: says who it is, then sends packets, each answered once it is on disk. A bounded number of
 * them is on its way there; beyond it the socket is not read.
 */
export class TcpSession implements Speaker {
  readonly isConnected = true;
  readonly peer: Peer;
  readonly #socket: Socket;
  readonly #dialect: RawDialect;
  readonly #door: RawDoor;
  readonly #introduced: (session: TcpSession) => void;
  readonly #buffer = new FrameBuffer();
  readonly #openedAtMs: number;
  #spokeAtMs: number;
  #device: string | null = null;
  #frameBeganAtMs: number | null = null;
  /** Keep-alives since the last packet. */
  #skippedBytes = 0;
  #hasSentAnything = false;
  #isTaking = true;
  #hasPeerEnded = false;
  #leaveAtMs: number | null = null;
  #inFlight = 0;
  #inFlightBytes = 0;

  /** `introduced` is called once, when it is known and admitted who speaks. */
  constructor(socket: Socket, dialect: RawDialect, door: RawDoor, introduced: (session: TcpSession) => void) {
    this.peer = peerOf('tcp', socket.remoteAddress, socket.remotePort);
    this.#socket = socket;
    this.#dialect = dialect;
    this.#door = door;
    this.#introduced = introduced;
    this.#openedAtMs = door.nowMs();
    this.#spokeAtMs = this.#openedAtMs;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.#peerEnded());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#closed());
  }

  get address(): string {
    return this.peer.address;
  }

  get spokeAtMs(): number {
    return this.#spokeAtMs;
  }

  /** A newer connection speaks for the device. */
  replaced(): void {
    this.cut();
  }

  /** Closes at once; what was not acknowledged comes again. */
  cut(): void {
    this.#isTaking = false;
    this.#socket.destroy();
  }

  /** Counts and closes. */
  refuse(reason: RawRefusal): void {
    this.#door.refuse(reason, this.peer, this.#tracker());
    this.cut();
  }

  /** Takes no more; what is on its way to disk is still answered. */
  stopTaking(): void {
    this.#isTaking = false;
    this.#socket.pause();
  }

  /** Closes when every reply has left. */
  closeSoon(): void {
    this.#isTaking = false;
    this.#socket.destroySoon();
  }

  /** Cut when its device is no longer admitted from where it is. */
  recheck(): void {
    const device = this.#device;
    if (device === null || !this.#isTaking) return;
    if (!this.#door.isStillAdmitted(this.#dialect.feed, device, this.peer)) this.cut();
  }

  /** Cut when it has been silent, slow or idle for too long. */
  checkTime(): void {
    const { limits } = this.#door;
    const nowMs = this.#door.nowMs();
    if (this.#leaveAtMs !== null) {
      if (nowMs >= this.#leaveAtMs) this.cut();
      return;
    }
    if (!this.#isTaking) return;
    const isFrameLate =
      this.#frameBeganAtMs !== null && nowMs - this.#frameBeganAtMs >= limits.frameTimeoutMs;
    if (this.#device === null) {
      if (nowMs - this.#openedAtMs >= limits.loginTimeoutMs)
        this.refuse(this.#hasSentAnything ? 'too-slow' : 'silent');
    } else if (isFrameLate) this.refuse('too-slow');
    else if (nowMs - this.#spokeAtMs >= limits.idleTimeoutMs) this.refuse('idle');
  }

  #tracker(): string | null {
    return this.#device === null ? null : `${this.#dialect.feed} ${this.#device}`;
  }

  #take(chunk: Buffer): void {
    this.#hasSentAnything = true;
    if (!this.#isTaking) return;
    this.#buffer.add(chunk);
    this.#readOn();
  }

  #readOn(): void {
    while (this.#isTaking && !this.#isFull()) {
      const step = this.#buffer.next(this.#framing());
      switch (step.step) {
        case 'frame':
          this.#takeFrame(step.bytes);
          break;
        case 'skip':
          this.#spokeAtMs = this.#door.nowMs();
          this.#takeBytesWithoutFrame((this.#skippedBytes += step.byteCount));
          break;
        case 'more':
          return this.#awaitMore(step.atLeast);
        case 'broken':
          return this.#device === null ? this.#refuseLogin() : this.refuse('broken-frame');
      }
    }
    if (this.#isTaking) this.#socket.pause();
  }

  #framing(): Framing {
    const { login, framing } = this.#dialect;
    return this.#device === null && login !== null ? login.framing : framing;
  }

  #awaitMore(atLeast: number): void {
    this.#takeBytesWithoutFrame(this.#skippedBytes + atLeast);
    if (!this.#isTaking) return;
    if (this.#buffer.length === 0) this.#frameBeganAtMs = null;
    else this.#frameBeganAtMs ??= this.#door.nowMs();
    this.#socket.resume();
  }

  #takeBytesWithoutFrame(count: number): void {
    const { unknownBytesMax, frameBytesMax } = this.#door.limits;
    if (count > (this.#device === null ? unknownBytesMax : frameBytesMax))
      this.refuse('packet-over-hard-limit');
  }

  #takeFrame(bytes: Buffer): void {
    this.#spokeAtMs = this.#door.nowMs();
    this.#frameBeganAtMs = null;
    this.#skippedBytes = 0;
    if (bytes.length > this.#door.limits.frameBytesMax) return this.refuse('packet-over-hard-limit');
    if (this.#device === null) return this.#introduce(bytes);
    const named = this.#dialect.deviceOf(bytes);
    if (named !== null && named !== this.#device) return this.refuse('device-changed');
    this.#journal(this.#device, bytes);
  }

  /** The login, or the first packet of a feed without one. A login carries no data: it is answered, not journalled. */
  #introduce(bytes: Buffer): void {
    const { feed, login, deviceOf } = this.#dialect;
    const device = (login?.deviceOf ?? deviceOf)(bytes);
    if (device === null) return this.#refuseLogin();
    if (!this.#door.admit(feed, device, this.peer, this)) return this.#sayFarewell(login?.refused);
    this.#device = device;
    this.#introduced(this);
    if (login === null) this.#journal(device, bytes);
    else this.#socket.write(login.accepted);
  }

  #refuseLogin(): void {
    this.#door.refuse('broken-frame', this.peer, null);
    this.#sayFarewell(this.#dialect.login?.refused);
  }

  /** What else a refused tracker sends is read and dropped: closing with bytes unread could destroy the answer on its way. */
  #sayFarewell(answer: Uint8Array | undefined): void {
    if (answer === undefined) return this.cut();
    this.#isTaking = false;
    this.#leaveAtMs = this.#door.nowMs() + this.#door.limits.farewellMs;
    this.#socket.end(answer);
  }

  #journal(device: string, bytes: Buffer): void {
    this.#inFlight += 1;
    this.#inFlightBytes += bytes.length;
    this.#door.take(this.#dialect.feed, device, this.peer, bytes, (reply) => {
      this.#inFlight -= 1;
      this.#inFlightBytes -= bytes.length;
      if (reply !== undefined) this.#reply(reply);
      if (this.#isTaking) this.#readOn();
      this.#endAfterPeer();
    });
  }

  #isFull(): boolean {
    const { inFlightFramesMax, inFlightBytesMax } = this.#door.limits;
    return this.#inFlight >= inFlightFramesMax || this.#inFlightBytes >= inFlightBytesMax;
  }

  #reply(reply: Uint8Array): void {
    if (!this.#socket.writable) return;
    this.#socket.write(reply);
    this.#door.counters.acknowledged += 1;
    if (this.#socket.writableLength > this.#door.limits.replyBytesMax) this.refuse('replies-unread');
  }

  /** It said its last word, and may still wait for the replies. */
  #peerEnded(): void {
    this.#hasPeerEnded = true;
    this.#endAfterPeer();
  }

  #endAfterPeer(): void {
    if (this.#hasPeerEnded && this.#inFlight === 0) this.#socket.end();
  }

  #closed(): void {
    this.#isTaking = false;
    if (this.#device !== null) this.#door.release(this.#dialect.feed, this.#device, this.peer, this);
  }
}
