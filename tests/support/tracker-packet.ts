import type { TrackerPacket } from '../../core/tracker/decoded-packet.ts';

/** A packet as the broker hands it on: text payloads are written in UTF-8, other values as JSON, bytes as they are. */
export function packetOn(topic: string, payload: unknown): TrackerPacket {
  if (payload instanceof Uint8Array) return { topic, payload };
  return { topic, payload: bytesOf(typeof payload === 'string' ? payload : JSON.stringify(payload)) };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
