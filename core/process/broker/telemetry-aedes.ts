import { Aedes, type AedesOptions } from 'aedes';
import type { BrokerLimits } from './broker-limits.ts';

/** What aedes asks, about each client and each packet. */
export type AedesHandlers = Required<
  Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeForward'>
>;

/** aedes' own words when a client does not take what it is sent. */
export const DRAIN_TIMEOUT = 'drain timeout';
/** As deep as its matcher goes; our own limit on topics is lower and gives the reason. */
const SUBSCRIBED_LEVELS_MAX = 100;

/**
 * aedes as a door and no more: it speaks MQTT with the clients, and everything published ends in `authorizePublish`,
 * where the journal takes it. Nothing is distributed: no emitter, no lookup of subscribers, nothing retained. A
 * subscription is granted and stays silent, since trackers insist on theirs.
 */
export class TelemetryAedes extends Aedes {
  static async start(limits: BrokerLimits, handlers: AedesHandlers): Promise<TelemetryAedes> {
    const aedes = new TelemetryAedes({
      ...handlers,
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
}
