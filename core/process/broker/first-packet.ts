import type { Socket } from 'node:net';

/** What a connection's first bytes make of it. */
export type FirstPacket = 'mqtt' | 'mqtt5' | 'not-mqtt';

const CONNECT = 0x10;
const LENGTH_BYTES_MAX = 4;
const PROTOCOL_NAMES = ['MQTT', 'MQIsdp'] as const;
/** A bridge sets the high bit of the level. */
const LEVEL_BITS = 0x7f;

/**
 * Looks at a new connection's first packet before the broker does, since aedes hangs on an MQTT 5 CONNECT instead of
 * answering it. What was read is put back. `judged` is called once; `silent` when nothing usable came in time.
 */
export function awaitFirstPacket(
  socket: Socket,
  timeoutMs: number,
  judged: (verdict: FirstPacket | 'silent') => void,
): void {
  let seen: Buffer = Buffer.alloc(0);
  const finish = (verdict: FirstPacket | 'silent'): void => {
    clearTimeout(timer);
    socket.off('readable', look);
    socket.off('close', giveUp);
    if (seen.length > 0) socket.unshift(seen);
    judged(verdict);
  };
  const look = (): void => {
    const chunk: unknown = socket.read();
    if (!Buffer.isBuffer(chunk)) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const verdict = judgeFirstPacket(seen);
    if (verdict !== 'incomplete') finish(verdict);
  };
  const giveUp = (): void => clearTimeout(timer);
  const timer = setTimeout(() => finish('silent'), timeoutMs);
  socket.on('readable', look);
  socket.on('close', giveUp);
}

/** Reads fixed header, protocol name and level; as soon as it cannot be a CONNECT any more it is not MQTT. */
export function judgeFirstPacket(bytes: Buffer): FirstPacket | 'incomplete' {
  if (bytes.length === 0) return 'incomplete';
  if (bytes[0] !== CONNECT) return 'not-mqtt';
  const nameAt = endOfLength(bytes);
  if (nameAt === null) return 'not-mqtt';
  if (nameAt + 2 > bytes.length) return 'incomplete';
  const nameBytes = bytes.readUInt16BE(nameAt);
  const name = PROTOCOL_NAMES.find((known) => known.length === nameBytes);
  if (name === undefined) return 'not-mqtt';
  const levelAt = nameAt + 2 + nameBytes;
  const sent = bytes.toString('latin1', nameAt + 2, levelAt);
  if (!name.startsWith(sent)) return 'not-mqtt';
  const level = bytes[levelAt];
  if (level === undefined) return 'incomplete';
  return (level & LEVEL_BITS) === 5 ? 'mqtt5' : 'mqtt';
}

/** Where the variable header starts; beyond the bytes when the length is not whole yet, null when it is none. */
function endOfLength(bytes: Buffer): number | null {
  for (let i = 1; i <= LENGTH_BYTES_MAX; i += 1) {
    const byte = bytes[i];
    if (byte === undefined) return i + 1;
    if (byte < 0x80) return i + 1;
  }
  return null;
}
