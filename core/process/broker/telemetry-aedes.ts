import { Aedes, type AedesOptions } from 'aedes';
import type { BrokerLimits } from './broker-limits.ts';
import { SessionMemory } from './session-memory.ts';

/** What aedes asks, about each client and each packet. */
export type AedesHandlers = Required<
  Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'>
>;

/** aedes' own words when a client does not take what it is sent. */
export const DRAIN_TIMEOUT = 'drain timeout';
/** As deep as its matcher goes; our own limit on topics is lower and gives the reason. */
const SUBSCRIBED_LEVELS_MAX = 100;

/**
 * aedes as a door and no more: it speaks MQTT with the clients, and everything published ends in `authorizePublish`,
 * where the journal takes it. It distributes nothing: no emitter, no lookup of subscribers, nothing retained. What
 * subscribers are told is written to them by the teller, many packets at a time: through aedes each would cost more than
 * taking one in. Every session is a clean one, and the CONNACK says so.
 */
export class TelemetryAedes extends Aedes {
  static async start(limits: BrokerLimits, handlers: AedesHandlers): Promise<TelemetryAedes> {
    const aedes = new TelemetryAedes({
      ...handlers,
      preConnect: (client, packet, done) => {
        packet.clean = true;
        handlers.preConnect(client, packet, done);
      },
      persistence: new SessionMemory(),
      connectTimeout: limits.connectTimeoutMs,
      drainTimeout: limits.drainTimeoutMs,
      maxClientsIdLength: limits.clientIdCharactersMax,
      maxTopicLevels: SUBSCRIBED_LEVELS_MAX,
      maxInflightInbound: limits.qos2HandshakesMax,
    });
    await aedes.listen();
    return aedes;
  }

  /** Where aedes would begin to distribute. Called with (packet, done) for its own notices, (packet, client, done) else. */
  override publish(_packet: unknown, clientOrDone: unknown, done?: unknown): void {
    const callback = typeof clientOrDone === 'function' ? clientOrDone : done;
    if (typeof callback === 'function') callback(null);
  }

  override subscribe(_topic: string, _deliver: unknown, done: () => void): void {
    done();
  }

  /** Without `done` when a client subscribes again at another QoS. */
  override unsubscribe(_topic: string, _deliver: unknown, done?: () => void): void {
    done?.();
  }
}
