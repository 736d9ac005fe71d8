import { bytesOfHex } from '../../base/hex.ts';
import { decodeMapped, isMappedTopic } from '../../mapping/decode-mapped.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { readMapping } from '../../mapping/read-mapping.ts';
import type { doorAsks, MappingProblemRow } from '../../protocol/door-asks.ts';
import { decodeSafely } from '../../tracker/decode-packet.ts';
import { outcomeOutput } from '../../tracker/decoded-output.ts';
import type { z } from 'zod';

type TryInput = z.infer<(typeof doorAsks)['mapping.try']['input']>;

/** What is wrong with a mapping file's text; its name, and the topics it takes, when nothing is. */
export function checkMapping(yaml: string): {
  name: string | null;
  topics: string[];
  problems: MappingProblemRow[];
} {
  const mapping = readMapping(yaml);
  return mapping.ok
    ? { name: mapping.value.name, topics: topicsOf(mapping.value), problems: [] }
    : { name: null, topics: [], problems: mapping.error.map((problem) => ({ ...problem })) };
}

/** What a mapping file makes of one packet, in the words of `milepost decode`. */
export function tryMapping({ yaml, topic, payload }: TryInput): {
  problems: MappingProblemRow[];
  outcome: unknown;
} {
  const mapping = readMapping(yaml);
  if (!mapping.ok) return { problems: mapping.error.map((problem) => ({ ...problem })), outcome: null };
  const bytes = payload.encoding === 'utf8' ? Buffer.from(payload.text) : bytesOfHex(payload.text);
  if (bytes === null) return { problems: [], outcome: refusal('bad-encoding', 'pairs of 0-9 and a-f') };
  if (!isMappedTopic(mapping.value, topic)) {
    const topics = topicsOf(mapping.value).join(', ');
    return { problems: [], outcome: refusal('unknown-topic', `the file takes ${topics}`) };
  }
  const outcome = decodeSafely(() => decodeMapped(mapping.value, { topic, payload: bytes }));
  return { problems: [], outcome: outcomeOutput(outcome) };
}

function topicsOf({ messages }: Mapping): string[] {
  return messages.map(({ topic }) => topic.text);
}

function refusal(refused: string, detail: string): object {
  return { ok: false, refused, detail };
}
