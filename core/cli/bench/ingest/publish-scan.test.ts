import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { scanPackets } from './publish-scan.ts';

const connect = generate({
  cmd: 'connect',
  clientId: 'c',
  protocolVersion: 4,
  protocolId: 'MQTT',
  clean: true,
  keepalive: 0,
});
const publish = (topic: string, messageId: number, payload: string): Buffer =>
  generate({ cmd: 'publish', topic, messageId, payload, qos: 1, dup: false, retain: false });

test('property: wherever a stream is cut, every packet is seen once, whole, and in order', () => {
  const packets = fc.array(
    fc.record({
      topic: fc.stringMatching(/^[a-z/]{1,20}$/),
      id: fc.integer({ min: 1, max: 65_535 }),
      payload: fc.string({ maxLength: 300 }),
    }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(packets, fc.nat(), (wanted, cutAt) => {
      const stream = Buffer.concat([
        connect,
        ...wanted.map(({ topic, id, payload }) => publish(topic, id, payload)),
      ]);
      const cut = cutAt % (stream.length + 1);
      const seen: unknown[] = [];
      let connects = 0;
      const scan = (chunk: Buffer): number =>
        scanPackets(
          chunk,
          ({ topicAt, messageIdAt, payloadAt, endAt }) =>
            seen.push({
              topic: chunk.toString('utf8', topicAt, messageIdAt),
              id: chunk.readUInt16BE(messageIdAt),
              payload: chunk.toString('utf8', payloadAt, endAt),
            }),
          () => {
            connects += 1;
          },
        );
      const rest = scan(stream.subarray(0, cut));
      expect(scan(stream.subarray(rest))).toBe(stream.length - rest);
      expect(seen).toEqual(wanted);
      expect(connects).toBe(1);
    }),
    { numRuns: 100 },
  );
});
