import { Aedes, type AedesOptions, type AuthenticateError, type PublishPacket } from 'aedes';
import type { BrokerLimits } from './broker-limits.ts';

/** MQTT 3.1.1 return code 2: identifier rejected. */
const IDENTIFIER_REJECTED = 2;

/**
 * aedes as a door and no more: it speaks MQTT with the clients, and everything published ends in `authorizePublish`,
 * where the journal takes it. Nothing is distributed: no emitter, no lookup of subscribers, nothing retained. A
 * subscription is granted and stays silent, since trackers insist on theirs.
 */
export class TelemetryAedes extends Aedes {
  static async start(
    limits: BrokerLimits,
    authorizePublish: NonNullable<AedesOptions['authorizePublish']>,
  ): Promise<TelemetryAedes> {
    const aedes = new TelemetryAedes({
      authorizePublish,
      authenticate: (client, _user, _password, done) => {
        if (client.id.length <= limits.clientIdCharactersMax) return done(null, true);
        done(identifierRejected(limits.clientIdCharactersMax), false);
      },
      connectTimeout: limits.connectTimeoutMs,
      drainTimeout: limits.drainTimeoutMs,
      maxClientsIdLength: limits.clientIdCharactersMax,
      maxTopicLevels: limits.topicLevelsMax,
      maxInflightInbound: limits.qos2HandshakesMax,
    });
    await aedes.listen();
    return aedes;
  }

  /** Where aedes would begin to distribute. Called with (packet, done) for its own notices, (packet, client, done) else. */
  override publish(_packet: PublishPacket, clientOrDone: unknown, done?: unknown): void {
    const callback = typeof clientOrDone === 'function' ? clientOrDone : done;
    if (typeof callback === 'function') callback(null);
  }
}

function identifierRejected(charactersMax: number): AuthenticateError {
  const error = new Error(`a client id is at most ${charactersMax} characters`);
  return Object.assign(error, { returnCode: IDENTIFIER_REJECTED });
}
