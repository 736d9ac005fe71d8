/** A QoS 1 PUBLISH as it lies in the bytes read from a socket. */
export interface ScannedPublish {
  readonly topicAt: number;
  readonly messageIdAt: number;
  readonly payloadAt: number;
  readonly endAt: number;
}

const CONNECT = 0x10;
const PUBLISH_QOS1 = 0x32;
const LENGTH_BYTES_MAX = 4;

/**
 * Walks over the whole packets in a chunk, by hand and without checking anything; returns where the first incomplete
 * one begins. This is the cheapest MQTT a server in this language can speak, and no more than a floor to measure from.
 */
export function scanPackets(
  chunk: Buffer,
  onPublish: (publish: ScannedPublish) => void,
  onConnect: () => void,
): number {
  let at = 0;
  for (;;) {
    const body = bodyOf(chunk, at);
    if (body === null || body.endAt > chunk.length) return at;
    if (chunk[at] === PUBLISH_QOS1) {
      const topicAt = body.startAt + 2;
      const messageIdAt = topicAt + chunk.readUInt16BE(body.startAt);
      onPublish({ topicAt, messageIdAt, payloadAt: messageIdAt + 2, endAt: body.endAt });
    } else if (chunk[at] === CONNECT) onConnect();
    at = body.endAt;
  }
}

/** Where the body starts and ends; null when the length is not whole yet. */
function bodyOf(
  chunk: Buffer,
  packetAt: number,
): { readonly startAt: number; readonly endAt: number } | null {
  let length = 0;
  for (let i = 0; i < LENGTH_BYTES_MAX; i += 1) {
    const byte = chunk[packetAt + 1 + i];
    if (byte === undefined) return null;
    length += (byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      const startAt = packetAt + 2 + i;
      return { startAt, endAt: startAt + length };
    }
  }
  return null;
}
