import { Qlobber } from 'qlobber';
import type { Credential } from '../../protocol/decision.ts';

/** A live credential, as one that may publish on a topic. */
export type TopicOwner = Pick<Credential, 'credential' | 'role' | 'publish'>;

/** A filter has 256 characters at most, so never more levels than this. */
const LEVELS_MAX = 257;

/** Which live credentials may publish on a topic. */
export class TopicOwners {
  readonly #filters = new Qlobber<TopicOwner>({
    separator: '/',
    wildcard_one: '+',
    wildcard_some: '#',
    match_empty_levels: true,
    max_words: LEVELS_MAX,
  });
  #devices = 0;

  /** True while some topic is a device's own. */
  get hasDevices(): boolean {
    return this.#devices > 0;
  }

  add(owner: TopicOwner): void {
    for (const filter of usable(owner.publish)) this.#filters.add(filter, owner);
    if (owner.role === 'device') this.#devices += 1;
  }

  /** Takes back exactly what `add` was given. */
  remove(owner: TopicOwner): void {
    for (const filter of usable(owner.publish)) this.#filters.remove(filter, owner);
    if (owner.role === 'device') this.#devices -= 1;
  }

  /** The topic has no more levels than a filter may have. */
  ownersOf(topic: string): readonly TopicOwner[] {
    return this.#filters.match(topic);
  }
}

function usable(filters: readonly string[]): readonly string[] {
  return filters.filter(isTopicFilter);
}

/** MQTT's rule: `#` is the whole last level, `+` a whole level. A filter that breaks it allows nothing. */
export function isTopicFilter(filter: string): boolean {
  const levels = filter.split('/');
  return levels.every((level, i) => {
    if (level === '#') return i === levels.length - 1;
    return level === '+' || !/[+#]/.test(level);
  });
}
