import { parser, type Packet } from 'mqtt-packet';
import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import {
  connectBytes,
  disconnectBytes,
  markDuplicate,
  publishBytes,
  scanAnswers,
  subscribeBytes,
  topicBytes,
} from './mqtt-bytes.ts';

function parsed(bytes: Buffer): readonly Packet[] {
  const packets: Packet[] = [];
  const reading = parser({ protocolVersion: 4 });
  reading.on('packet', (packet) => packets.push(packet));
  reading.parse(bytes);
  return packets;
}

test("what leaves is what another's parser reads", () => {
  const login = { username: 'gateway', password: 'héllo' };
  const publish = publishBytes(topicBytes('fleet/ü/data'), 65_535, 'x'.repeat(20_000));
  const bytes = Buffer.concat([
    connectBytes('fmc-1', null),
    connectBytes('fmc-2', login),
    subscribeBytes('milepost/v1/#'),
    publish,
    markDuplicate(publishBytes(topicBytes('t'), 1, Uint8Array.of(0, 255))),
    disconnectBytes(),
  ]);
  const [plain, named, subscribe, large, again, farewell] = parsed(bytes);
  expect(plain).toMatchObject({
    cmd: 'connect',
    clientId: 'fmc-1',
    clean: true,
    keepalive: 0,
    protocolVersion: 4,
  });
  expect(named).toMatchObject({ clientId: 'fmc-2', username: 'gateway', password: Buffer.from('héllo') });
  expect(subscribe).toMatchObject({ cmd: 'subscribe', subscriptions: [{ topic: 'milepost/v1/#', qos: 0 }] });
  expect(large).toMatchObject({
    cmd: 'publish',
    topic: 'fleet/ü/data',
    messageId: 65_535,
    qos: 1,
    dup: false,
  });
  expect(large).toHaveProperty('payload', Buffer.from('x'.repeat(20_000)));
  expect(again).toMatchObject({ topic: 't', messageId: 1, dup: true, payload: Buffer.from([0, 255]) });
  expect(farewell).toMatchObject({ cmd: 'disconnect' });
});

test('answers are heard in whole packets, however they are cut', () => {
  const stream = Buffer.concat([
    generate({ cmd: 'connack', returnCode: 5, sessionPresent: false }),
    generate({ cmd: 'puback', messageId: 7 }),
    generate({ cmd: 'publish', topic: 't', payload: 'y'.repeat(300), qos: 0, dup: false, retain: false }),
    generate({ cmd: 'suback', messageId: 1, granted: [128] }),
    generate({ cmd: 'puback', messageId: 40_000 }),
  ]);
  const heard: string[] = [];
  let rest = Buffer.alloc(0);
  for (const byte of stream) {
    const bytes = Buffer.concat([rest, Buffer.from([byte])]);
    const end = scanAnswers(bytes, {
      connected: (code) => heard.push(`connected ${code}`),
      acknowledged: (messageId) => heard.push(`acknowledged ${messageId}`),
      subscribed: (code) => heard.push(`subscribed ${code}`),
    });
    rest = bytes.subarray(end);
  }
  expect(heard).toEqual(['connected 5', 'acknowledged 7', 'subscribed 128', 'acknowledged 40000']);
  expect(rest).toHaveLength(0);
});
