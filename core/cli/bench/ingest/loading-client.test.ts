import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { decodePacket } from '../../../tracker/decode-packet.ts';
import { LoadingClient } from './loading-client.ts';
import { scanPackets } from './publish-scan.ts';

const FIRST_MS = Date.UTC(2026, 2, 2, 9);

test('a loading client fills its window with packets that drive on, and sends more only when they are acknowledged', async () => {
  const seen: { id: number; atMs: number | null; metres: string | undefined }[] = [];
  let acknowledge = (): void => undefined;
  let windowIsFull = (): void => undefined;
  const server = createServer((socket) => {
    let stream: Buffer = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => {
      stream = Buffer.concat([stream, data]);
      const rest = scanPackets(
        stream,
        ({ topicAt, messageIdAt, payloadAt, endAt }) => {
          const topic = stream.toString('utf8', topicAt, messageIdAt);
          const packet = decodePacket({ topic, payload: stream.subarray(payloadAt, endAt) });
          const reading = packet.ok ? packet.value.readings[0] : undefined;
          seen.push({
            id: stream.readUInt16BE(messageIdAt),
            atMs: reading?.observedAtMs ?? null,
            metres: reading?.odometer?.rawText,
          });
        },
        () => socket.write(Buffer.from([0x20, 2, 0, 0])),
      );
      stream = stream.subarray(rest);
      if (seen.length % 4 === 0 && seen.length > 0) windowIsFull();
    });
    acknowledge = () =>
      void socket.write(Buffer.from([0x40, 2, 0, 1, 0x40, 2, 0, 2, 0x40, 2, 0, 3, 0x40, 2, 0, 4]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const client = await LoadingClient.connect({
    port,
    device: '350000000000001',
    window: 4,
    firstMs: FIRST_MS,
    pass: null,
    onAcknowledged: () => undefined,
  });
  onTestFinished(() => client.close());

  const filled = new Promise<void>((resolve) => (windowIsFull = resolve));
  client.startSending();
  await filled;
  expect(seen).toEqual(
    [0, 1, 2, 3].map((i) => ({ id: i + 1, atMs: FIRST_MS + i * 50, metres: String(20_000_000 + i * 2) })),
  );
  expect([client.sent, client.acknowledged]).toEqual([4, 0]);

  const filledAgain = new Promise<void>((resolve) => (windowIsFull = resolve));
  acknowledge();
  await filledAgain;
  expect([client.sent, client.acknowledged]).toEqual([8, 4]);
  expect(seen.at(-1)).toEqual({ id: 8, atMs: FIRST_MS + 350, metres: '20000014' });
});
