import { must } from '../../core/base/assert.ts';
import { type RandomStream, randomStream } from '../../core/base/random.ts';
import { type ActiveFault, activeOf, numberParam, wordParam } from '../faults/fault.ts';
import { type Keeping, linkAt, type LinkState } from '../faults/link-faults.ts';
import type { Tracker, TrackerPublish } from '../trackers/tracker.ts';
import { damaged, type DamageKind, damageKinds, drifted, driftKinds } from './schema-drift.ts';
import type { TrackerTraits } from './tracker-traits.ts';

/** A publish that leaves now, and when what it says was true. */
export interface Outgoing {
  readonly publish: TrackerPublish;
  readonly observedMs: number;
}

interface Waiting extends Outgoing {
  readonly readyMs: number;
  /** It could not be sent when it was made. */
  readonly isLate: boolean;
}

/** Who sends. */
export interface SentBy {
  readonly seed: number;
  readonly name: string;
}

const OVERTAKEN_MS_MAX = 5_000;

/**
 * Between a tracker and the network: what it says goes out at once, or is kept, lost, doubled, delayed, overtaken or
 * damaged. Asked in order of time; what leaves depends on the traits, the faults and the order of packets alone.
 */
export class Outbox {
  private readonly by: SentBy;
  private readonly traits: TrackerTraits;
  private readonly faults: readonly ActiveFault[];
  private readonly tracker: Tracker;
  private readonly chance: RandomStream;
  private waiting: Waiting[] = [];
  private keeping: Keeping | null = null;
  /** Packets that were kept and will never be sent. */
  lost = 0;

  constructor(by: SentBy, tracker: Tracker, traits: TrackerTraits, faults: readonly ActiveFault[]) {
    this.by = by;
    this.tracker = tracker;
    this.traits = traits;
    this.faults = faults;
    this.chance = randomStream(by.seed, by.name, 'outbox');
  }

  /** What still waits. */
  get left(): number {
    return this.waiting.length;
  }

  /** Takes what the tracker says now, and gives what leaves now. With `isLast` nothing that may leave is held back. */
  pass(atMs: number, publishes: readonly TrackerPublish[], isLast = false): Outgoing[] {
    const link = this.linkAt(atMs, 0);
    // A tracker without power says nothing more than that it lost it.
    const said = this.isUnpowered(atMs) ? [] : publishes;
    this.lost += publishes.length - said.length;
    for (const publish of said) this.keep(this.inShape(publish, atMs), atMs, link);
    if (link.isDown) {
      this.keeping = link.keeping ?? this.keeping;
      this.forget();
      return [];
    }
    return this.release(atMs, isLast).flatMap((outgoing) => this.onTheWay(outgoing, atMs));
  }

  private keep(publish: TrackerPublish, atMs: number, { isDown }: LinkState): void {
    const { delayMs } = this.linkAt(atMs, publish.payload.length);
    const readyMs = atMs + delayMs + this.overtakenMs(atMs);
    if (isDown && this.traits.buffer.keeps === 'latest') {
      this.waiting = this.waiting.filter(
        (each) => each.publish.topic !== publish.topic || each.readyMs > atMs,
      );
    }
    this.waiting.push({ publish, observedMs: atMs, readyMs, isLate: isDown });
  }

  /** What the link, being down, makes it lose. */
  private forget(): void {
    if (this.keeping === 'lose-buffered') {
      this.lost += this.waiting.length;
      this.waiting = [];
    }
    const tooMany = this.waiting.length - this.traits.buffer.packetsMax;
    if (tooMany <= 0) return;
    this.lost += tooMany;
    this.waiting = this.waiting.slice(tooMany);
  }

