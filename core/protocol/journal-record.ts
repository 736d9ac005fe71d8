import type { Decision } from './decision.ts';

/**
 * One record of the journal, as the fold reads it. Positions count from 0 without gaps in a partition;
 * `receivedAtMs` never falls from one position to the next.
 */
export type JournalRecord = PacketRecord | DecisionRecord | TickRecord | NoteRecord | ErasedRecord;
export type JournalRecordKind = JournalRecord['kind'];
/** The kinds that carry something; an erased record was one of them. */
export type WrittenRecordKind = Exclude<JournalRecordKind, 'erased'>;

interface RecordBase {
  readonly position: number;
  readonly receivedAtMs: number;
}

/** What a tracker sent, byte for byte. */
export interface PacketRecord extends RecordBase {
  readonly kind: 'packet';
  readonly topic: string;
  readonly clientId: string;
  readonly payload: Uint8Array;
  /** Payload bytes the broker left out because the packet was over the limit; 0 for a whole packet. */
  readonly omittedBytes: number;
  /** The sender proved who it is, by secret or certificate. Absent for raw TCP and UDP, where an IMEI is only a name. */
  readonly isAuthenticated?: true;
}

/** What a person, or the system on a person's behalf, decided. */
export interface DecisionRecord extends RecordBase {
  readonly kind: 'decision';
  readonly decision: Decision;
}

/** The clock moved. Under a driven clock this is the only thing that moves it. */
export interface TickRecord extends RecordBase {
  readonly kind: 'tick';
}

/** Something the core process noticed about itself: it started, the clock stepped, a client was refused. */
export interface NoteRecord extends RecordBase {
  readonly kind: 'note';
  readonly note: Note;
}

/** A record whose bytes were erased after their time. Its place, its time and its digest stay, so the chain verifies. */
export interface ErasedRecord extends RecordBase {
  readonly kind: 'erased';
  readonly was: WrittenRecordKind;
}

export type Note =
  | {
      readonly note: 'started';
      readonly version: string;
      readonly timeZoneData: string;
      readonly simulated: boolean;
    }
  | { readonly note: 'clock-stepped-back'; readonly byMs: number }
  | { readonly note: 'clock-gap'; readonly byMs: number }
  | { readonly note: 'client-refused'; readonly reason: ClientRefusal; readonly remote: string }
  | {
      readonly note: 'situation';
      readonly situation: DoorSituation;
      /** The device or client it is about, and what was seen: addresses, never a secret. */
      readonly subject: string;
      readonly detail: string;
    };

export type ClientRefusal =
  | 'mqtt5-unsupported'
  | 'packet-over-hard-limit'
  | 'bad-credentials'
  | 'credential-revoked'
  | 'not-allowed-to-publish'
  | 'not-allowed-to-subscribe'
  | 'over-rate-limit'
  | 'unclaimed-device'
  | 'network-not-allowed'
  | 'broken-frame'
  | 'device-changed'
  | 'replies-unread'
  | 'too-slow'
  | 'tls-too-old';

/** What the door notices that a person should know of, by name. */
export type DoorSituation =
  /** The same client id keeps being taken over by another connection. */
  | 'cloned-client-id'
  /** A raw tracker's IMEI is live from two addresses at once. */
  | 'second-address'
  /** Somebody gave an account's password wrongly so often that it has to wait. */
  | 'sign-in-locked';

/** What the writer hands to the journal; position and received time are the journal's to give. */
export type JournalEntry =
  | Omit<PacketRecord, 'position' | 'receivedAtMs'>
  | Omit<DecisionRecord, 'position' | 'receivedAtMs'>
  | Omit<TickRecord, 'position' | 'receivedAtMs'>
  | Omit<NoteRecord, 'position' | 'receivedAtMs'>;
