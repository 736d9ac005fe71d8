import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { must } from '../../core/base/assert.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { controlReplySchema } from '../../core/protocol/control-channel.ts';
import { Backoff } from './backoff.ts';
import type { DrivenClock, Endpoints, RunProblem } from './publisher.ts';

/**
 * Drives the product's clock over its control channel. A tick that was not answered when the channel broke is sent
 * again on the next one: the clock only moves forward, so the same tick twice is one tick.
 */
export async function controlClient(
  endpoints: () => Endpoints,
  patienceMs: number,
): Promise<Result<DrivenClock, RunProblem>> {
  const client = new ControlClient(endpoints);
  const opened = await client.open(patienceMs);
  return opened === null ? ok(client) : fail(opened);
}

interface PendingTick {
  readonly atMs: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

class ControlClient implements DrivenClock {
  private readonly endpoints: () => Endpoints;
  private readonly backoff = new Backoff('control');
  private socket: Socket | null = null;
  private pending: PendingTick | null = null;
  private isClosed = false;
  /** The product has answered well on this connection, and on any. */
  private isGreeted = false;
  private wasEverGreeted = false;

  constructor(endpoints: () => Endpoints) {
    this.endpoints = endpoints;
  }

  /** Tries for as long as the patience lasts; null when connected. */
  async open(patienceMs: number): Promise<RunProblem | null> {
    const giveUpAtMs = Date.now() + patienceMs;
    for (;;) {
      const problem = await this.connectOnce();
      if (problem === null) return null;
      if (Date.now() > giveUpAtMs) {
        const { host, control } = this.endpoints();
        const detail = `no control channel on ${host}:${control?.port ?? '?'} (${problem})`;
        return { problem: 'unreachable', detail };
      }
      await wait(this.backoff.nextMs());
    }
  }

  advanceTo(atMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pending = { atMs, resolve, reject };
      this.sendPending();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const { socket } = this;
    if (socket === null) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.end();
      socket.destroySoon();
    });
  }

  private connectOnce(): Promise<string | null> {
    const { host, control } = this.endpoints();
    const { port, token } = must(control, 'a run that drives the clock has a control channel');
    return new Promise((resolve) => {
      const socket = connect({ host, port, noDelay: true });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.once('connect', () => {
        this.socket = socket;
        this.isGreeted = false;
        socket.write(`${JSON.stringify({ token })}\n`);
        // The reader repeats the socket's errors; the socket's own close says all there is to know.
        createInterface({ input: socket })
          .on('line', (line) => this.hear(line))
          .on('error', () => undefined);
        this.sendPending();
        resolve(null);
      });
      socket.once('close', () => this.lost(socket));
    });
  }

  private lost(socket: Socket): void {
    if (this.socket !== socket) return;
    this.socket = null;
    if (!this.isClosed) void this.reconnect();
  }

  private async reconnect(): Promise<void> {
    while (!this.isClosed && this.socket === null) {
      await wait(this.backoff.nextMs());
      // The reason does not matter: the product is starting, or has moved, and will be there in a while.
      await this.connectOnce();
    }
  }

  private sendPending(): void {
    if (this.pending !== null) this.socket?.write(`${JSON.stringify({ tick: this.pending.atMs })}\n`);
  }

  private hear(line: string): void {
    const reply = controlReplySchema.safeParse(parsedLine(line));
    if (!reply.success) return;
    if (!reply.data.ok) return this.refused(reply.data.problem);
    this.backoff.reset();
    this.isGreeted = this.wasEverGreeted = true;
    // An answer without a position greets; a tick's answer says where the tick is on disk.
    if (reply.data.position === undefined) return;
    const { pending } = this;
    this.pending = null;
    pending?.resolve();
  }

  private refused(problem: string): void {
    const { pending } = this;
    // A product that has just started again may not have written its new token yet: come back and read it again.
    if (!this.isGreeted && this.wasEverGreeted) {
      this.socket?.destroy();
      return;
    }
    this.pending = null;
    pending?.reject(new Error(`the control channel refused: ${problem}`));
  }
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
