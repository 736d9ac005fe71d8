import { assert } from '../../base/assert.ts';

/**
 * Where the last packets of every topic stand in the journal. The packets themselves are there; here are only their
 * positions, so that a busy topic costs no more than a quiet one, and all of it has a size that is known beforehand.
 */
export interface TrailLimits {
  /** Packets remembered, over all topics: 16 bytes each. */
  readonly packetsMax: number;
  /** Topics told apart: a topic and its place in the tree take a few hundred bytes. Others are counted together. */
  readonly topicsMax: number;
}

/** Eight megabytes of positions, some thirty of topics: under 50 MB however wild the traffic. */
export const DEFAULT_TRAIL_LIMITS: TrailLimits = { packetsMax: 500_000, topicsMax: 100_000 };

/** A level of a topic: what came at it or below it. */
export interface TopicLevel {
  readonly level: string;
  readonly topic: string;
  packets: number;
  lastReceivedAtMs: number;
  readonly children: Map<string, TopicLevel>;
}

const NONE = -1;

/**
 * The trail of packets as they are journalled. A packet's number counts from 0; the newest `packetsMax` of them are
 * remembered, each with its journal position and its level in the topic tree.
 */
export class PacketTrail {
  readonly #limits: TrailLimits;
  readonly #positions: Float64Array;
  readonly #levelOfPacket: (TopicLevel | null)[];
  readonly #root: TopicLevel = newLevel('', '');
  readonly #levelByTopic = new Map<string, TopicLevel>();
  #levelCount = 0;
  #count = 0;
  #others = 0;

  constructor(limits: TrailLimits = DEFAULT_TRAIL_LIMITS) {
    this.#limits = limits;
    this.#positions = new Float64Array(limits.packetsMax);
    this.#levelOfPacket = [];
  }

  /** How many packets there were; the newest has one less as its number. */
  get count(): number {
    return this.#count;
  }

  /** Packets on topics there was no room to tell apart. */
  get others(): number {
    return this.#others;
  }

  note(topic: string, position: number, receivedAtMs: number): void {
    const level = this.#levelByTopic.get(topic) ?? this.#newTopic(topic);
    const slot = this.#count % this.#limits.packetsMax;
    this.#positions[slot] = position;
    this.#levelOfPacket[slot] = level;
    this.#count += 1;
    if (level === null) {
      this.#others += 1;
      return;
    }
    level.packets += 1;
    level.lastReceivedAtMs = receivedAtMs;
  }

  #newTopic(topic: string): TopicLevel | null {
    if (this.#levelCount >= this.#limits.topicsMax) return null;
    let level = this.#root;
    const words = topic.split('/');
    for (let depth = 0; depth < words.length; depth += 1) {
      const word = words[depth] ?? '';
      let child = level.children.get(word);
      if (child === undefined) {
        child = newLevel(word, pathOf(words, depth));
        level.children.set(word, child);
        this.#levelCount += 1;
      }
      level = child;
    }
    this.#levelByTopic.set(topic, level);
    return level;
  }

  /** The levels below a topic, busiest first; '' is the top. */
  childrenOf(
    topic: string,
    limit: number,
  ): { readonly level: TopicLevel; readonly packets: number; readonly lastReceivedAtMs: number }[] {
    const parent = this.#levelAt(topic);
    if (parent === null) return [];
    return [...parent.children.values()]
      .map((level) => ({ level, ...totalOf(level) }))
      .sort((a, b) => b.packets - a.packets)
      .slice(0, limit);
  }

  #levelAt(topic: string): TopicLevel | null {
    let level: TopicLevel | undefined = this.#root;
    const words = topic === EMPTY_FIRST ? [''] : topic.split('/');
    if (topic !== '') for (const word of words) level = level?.children.get(word);
    return level ?? null;
  }

  /**
   * The newest packets at or below a topic with a number above `after`, newest first, at most `limit`; `unseen` counts
   * the others of them that are still remembered.
   */
  newest(
    topic: string,
    after: number,
    limit: number,
  ): { readonly positions: number[]; readonly unseen: number } {
    const oldest = Math.max(after + 1, this.#count - this.#limits.packetsMax, 0);
    const positions: number[] = [];
    let unseen = 0;
    for (let number = this.#count - 1; number >= oldest; number -= 1) {
      const slot = number % this.#limits.packetsMax;
      if (!isBelow(this.#levelOfPacket[slot] ?? null, topic)) continue;
      if (positions.length < limit) positions.push(this.#positions[slot] ?? NONE);
      else unseen += 1;
    }
    return { positions, unseen };
  }

  /** The newest packets on topics that are wanted, newest first; it looks at the last 50,000 packets at most. */
  newestWhere(limit: number, isWanted: (topic: string) => boolean): number[] {
    const isWantedByLevel = new Map<TopicLevel, boolean>();
    const looked = Math.min(LOOKED_AT_MAX, this.#limits.packetsMax, this.#count);
    const positions: number[] = [];
    for (let back = 1; back <= looked && positions.length < limit; back += 1) {
      const slot = (this.#count - back) % this.#limits.packetsMax;
      const level = this.#levelOfPacket[slot] ?? null;
      if (level === null) continue;
      const known = isWantedByLevel.get(level) ?? isWanted(level.topic);
      isWantedByLevel.set(level, known);
      if (known) positions.push(this.#positions[slot] ?? NONE);
    }
    return positions;
  }
}

/** A few milliseconds of looking: it is asked while packets come in. */
const LOOKED_AT_MAX = 50_000;

function newLevel(level: string, topic: string): TopicLevel {
  return { level, topic, packets: 0, lastReceivedAtMs: 0, children: new Map() };
}

/** A topic may begin with a slash: its first level is empty, and '' is the top of all. */
const EMPTY_FIRST = '/';

function pathOf(words: readonly string[], depth: number): string {
  const path = words.slice(0, depth + 1).join('/');
  return path === '' ? EMPTY_FIRST : path;
}

function isBelow(level: TopicLevel | null, topic: string): boolean {
  if (topic === '') return true;
  if (level === null) return false;
  const isAt = level.topic.startsWith(topic);
  if (topic === EMPTY_FIRST) return isAt;
  return isAt && (level.topic.length === topic.length || level.topic[topic.length] === '/');
}

/** Summed when somebody looks, so that a packet costs one level and not all above it. */
function totalOf(level: TopicLevel): { packets: number; lastReceivedAtMs: number } {
  let { packets, lastReceivedAtMs } = level;
  const open = [...level.children.values()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    packets += next.packets;
    lastReceivedAtMs = Math.max(lastReceivedAtMs, next.lastReceivedAtMs);
    open.push(...next.children.values());
  }
  assert(packets >= level.packets, 'a sum is no less than its part');
  return { packets, lastReceivedAtMs };
}
