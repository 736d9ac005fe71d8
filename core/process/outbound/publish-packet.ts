import { generate } from 'mqtt-packet';

/** A PUBLISH as its bytes. A message id goes with QoS 1 and with nothing else. */
export function publishPacket(
  topic: string,
  payload: Buffer,
  { messageId, isRetained = false }: { readonly messageId?: number; readonly isRetained?: boolean } = {},
): Buffer {
  const delivery = messageId === undefined ? { qos: 0 as const } : { qos: 1 as const, messageId };
  return generate({ cmd: 'publish', topic, payload, dup: false, retain: isRetained, ...delivery });
}
