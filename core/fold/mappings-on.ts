import { decodeMapped, isMappedTopic } from '../mapping/decode-mapped.ts';
import { mappingOf } from '../mapping/read-mapping.ts';
import type { TrackerProvider } from '../protocol/book.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import { type Dialect, providerOfTopic } from '../tracker/decode-packet.ts';
import { type FeedFacts, feedFacts, isBuiltIn } from '../tracker/feeds.ts';
import type { DecisionProblem } from './check-decision.ts';
import type { DoorBook } from './world.ts';

interface MappedFeeds {
  readonly version: number;
  readonly dialects: readonly Dialect[];
}

/** Worked out once a decision: the fold asks for every packet. Nothing here that does not follow from the book. */
const feedsByDoor = new WeakMap<DoorBook, MappedFeeds>();

/** The feeds that mapping files describe, of the files that are switched on. */
export function mappingsOn(door: DoorBook): readonly Dialect[] {
  const known = feedsByDoor.get(door);
  if (known?.version === door.version) return known.dialects;
  const dialects: Dialect[] = [];
  for (const { isOn, yaml } of door.mappings.values()) {
    const mapping = isOn ? mappingOf(yaml) : null;
    if (mapping?.ok !== true) continue;
    const { value } = mapping;
    dialects.push({
      provider: value.provider,
      isTopic: (topic) => isMappedTopic(value, topic),
      decode: (packet) => decodeMapped(value, packet),
    });
  }
  feedsByDoor.set(door, { version: door.version, dialects });
  return dialects;
}

/** The facts of a feed; those of one that a mapping file describes follow from its file, also when it is switched off. */
export function feedFactsIn(door: DoorBook, provider: TrackerProvider): FeedFacts {
  if (isBuiltIn(provider)) return feedFacts(provider);
  const state = door.mappings.get(provider.slice('mapped:'.length));
  const mapping = state === undefined ? null : mappingOf(state.yaml);
  return feedFacts(provider, mapping?.ok === true && mapping.value.isTimed);
}

/** Why a mapping file cannot be switched on; null when it can. */
export function mappingProblem(
  door: DoorBook,
  { mapping: name, yaml }: DecisionOf<'switch-mapping'>,
): DecisionProblem | null {
  const mapping = mappingOf(yaml);
  if (!mapping.ok) {
    const [first] = mapping.error;
    const where = `line ${first?.line ?? 1}, column ${first?.column ?? 1}`;
    return { field: 'yaml', problem: `${where}: ${first?.message ?? 'not a mapping file'}` };
  }
  if (mapping.value.name !== name)
    return { field: 'mapping', problem: `the file is called "${mapping.value.name}", not "${name}"` };
  const builtIn = mapping.value.messages.find(({ topic }) => isTakenByBuiltIn(topic.text));
  if (builtIn !== undefined) {
    const problem = `packets on ${builtIn.topic.text} are a built-in feed's already; no mapping is needed`;
    return { field: 'yaml', problem };
  }
  const topics = new Set(mapping.value.messages.map(({ topic }) => topic.text));
  for (const [other, state] of door.mappings) {
    const taken = state.isOn && other !== name ? mappingOf(state.yaml) : null;
    if (taken?.ok !== true) continue;
    const shared = taken.value.messages.find(({ topic }) => topics.has(topic.text));
    if (shared !== undefined)
      return { field: 'yaml', problem: `"${other}" has the topic ${shared.topic.text} already` };
  }
  return null;
}

/** A built-in feed is asked first, so a mapping of its topics would never see a packet; Tesla's base may be anything. */
function isTakenByBuiltIn(pattern: string): boolean {
  const sample = pattern.replaceAll(/\{\w+\}|[+#]/g, SAMPLE_DEVICE);
  const provider = providerOfTopic(sample);
  return provider !== null && provider !== 'tesla-fleet-telemetry';
}

/** A name that an IMEI, a VIN or an account could be. */
const SAMPLE_DEVICE = '356000000000019';
