import { Qlobber } from 'qlobber';

/** A filter has 256 characters at most, so never more levels than this. */
const LEVELS_MAX = 257;

/** The topics that are some device's own: those under the filters of any live credential of a device. */
export class DeviceTopics {
  readonly #filters = new Qlobber<string>({
    separator: '/',
    wildcard_one: '+',
    wildcard_some: '#',
    match_empty_levels: true,
    max_words: LEVELS_MAX,
  });
  #size = 0;

  add(credential: string, filters: readonly string[]): void {
    for (const filter of filters) this.#filters.add(filter, credential);
    this.#size += filters.length;
  }

  /** Takes back exactly what `add` was given. */
  remove(credential: string, filters: readonly string[]): void {
    for (const filter of filters) this.#filters.remove(filter, credential);
    this.#size -= filters.length;
  }

  /** The topic has no more levels than a filter may have. */
  has(topic: string): boolean {
    return this.#size > 0 && this.#filters.match(topic).length > 0;
  }
}
