import { randomFillSync } from 'node:crypto';
import type { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { generate } from 'mqtt-packet';
import { MOVING_PAYLOAD } from '../moving-packet.ts';
import { clientIdOf, MovingPublish, topicOf } from './moving-publish.ts';
import { type ClientPass, openConnection } from './open-connection.ts';

/**
 * `stall` sends QoS 1 as fast as it can and never takes an acknowledgement; `flood` sends QoS 0 as fast as it can;
 * `garbage` sends noise after a proper CONNECT.
 */
export type BadBehaviour = 'stall' | 'flood' | 'garbage';

export interface BadSettings {
  readonly port: number;
  readonly device: string;
  readonly behaviour: BadBehaviour;
  readonly pass: ClientPass | null;
}

/** A client that does harm, a program: `bad-client.js <settings>`. Whenever it is cut it comes back; it ends when told. */
const { port, device, behaviour, pass } = JSON.parse(process.argv[2] ?? '{}') as BadSettings;
const BURST_BYTES = 65_536;
const BURST_PACKETS = 200;

// In life it does its work on a machine of its own. Here what it takes of this one's processor is not to be felt.
setPriority(constants.priority.PRIORITY_LOW);

let cuts = 0;
process.on('message', () => process.send?.(cuts));
process.send?.('started');
for (;;) await misbehave();

/** Until it is cut, or not let in. */
async function misbehave(): Promise<void> {
  const socket = await openConnection({ port, clientId: clientIdOf(device), pass }).catch(() => null);
  cuts += 1;
  if (socket === null) return void (await new Promise((resolve) => setTimeout(resolve, 10)));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => socket.destroy());
  if (behaviour === 'stall') socket.pause();
  else socket.resume();
  pour(socket, burstMaker());
  await closed;
}

function pour(socket: Socket, nextBurst: () => Buffer): void {
  if (socket.destroyed) return;
  socket.write(nextBurst(), () => setImmediate(() => pour(socket, nextBurst)));
}

function burstMaker(): () => Buffer {
  switch (behaviour) {
    case 'stall': {
      const publish = new MovingPublish(device, Date.now() - 60_000);
      return () => Buffer.concat(Array.from({ length: BURST_PACKETS }, () => Buffer.from(publish.next())));
    }
    case 'flood': {
      const packet = generate({
        cmd: 'publish',
        topic: topicOf(device),
        payload: MOVING_PAYLOAD,
        qos: 0,
        dup: false,
        retain: false,
      });
      const burst = Buffer.concat(Array.from({ length: BURST_PACKETS }, () => packet));
      return () => burst;
    }
    case 'garbage':
      return () => randomFillSync(Buffer.alloc(BURST_BYTES));
  }
}
