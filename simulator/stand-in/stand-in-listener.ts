import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSocket, type Socket as DatagramSocket } from 'node:dgram';

/** How the stand-in meets a packet. */
export type Manner = 'answers' | 'answers-wrong' | 'hangs-up' | 'refuses';

/**
 * What a raw box needs of a product, for tests: Teltonika's login and answers over TCP and UDP, with manners that a
 * test changes. `heard` are whole packets in hexadecimal, logins left out.
 */
export class StandInListener {
  readonly heard: string[] = [];
  readonly logins: string[] = [];
  manner: Manner = 'answers';
  private server: Server | null = null;
  private datagrams: DatagramSocket | null = null;
  private readonly sockets = new Set<Socket>();

  async startTcp(port = 0): Promise<number> {
    const server = createServer((socket) => this.serve(socket));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async startUdp(): Promise<number> {
    const socket = createSocket('udp4');
    this.datagrams = socket;
    socket.on('message', (packet, { port, address }) => {
      this.heard.push(packet.toString('hex'));
      if (this.manner !== 'answers') return;
      const answer = Buffer.from([0, 5, ...packet.subarray(2, 4), 1, packet[5] ?? 0, packet[24] ?? 0]);
      socket.send(answer, port, address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return socket.address().port;
  }

  /** Everything is gone at once, unless only the connections are to go. */
  vanish(isServerToo = true): void {
    for (const socket of this.sockets) socket.destroy();
    if (!isServerToo) return;
    this.server?.close();
    this.datagrams?.close();
    this.server = this.datagrams = null;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let bytes = Buffer.alloc(0);
    let isIn = false;
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!isIn && bytes.length >= LOGIN_BYTES) {
        this.logins.push(bytes.subarray(2, LOGIN_BYTES).toString());
        bytes = bytes.subarray(LOGIN_BYTES);
        isIn = this.manner !== 'refuses';
        if (!isIn) return void socket.end(Buffer.of(0));
        socket.write(Buffer.of(1));
      }
      if (!isIn) return;
      while (bytes.length >= 8 && bytes.length >= bytes.readUInt32BE(4) + 12) {
        const length = bytes.readUInt32BE(4) + 12;
        this.hear(socket, bytes.subarray(0, length));
        bytes = bytes.subarray(length);
      }
    });
  }

  private hear(socket: Socket, packet: Buffer): void {
    this.heard.push(packet.toString('hex'));
    if (this.manner === 'hangs-up') return void socket.destroy();
    const count = this.manner === 'answers' ? (packet[9] ?? 0) : 0;
    socket.write(Buffer.of(0, 0, 0, count));
  }
}

const LOGIN_BYTES = 17;
