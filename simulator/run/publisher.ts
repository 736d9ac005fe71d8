import type { RawPorts } from '../../core/protocol/raw-topic.ts';
import type { PublishTransport } from '../trackers/tracker.ts';
import type { TimedPublish } from './fleet-motion.ts';

/**
 * Something that happens to a client's connection: it is lost without a word and opened again with the next packet
 * (`drop`), another one connects under the same name (`takeover`), or it tries with a password that is none
 * (`bad-credentials`).
 */
export interface Disturbance {
  readonly kind: 'drop' | 'takeover' | 'bad-credentials';
  readonly client: string;
  readonly transport: PublishTransport;
}

/** Where publishes go: a broker, or a list in a test. */
export interface Publisher {
  /**
   * Sends all of them, each client's in the order given, and resolves when every one is acknowledged. A broker that
   * goes away meanwhile is waited for, and what it did not acknowledge is sent again.
   */
  readonly publishAll: (
    publishes: readonly TimedPublish[],
    onAcknowledged: (publish: TimedPublish) => void,
  ) => Promise<void>;
  /** Does something to a connection while nothing is under way; resolves when it is done. */
  readonly disturb?: (disturbance: Disturbance) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly reconnects: () => number;
}

/** The clock of the product, when this run drives it. */
export interface DrivenClock {
  /** Resolves when the product has this time on disk. */
  readonly advanceTo: (atMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Where broker and control channel are now. Asked again at each connection, because a restart may move them. */
export interface Endpoints {
  readonly host: string;
  readonly mqttPort: number;
  /** Ports of the listeners for boxes that do not speak MQTT. */
  readonly tcpPorts?: RawPorts;
  readonly udpPorts?: RawPorts;
  readonly control: { readonly port: number; readonly token: string } | null;
}

/** Why a run ended without doing its work. */
export interface RunProblem {
  readonly problem: 'unreachable' | 'refused';
  readonly detail: string;
}
