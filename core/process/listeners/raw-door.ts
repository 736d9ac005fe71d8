import type { ClientRefusal } from '../../protocol/journal-record.ts';
import { type RawFeed, rawTopic } from '../../protocol/raw-topic.ts';
import type { Decoder } from '../../tracker/decoded-packet.ts';
import type { Journal, JournalFailure, JournalLog } from '../journal/journal.ts';
import { type Claim, LiveDevices, type Speaker } from './live-devices.ts';
import { OnceAMinute } from './once-a-minute.ts';
import { endpointText, type Peer } from './peer.ts';
import { newRawCounters, type RawRefusal } from './raw-counters.ts';
import type { RawGate } from './raw-gate.ts';
import type { RawLimits } from './raw-limits.ts';

export interface RawDoorParts {
  readonly append: Journal['append'];
  readonly gate: RawGate;
  /** The one the fold uses, so that nothing is acknowledged that it refuses. */
  readonly decode: Decoder;
  readonly limits: RawLimits;
  readonly log: JournalLog;
  /** A clock that only runs forward; for how long something took, never for what is journalled. */
  readonly nowMs: () => number;
  /** Nothing more can be acknowledged, to nobody. */
  readonly journalFailed: (failure: JournalFailure) => void;
}

/** What TCP and UDP have in common: who may speak, how a packet comes on disk, and what is counted and noted. */
export class RawDoor {
  readonly counters = newRawCounters();
  readonly limits: RawLimits;
  readonly #parts: RawDoorParts;
  readonly #live: LiveDevices;
  readonly #notes: OnceAMinute;
  #inFlight = 0;
  #whenSettled: (() => void)[] = [];

  constructor(parts: RawDoorParts) {
    this.#parts = parts;
    this.limits = parts.limits;
    this.#live = new LiveDevices(parts.limits.secondAddressHoldMs);
    this.#notes = new OnceAMinute(parts.limits.notesPerMinuteMax);
  }

  nowMs(): number {
    return this.#parts.nowMs();
  }

  gateVersion(): number {
    return this.#parts.gate.version();
  }

  /** True when the device may speak from there, and from now on speaks through this speaker. A refusal is counted and noted. */
  admit(feed: RawFeed, device: string, peer: Peer, speaker: Speaker): boolean {
    if (!this.isStillAdmitted(feed, device, peer)) return false;
    const claim = this.#live.claim(liveKey(feed, device, peer), speaker, this.nowMs());
    if (claim.claim !== 'alone') this.#noteSecondAddress(feed, device, peer, claim);
    if (claim.claim !== 'kept') return true;
    this.refuse('second-address', peer, `${feed} ${device}`);
    return false;
  }

  /** Asks the gate again; a refusal is counted and noted. */
  isStillAdmitted(feed: RawFeed, device: string, peer: Peer): boolean {
    const admission = this.#parts.gate.admit(feed, device, peer.address);
    if (admission === 'ok') return true;
    this.refuse(admission, peer, `${feed} ${device}`);
    return false;
  }

  /** The speaker is gone; the device may speak from anywhere. */
  release(feed: RawFeed, device: string, peer: Peer, speaker: Speaker): void {
    this.#live.release(liveKey(feed, device, peer), speaker);
  }

  /**
   * Appends a packet to the journal and, once it is on disk, hands out the reply its decoder gives: none for a damaged
   * one, which is kept as evidence and has to come again. Packets become durable in the order they were taken.
   */
  take(
    feed: RawFeed,
    device: string,
    peer: Peer,
    payload: Buffer,
    durable: (reply: Uint8Array | undefined) => void,
  ): void {
    const topic = rawTopic(peer.transport, feed, device);
    const clientId = `${peer.transport} ${endpointText(peer)}`;
    const decoded = this.#parts.decode({ topic, payload });
    const { reply } = decoded.ok ? decoded.value : decoded.error;
    this.counters.packetsTaken += 1;
    this.#inFlight += 1;
    this.#parts.append({ kind: 'packet', topic, clientId, payload, omittedBytes: 0 }, (failure) => {
      this.#inFlight -= 1;
      if (failure === null) durable(reply);
      else this.#parts.journalFailed(failure);
      if (this.#inFlight === 0) for (const resolve of this.#whenSettled.splice(0)) resolve();
    });
  }

  /** Resolves when no packet is on its way to disk. */
  async settled(): Promise<void> {
    if (this.#inFlight > 0) await new Promise<void>((resolve) => this.#whenSettled.push(resolve));
  }

  /** Counts a refusal, and says it once a minute for each tracker, or address where no tracker was named. */
  refuse(reason: RawRefusal, peer: Peer, tracker: string | null): void {
    this.counters.refused[reason] = (this.counters.refused[reason] ?? 0) + 1;
    if (UNSAID.has(reason)) return;
    this.#notes.say(`${reason} ${tracker ?? peer.address}`, this.nowMs(), () => {
      const remote = `${peer.transport} ${endpointText(peer)}${tracker === null ? '' : `, ${tracker}`}`;
      this.#parts.log('a raw tracker was refused', { reason, remote });
      if (isNoted(reason))
        this.#parts.append({ kind: 'note', note: { note: 'client-refused', reason, remote } });
    });
  }

  #noteSecondAddress(
    feed: RawFeed,
    device: string,
    { address }: Peer,
    claim: Exclude<Claim, { claim: 'alone' }>,
  ): void {
    const subject = `${feed} ${device}`;
    this.#notes.say(`address ${subject}`, this.nowMs(), () => {
      const outcome = claim.claim === 'kept' ? 'the first is kept' : 'the second takes its place';
      const detail = `${claim.first.address}, then ${address}; ${outcome}`;
      this.#parts.log('a raw tracker spoke from a second address', { subject, detail });
      this.#parts.append({
        kind: 'note',
        note: { note: 'situation', situation: 'second-address', subject, detail },
      });
    });
  }
}

/** Trackers come and go all day, and a second address has a note of its own: these are counted only. */
const UNSAID: ReadonlySet<RawRefusal> = new Set(['silent', 'idle', 'second-address']);

const NOTED: ReadonlySet<string> = new Set<RawRefusal & ClientRefusal>([
  'unclaimed-device',
  'network-not-allowed',
  'broken-frame',
  'too-slow',
  'packet-over-hard-limit',
  'over-rate-limit',
  'device-changed',
  'replies-unread',
]);

function isNoted(reason: RawRefusal): reason is RawRefusal & ClientRefusal {
  return NOTED.has(reason);
}

/** A tracker that also sends datagrams does not lose its connection by them. */
function liveKey(feed: RawFeed, device: string, { transport }: Peer): string {
  return `${transport} ${feed} ${device}`;
}
