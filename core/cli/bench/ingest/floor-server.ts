import { createServer, type Socket } from 'node:net';
import { type Commit, openGroupCommit } from './group-commit.ts';
import { scanPackets } from './publish-scan.ts';

/**
 * The floor under ingest, a program: `floor-server.js <file>` takes packets, remembers the latest of each tracker, and
 * acknowledges after fdatasync. It checks nothing, keeps no order between clients, and could not bill a mile. Prints
 * its port when it listens.
 */
const [file = 'floor-journal'] = process.argv.slice(2);
const CONNACK = Buffer.from([0x20, 2, 0, 0]);
const PUBACK = 0x40;
const VEHICLES_MAX = 16_384;

const commit = openGroupCommit(file);
const state = newState();
const server = createServer({ noDelay: true }, (socket) => serve(socket, commit));
server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
process.once('SIGTERM', () => process.exit(0));

/** What the client has sent since the last acknowledgement is journalled as it came, in one piece. */
function serve(socket: Socket, commit: Commit): void {
  let rest: Buffer | null = null;
  socket.on('error', () => socket.destroy());
  socket.on('data', (data: Buffer) => {
    const chunk = rest === null ? data : Buffer.concat([rest, data]);
    const acks: number[] = [];
    const readUpTo = scanPackets(
      chunk,
      ({ topicAt, messageIdAt, payloadAt, endAt }) => {
        acks.push(PUBACK, 2, chunk[messageIdAt] ?? 0, chunk[messageIdAt + 1] ?? 0);
        remember(chunk.toString('latin1', topicAt, messageIdAt), chunk.toString('latin1', payloadAt, endAt));
      },
      () => socket.write(CONNACK),
    );
    rest = readUpTo === chunk.length ? null : chunk.subarray(readUpTo);
    if (acks.length > 0) commit(chunk.subarray(0, readUpTo), () => socket.write(Buffer.from(acks)));
  });
}

function newState(): Record<'atMs' | 'latitude' | 'longitude' | 'metres' | 'speed', Float64Array> & {
  readonly slots: Map<string, number>;
} {
  const column = (): Float64Array => new Float64Array(VEHICLES_MAX);
  return {
    slots: new Map(),
    atMs: column(),
    latitude: column(),
    longitude: column(),
    metres: column(),
    speed: column(),
  };
}

interface ReportedRecord {
  readonly state: {
    readonly reported: {
      readonly ts: number;
      readonly latlng: string;
      readonly sp: number;
      readonly 16: number;
    };
  };
}

function remember(topic: string, payload: string): void {
  const { reported } = (JSON.parse(payload) as ReportedRecord).state;
  let slot = state.slots.get(topic);
  if (slot === undefined) {
    slot = state.slots.size;
    state.slots.set(topic, slot);
  }
  const comma = reported.latlng.indexOf(',');
  state.atMs[slot] = reported.ts;
  state.latitude[slot] = Number(reported.latlng.slice(0, comma));
  state.longitude[slot] = Number(reported.latlng.slice(comma + 1));
  state.metres[slot] = reported[16];
  state.speed[slot] = reported.sp;
}