  /** What may leave now: what was kept in the tracker's order and no faster than it can, and everything of the moment. */
  private release(atMs: number, isLast: boolean): Outgoing[] {
    if (this.waiting.length === 0) return [];
    const ready = this.waiting.filter(({ readyMs }) => readyMs <= atMs);
    const late = ready.filter(({ isLate }) => isLate);
    const { order, messagesPerSecond, packetsPerMessage } = this.traits.buffer;
    const isNewestFirst =
      this.keeping === null ? order === 'newest-first' : this.keeping === 'flush-newest-first';
    const roomFor = isLast ? late.length : messagesPerSecond * packetsPerMessage;
    const flushed = (isNewestFirst ? late.toReversed() : late).slice(0, roomFor);
    if (late.length === flushed.length) this.keeping = null;
    const leaving = new Set<Waiting>([...flushed, ...ready.filter(({ isLate }) => !isLate)]);
    this.waiting = this.waiting.filter((each) => !leaving.has(each));
    const now = [...leaving].filter(({ isLate }) => !isLate).sort((a, b) => a.readyMs - b.readyMs);
    return [...this.joined(flushed, packetsPerMessage), ...now];
  }

  private joined(late: readonly Waiting[], packetsPerMessage: number): Outgoing[] {
    const { join, asLate = (publish) => publish } = this.tracker;
    const each = late.map(({ publish, observedMs }) => ({ publish: asLate(publish), observedMs }));
    if (join === undefined) return each;
    const messages: Outgoing[] = [];
    for (let i = 0; i < each.length; i += packetsPerMessage) {
      const part = each.slice(i, i + packetsPerMessage);
      const newest = part.reduce((a, b) => (b.observedMs > a.observedMs ? b : a), must(part[0], 'a part'));
      const publish = part.length === 1 ? newest.publish : join(part.map((one) => one.publish));
      messages.push({
        publish: { ...publish, odometer: newest.publish.odometer },
        observedMs: newest.observedMs,
      });
    }
    return messages;
  }

  /** Doubled, damaged, or neither. */
  private onTheWay({ publish, observedMs }: Outgoing, atMs: number): Outgoing[] {
    const [corrupt] = activeOf(this.faults, atMs, 'payload-corrupt');
    const share =
      corrupt === undefined ? this.traits.damageShare : numberParam(corrupt, 'percent', 100) / 100;
    const arriving =
      share > 0 && this.chance.next() < share
        ? damaged(publish, this.damageKind(corrupt), this.chance)
        : [publish];
    return Array.from({ length: this.copies(atMs) }, () => arriving)
      .flat()
      .map((each) => ({ publish: each, observedMs }));
  }

  private damageKind(corrupt: ActiveFault | undefined): DamageKind {
    const asked = corrupt === undefined ? '' : wordParam(corrupt, 'kind', '');
    const drawn = damageKinds[this.chance.below(damageKinds.length)];
    return damageKinds.find((kind) => kind === asked) ?? must(drawn, 'a kind of damage');
  }

  private copies(atMs: number): number {
    const [storm] = activeOf(this.faults, atMs, 'duplicate-storm');
    if (storm !== undefined) return numberParam(storm, 'copies', 3);
    return this.traits.duplicateShare > 0 && this.chance.next() < this.traits.duplicateShare ? 2 : 1;
  }

  /** Zero for a packet that keeps its place; else it goes after some that come later. */
  private overtakenMs(atMs: number): number {
    const [fault] = activeOf(this.faults, atMs, 'reorder');
    const share = fault === undefined ? this.traits.overtakenShare : numberParam(fault, 'percent', 50) / 100;
    // A feed without times cannot be put in order again, and no such feed comes out of order.
    if (share === 0 || this.traits.buffer.keeps === 'latest' || this.chance.next() >= share) return 0;
    return 1_000 * (1 + this.chance.below(OVERTAKEN_MS_MAX / 1_000));
  }

  private inShape(publish: TrackerPublish, atMs: number): TrackerPublish {
    const faults = activeOf(this.faults, atMs, 'schema-drift').flatMap((fault) => {
      const kind = wordParam(fault, 'kind', 'text-number');
      return driftKinds.filter((each) => each === kind);
    });
    return drifted(publish, [...this.traits.schema, ...faults]);
  }

  private linkAt(atMs: number, bytes: number): LinkState {
    return linkAt(
      this.faults,
      atMs,
      { name: this.by.name, backoffSeconds: this.traits.backoffSeconds },
      bytes,
    );
  }

  private isUnpowered(atMs: number): boolean {
    return activeOf(this.faults, atMs, 'tamper-unplug').some(({ fromMs }) => atMs > fromMs + LAST_WORDS_MS);
  }
}

/** On its own battery a tracker says that it was unplugged. */
const LAST_WORDS_MS = 10_000;
