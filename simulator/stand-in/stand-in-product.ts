import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Aedes } from 'aedes';

/** One packet the stand-in acknowledged. */
export interface HeardPacket {
  readonly clockMs: number;
  readonly client: string;
  readonly topic: string;
  readonly payload: string;
  readonly isAgain: boolean;
}

/**
 * What a run needs of a product, for tests: a broker that acknowledges and a control channel that moves a clock. It
 * can be made to vanish in the middle, and to come back on other ports.
 */
export class StandInProduct {
  readonly token: string;
  readonly heard: HeardPacket[] = [];
  readonly ticks: number[] = [];
  private clockMs = 0;
  private broker: Aedes | null = null;
  private servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private mqttPort = 0;
  private controlPort = 0;
  private acknowledgeAfter = Infinity;
  private onPacket: (() => void) | null = null;
  /** Told each time it vanishes; a test starts it again from here. */
  onVanished: (() => void) | null = null;

  constructor(token = 'a-token') {
    this.token = token;
  }

  async start(): Promise<void> {
    const broker = await Aedes.createBroker();
    broker.authorizePublish = (client, packet, done) => {
      // A broker that dies takes the packet and never says so.
      if (this.heard.length >= this.acknowledgeAfter) return this.vanish();
      this.heard.push({
        clockMs: this.clockMs,
        client: client?.id ?? '',
        topic: packet.topic,
        payload: packet.payload.toString(),
        isAgain: packet.dup,
      });
      done(null);
      this.onPacket?.();
    };
    this.broker = broker;
    this.mqttPort = await this.listen(createServer((socket) => void broker.handle(this.keep(socket))));
    this.controlPort = await this.listen(createServer((socket) => this.serveClock(this.keep(socket))));
  }

  /** Where it is now, as a run asks for it. */
  endpoints(): { host: string; mqttPort: number; control: { port: number; token: string } } {
    return {
      host: '127.0.0.1',
      mqttPort: this.mqttPort,
      control: { port: this.controlPort, token: this.token },
    };
  }

  /** After so many packets more, everything is gone at once, the one in hand unacknowledged. */
  vanishAfter(packets: number): void {
    this.acknowledgeAfter = this.heard.length + packets;
  }

  vanish(): void {
    this.acknowledgeAfter = Infinity;
    for (const socket of this.sockets) socket.destroy();
    for (const server of this.servers) server.close();
    this.servers = [];
    this.broker?.close();
    this.broker = null;
    this.onVanished?.();
  }

  /** Resolves at the next packet. */
  nextPacket(): Promise<void> {
    return new Promise((resolve) => {
      this.onPacket = resolve;
    });
  }

  private serveClock(socket: Socket): void {
    let isKnown = false;
    createInterface({ input: socket }).on('line', (line) => {
      // A stranger who goes on talking is not listened to.
      if (socket.writableEnded) return;
      const message = JSON.parse(line) as { token?: string; tick?: number };
      const answer = (value: unknown): unknown => socket.write(`${JSON.stringify(value)}\n`);
      if (!isKnown) {
        isKnown = message.token === this.token;
        return void (isKnown
          ? answer({ ok: true })
          : socket.end(`${JSON.stringify({ ok: false, problem: 'no' })}\n`));
      }
      const tick = message.tick ?? 0;
      if (tick < this.clockMs) return void answer({ ok: false, problem: 'the clock never goes back' });
      this.clockMs = tick;
      this.ticks.push(tick);
      return void answer({ ok: true, position: this.ticks.length });
    });
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  }

  private listen(server: Server): Promise<number> {
    this.servers.push(server);
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  }
}
