import { connect as connectSocket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { MqttClient } from 'mqtt';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { Backoff } from './backoff.ts';
import type { TimedPublish } from './fleet-motion.ts';
import type { Endpoints, Publisher, RunProblem } from './publisher.ts';

const KEEP_ALIVE_SECONDS = 60;
const CONNACK_PATIENCE_MS = 5_000;
const TRY_EVERY_MS = 200;

/** Opens a publisher once the broker answers on its port; a broker that does not within the patience is unreachable. */
export async function mqttPublisher(
  endpoints: () => Endpoints,
  patienceMs: number,
): Promise<Result<Publisher, RunProblem>> {
  const giveUpAtMs = Date.now() + patienceMs;
  for (;;) {
    const { host, mqttPort } = endpoints();
    const problem = await tryPort(host, mqttPort);
    if (problem === null) return ok(openPublisher(endpoints));
    if (Date.now() > giveUpAtMs) {
      return fail({
        problem: 'unreachable',
        detail: `no broker answers on ${host}:${mqttPort} (${problem})`,
      });
    }
    await wait(TRY_EVERY_MS);
  }
}

/** MQTT 3.1.1, QoS 1, one connection a client name, opened when it first speaks. */
function openPublisher(endpoints: () => Endpoints): Publisher {
  const clients = new Map<string, MqttClient>();
  const counts = { reconnects: 0 };
  const lost = new Set<string>();
  const clientOf = ({ client: name, will }: TimedPublish): MqttClient => {
    const known = clients.get(name);
    if (known !== undefined) return known;
    if (lost.delete(name)) counts.reconnects += 1;
    const client = openClient(name, will, endpoints, counts);
    clients.set(name, client);
    return client;
  };
  const publishAll: Publisher['publishAll'] = (publishes, onAcknowledged) =>
    new Promise((resolve, reject) => {
      let waiting = publishes.length;
      if (waiting === 0) resolve();
      for (const publish of publishes) {
        const options = { qos: 1, retain: publish.isRetained === true } as const;
        clientOf(publish).publish(publish.topic, payloadOf(publish), options, (error) => {
          if (error) return reject(error);
          onAcknowledged(publish);
          waiting -= 1;
          if (waiting === 0) resolve();
        });
      }
    });
  const drop = async (name: string): Promise<void> => {
    const client = clients.get(name);
    if (client === undefined) return;
    clients.delete(name);
    lost.add(name);
    // Without a word of farewell, so that the broker says the client's last will.
    client.stream.destroy();
    await client.endAsync(true);
  };
  const disturb: Publisher['disturb'] = ({ kind, client }) =>
    kind === 'drop' ? drop(client) : connectInPassing(client, kind, endpoints());
  const close = async (): Promise<void> => {
    await Promise.all([...clients.values()].map((client) => client.endAsync(!client.connected)));
  };
  return { publishAll, disturb, close, reconnects: () => counts.reconnects };
}

/**
 * mqtt.js keeps what is not acknowledged and sends it again, oldest first, when it is connected again; ours to give it
 * are the place to connect to, which may have moved, and a pause that grows and differs from client to client.
 */
function openClient(
  name: string,
  will: TimedPublish['will'],
  endpoints: () => Endpoints,
  counts: { reconnects: number },
): MqttClient {
  const backoff = new Backoff(name);
  const client = new MqttClient(
    () => {
      const { host, mqttPort } = endpoints();
      const socket = connectSocket({ host, port: mqttPort, noDelay: true });
      // The client hears of it as a close and tries again; an error nobody listens to would end the process.
      socket.on('error', () => socket.destroy());
      return socket;
    },
    {
      clientId: name,
      protocolVersion: 4,
      clean: true,
      keepalive: KEEP_ALIVE_SECONDS,
      connectTimeout: CONNACK_PATIENCE_MS,
      reconnectPeriod: backoff.nextMs(),
      ...(will === undefined
        ? {}
        : { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
    },
  );
  let isFirst = true;
  client.on('connect', () => {
    if (!isFirst) counts.reconnects += 1;
    isFirst = false;
    backoff.reset();
    client.options.reconnectPeriod = backoff.nextMs();
  });
  client.on('close', () => {
    client.options.reconnectPeriod = backoff.nextMs();
  });
  // Refused or broken connections end in a close; there is nothing more to learn from them here.
  client.on('error', () => undefined);
  client.setMaxListeners(0);
  return client;
}

/** Connects once under somebody's name, as a copy of it or with a password that is none, and goes. */
async function connectInPassing(
  name: string,
  kind: 'takeover' | 'bad-credentials',
  { host, mqttPort }: Endpoints,
): Promise<void> {
  const credentials = kind === 'takeover' ? {} : { username: name, password: 'revoked' };
  const client = new MqttClient(
    () => {
      const socket = connectSocket({ host, port: mqttPort, noDelay: true });
      socket.on('error', () => socket.destroy());
      return socket;
    },
    { clientId: name, protocolVersion: 4, clean: true, reconnectPeriod: 0, ...credentials },
  );
  client.on('error', () => undefined);
  // Let in or not, it has been there.
  await new Promise<void>((resolve) => {
    client.once('connect', () => resolve());
    client.once('close', () => resolve());
  });
  await client.endAsync(true);
}

function payloadOf({ payload }: Pick<TimedPublish, 'payload'>): string | Buffer {
  return typeof payload === 'string' ? payload : Buffer.from(payload);
}

/** Null when something listens there, otherwise the system's word for why not. */
export function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host, port, timeout: CONNACK_PATIENCE_MS });
    const settle = (problem: string | null): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => settle(null));
    socket.once('timeout', () => settle('ETIMEDOUT'));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
  });
}
