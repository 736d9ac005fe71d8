import type { MappingRow } from '../../../core/protocol/door-asks.ts';
import { formatCount } from '../../parts/formats.ts';

/** What switching a text on does; `inForce` is the file of that name as the core has it. */
export function switchOnWords(name: string, topics: readonly string[], inForce: MappingRow | null): string[] {
  const reads = `Packets on ${topics.join(', ')} are read by this text from now on, as the feed mapped:${name}.`;
  const before = 'Packets that came before stay as they were judged.';
  if (inForce?.isOn !== true) return [reads, before];
  return [
    `It replaces the text of ${name} that is on now, switched by ${inForce.switchedBy}.`,
    reads,
    before,
  ];
}

/** What switching a file off does. */
export function switchOffWords({ name, packets }: MappingRow): string[] {
  return [
    `Packets of mapped:${name} are refused as of an unknown topic from now on: they are kept, and count for nobody.`,
    `What its ${formatCount(packets)} packets said stays, and its devices stay with their vehicles.`,
  ];
}

/** Bytes as they were typed: text, or pairs of hexadecimal digits with anything blank between them. */
export function payloadOf(
  encoding: 'utf8' | 'hex',
  text: string,
): { readonly encoding: 'utf8' | 'hex'; readonly text: string } {
  return { encoding, text: encoding === 'hex' ? text.replaceAll(/[\s:]/g, '').toLowerCase() : text };
}
