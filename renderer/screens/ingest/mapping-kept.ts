import { useSyncExternalStore } from 'react';
import { newListeners } from '../../link/listeners.ts';
import { type Drafts, readDrafts } from './mapping-drafts.ts';

const KEY = 'milepost.mapping-drafts';

let drafts = readDrafts(localStorage.getItem(KEY));
const changes = newListeners<[]>();

/** The drafts as they are kept, and how to change them. */
export function useDrafts(): readonly [Drafts, (change: (before: Drafts) => Drafts) => void] {
  return [useSyncExternalStore(changes.add, () => drafts), changeDrafts];
}

function changeDrafts(change: (before: Drafts) => Drafts): void {
  drafts = change(drafts);
  localStorage.setItem(KEY, JSON.stringify(drafts));
  changes.tell();
}
