import { InvalidArgumentError } from 'commander';
import { type RawFeed, rawFeeds } from '../protocol/raw-topic.ts';

export type RawPortOptions = Partial<Readonly<Record<RawFeed, number>>>;

/** Adds one `NAME=N` of `--tcp-port` or `--udp-port` to those before it; says what was wrong with it. */
export function addRawPort(option: string): (text: string, before?: RawPortOptions) => RawPortOptions {
  return (text, before = {}) => {
    const [name, port = ''] = text.split('=');
    const feed = rawFeeds.find((each) => each === name);
    if (feed === undefined || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      const example = `${rawFeeds[0]}=5027`;
      throw new InvalidArgumentError(
        `${option} ${text}: use one of ${rawFeeds.join(', ')} with a port, such as ${example}`,
      );
    }
    if (before[feed] !== undefined)
      throw new InvalidArgumentError(`${option} ${text}: ${feed} has a port already`);
    return { ...before, [feed]: Number(port) };
  };
}
