import { type EntrySetDraft, postSet } from '../ledger/ledger.ts';
import type { World } from './world.ts';

/** Posts a set and has it told to the query side. A book with a fault takes nothing more; its fault is an alarm. */
export function postToBook(world: World, draft: EntrySetDraft): void {
  const posted = postSet(world.ledger, draft);
  if (posted !== null) world.unsaved.sets.push(posted);
}
