import { fail, ok, type Result } from '../base/result.ts';

/**
 * Trackers that do not speak MQTT have no topics. Their frames are journalled under one of ours,
 * `$tcp/<feed>/<IMEI>` or `$udp/<feed>/<IMEI>`; no MQTT client may publish on a topic that starts with `$`.
 */
export const rawFeeds = ['teltonika', 'queclink'] as const;
export type RawFeed = (typeof rawFeeds)[number];
export type Transport = 'mqtt' | 'tcp' | 'udp';
export type RawTransport = Exclude<Transport, 'mqtt'>;

/** A port a feed, as the command lines have it. */
export type RawPorts = Partial<Readonly<Record<RawFeed, number>>>;

/** Adds `NAME=N` to the ports before it; the error says what would be right. 0 takes any free port. */
export function addRawPort(text: string, before: RawPorts): Result<RawPorts, string> {
  const [name, port = ''] = text.split('=');
  const feed = rawFeeds.find((each) => each === name);
  if (feed === undefined || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return fail(`use one of ${rawFeeds.join(', ')} with a port, such as ${rawFeeds[0]}=5027`);
  }
  if (before[feed] !== undefined) return fail(`${feed} has a port already`);
  return ok({ ...before, [feed]: Number(port) });
}

export function rawTopic(transport: RawTransport, feed: RawFeed, device: string): string {
  return `$${transport}/${feed}/${device}`;
}

/** What carried the packets of a topic. */
export function transportOfTopic(topic: string): Transport {
  if (topic.startsWith('$tcp/')) return 'tcp';
  return topic.startsWith('$udp/') ? 'udp' : 'mqtt';
}

/** The device a raw topic of this feed names; null for any other topic. */
export function rawDeviceOf(topic: string, feed: RawFeed): string | null {
  const deviceAt = rawDeviceStart(topic, feed);
  return deviceAt < 0 ? null : topic.slice(deviceAt);
}

/** True for a raw topic of this feed, whatever its device is worth. */
export function isRawTopic(topic: string, feed: RawFeed): boolean {
  return rawDeviceStart(topic, feed) >= 0;
}

/** Every topic of every other feed is asked this first: so nothing is cut out of it. */
function rawDeviceStart(topic: string, feed: RawFeed): number {
  const slashAt = FEED_AT + feed.length;
  const isOfFeed = topic.charCodeAt(0) === DOLLAR && topic.charCodeAt(slashAt) === SLASH;
  return isOfFeed && topic.startsWith(feed, FEED_AT) && transportOfTopic(topic) !== 'mqtt' ? slashAt + 1 : -1;
}

const FEED_AT = '$tcp/'.length;
const DOLLAR = 0x24;
const SLASH = 0x2f;
