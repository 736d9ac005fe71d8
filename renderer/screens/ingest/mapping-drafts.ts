import { z } from 'zod';
import type { MappingRow } from '../../../core/protocol/door-asks.ts';

/**
 * Texts that somebody typed and has not switched on, by the name of the file they change, or by `new 1`, `new 2`, … for
 * files that are none yet. They are kept by the window, so that no tab and no restart loses them.
 */
export type Drafts = Readonly<Record<string, string>>;

/** A file of the list: one the core has, with or without a changed text, or one that is new. */
export interface MappingFileShown {
  readonly key: string;
  readonly name: string;
  /** As the core has it; null for a new one. */
  readonly row: MappingRow | null;
  readonly yaml: string;
  readonly isChanged: boolean;
}

const NEW_PREFIX = 'new ';

/** The core's files by name, then the new ones. */
export function filesShown(rows: readonly MappingRow[], drafts: Drafts): MappingFileShown[] {
  const known = rows
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((row) => {
      const yaml = drafts[row.name] ?? row.yaml;
      return { key: row.name, name: row.name, row, yaml, isChanged: yaml !== row.yaml };
    });
  const fresh = Object.entries(drafts)
    .filter(([key]) => key.startsWith(NEW_PREFIX))
    .map(([key, yaml]) => ({ key, name: nameIn(yaml) ?? 'New file', row: null, yaml, isChanged: true }));
  return [...known, ...fresh];
}

/** The name a text gives itself, though it may not be a mapping file yet. */
function nameIn(yaml: string): string | null {
  return /^name:[ \t]*([^\s#]+)/m.exec(yaml)?.[1] ?? null;
}

/** A key for one more new file. */
export function newDraftKey(drafts: Drafts): string {
  let number = 1;
  while (Object.hasOwn(drafts, NEW_PREFIX + number)) number += 1;
  return NEW_PREFIX + number;
}

export function withDraft(drafts: Drafts, key: string, yaml: string): Drafts {
  return { ...drafts, [key]: yaml };
}

export function withoutDraft(drafts: Drafts, key: string): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== key));
}

/** Drafts as they were stored; none when what is stored is something else. */
export function readDrafts(stored: string | null): Drafts {
  const parsed = z.record(z.string(), z.string()).safeParse(parsedJson(stored ?? '{}'));
  return parsed.success ? parsed.data : {};
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
