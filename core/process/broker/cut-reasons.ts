import type { ClientRefusal } from '../../protocol/journal-record.ts';
import type { BrokerCounters } from './broker-counters.ts';

/** Why a client that is connected is cut: MQTT 3.1.1 has no other way to tell it no. */
export type CutReason =
  | 'packet-over-hard-limit'
  | 'over-rate-limit'
  | 'too-slow'
  | 'not-allowed-to-publish'
  | 'topic-over-limit'
  | 'credential-revoked'
  | 'idle';

interface Cut {
  readonly counter: keyof BrokerCounters;
  readonly words: string;
  /** What the journal is told; null for what only the log is. */
  readonly note: ClientRefusal | null;
  /** The client did what it must not; it is not let in again and again as fast as it comes. */
  readonly isFault: boolean;
}

export const CUTS: Readonly<Record<CutReason, Cut>> = {
  'packet-over-hard-limit': {
    counter: 'overPacketLimit',
    words: 'a client was cut: it began a packet over the hard limit',
    note: 'packet-over-hard-limit',
    isFault: true,
  },
  'over-rate-limit': {
    counter: 'overRateLimit',
    words: 'a client was cut: it sent more than its rate for too long',
    note: 'over-rate-limit',
    isFault: true,
  },
  'too-slow': {
    counter: 'tooSlow',
    words: 'a client was cut: it does not take what it is sent',
    note: 'too-slow',
    isFault: true,
  },
  'not-allowed-to-publish': {
    counter: 'notAllowedToPublish',
    words: 'a client was cut: it published where it may not',
    note: 'not-allowed-to-publish',
    isFault: true,
  },
  'topic-over-limit': {
    counter: 'overTopicLimit',
    words: 'a client was cut: it published on a topic too long or too deep',
    note: null,
    isFault: true,
  },
  'credential-revoked': {
    counter: 'credentialRevoked',
    words: 'a client was cut: its credential was revoked',
    note: 'credential-revoked',
    isFault: false,
  },
  idle: {
    counter: 'idle',
    words: 'a client was cut: it said nothing for too long',
    note: null,
    isFault: false,
  },
};
