/** MQTT 3.1.1 as far as a tracker under load needs it, on bare bytes: a general client would cost more than the broker. */
const CONNECT = 0x10;
const CONNACK = 0x20;
const PUBLISH_QOS1 = 0x32;
const DUPLICATE = 0x08;
const PUBACK = 0x40;
const SUBSCRIBE = 0x82;
const SUBACK = 0x90;
const DISCONNECT_BYTES = Buffer.from([0xe0, 0]);
const CLEAN_SESSION = 0x02;
const WITH_NAME = 0x80;
const WITH_PASSWORD = 0x40;
const LENGTH_BYTES_MAX = 4;

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** CONNECT with a clean session and no keep-alive. */
export function connectBytes(clientId: string, login: Login | null): Buffer {
  const flags = CLEAN_SESSION | (login === null ? 0 : WITH_NAME | WITH_PASSWORD);
  return packet(CONNECT, [
    text('MQTT'),
    Buffer.from([4, flags, 0, 0]),
    text(clientId),
    ...(login === null ? [] : [text(login.username), text(login.password)]),
  ]);
}

/** SUBSCRIBE to one filter at QoS 0. */
export function subscribeBytes(filter: string): Buffer {
  return packet(SUBSCRIBE, [Buffer.from([0, 1]), text(filter), Buffer.from([0])]);
}

export function disconnectBytes(): Buffer {
  return DISCONNECT_BYTES;
}

/** PUBLISH at QoS 1. `topic` is UTF-8 with its length before it, as `topicBytes` makes it. */
export function publishBytes(topic: Buffer, messageId: number, payload: string | Uint8Array): Buffer {
  const payloadLength = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
  const bodyLength = topic.length + 2 + payloadLength;
  const head = 1 + lengthBytes(bodyLength);
  const bytes = Buffer.allocUnsafe(head + bodyLength);
  bytes[0] = PUBLISH_QOS1;
  writeLength(bytes, 1, bodyLength);
  topic.copy(bytes, head);
  bytes.writeUInt16BE(messageId, head + topic.length);
  if (typeof payload === 'string') bytes.write(payload, head + topic.length + 2);
  else bytes.set(payload, head + topic.length + 2);
  return bytes;
}

/** Marks a PUBLISH as sent before, in place. */
export function markDuplicate(publish: Buffer): Buffer {
  publish[0] = PUBLISH_QOS1 | DUPLICATE;
  return publish;
}

export function topicBytes(topic: string): Buffer {
  return text(topic);
}

export interface AnswerListener {
  /** 0 when the broker lets the client in. */
  readonly connected: (code: number) => void;
  readonly acknowledged: (messageId: number) => void;
  /** From 128 on the broker does not let the client hear. */
  readonly subscribed?: (code: number) => void;
}

/** Walks over what a broker sent; returns where the first incomplete packet begins. Other packets are passed over. */
export function scanAnswers(bytes: Buffer, listener: AnswerListener): number {
  let at = 0;
  for (;;) {
    const body = bodyOf(bytes, at);
    if (body === null || body.endAt > bytes.length) return at;
    if (bytes[at] === PUBACK) listener.acknowledged(bytes.readUInt16BE(body.startAt));
    else if (bytes[at] === CONNACK) listener.connected(bytes[body.startAt + 1] ?? 0);
    else if (bytes[at] === SUBACK) listener.subscribed?.(bytes[body.endAt - 1] ?? 0);
    at = body.endAt;
  }
}

/** Null when the length is not whole yet. */
function bodyOf(bytes: Buffer, at: number): { readonly startAt: number; readonly endAt: number } | null {
  let length = 0;
  for (let i = 0; i < LENGTH_BYTES_MAX; i += 1) {
    const byte = bytes[at + 1 + i];
    if (byte === undefined) return null;
    length += (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { startAt: at + 2 + i, endAt: at + 2 + i + length };
  }
  return null;
}

function packet(kind: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(1 + lengthBytes(body.length));
  head[0] = kind;
  writeLength(head, 1, body.length);
  return Buffer.concat([head, body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function lengthBytes(length: number): number {
  let bytes = 1;
  for (let rest = length >>> 7; rest > 0; rest >>>= 7) bytes += 1;
  return bytes;
}

function writeLength(bytes: Buffer, at: number, length: number): void {
  let rest = length;
  for (let i = at; ; i += 1) {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes[i] = rest > 0 ? low | 0x80 : low;
    if (rest === 0) return;
  }
}
