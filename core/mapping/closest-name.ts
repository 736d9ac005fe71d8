import { closest, distance } from 'fastest-levenshtein';

/** The name somebody most likely meant, or null when none is near: one slip in short names, two in longer ones. */
export function closestOf(written: string, names: readonly string[]): string | null {
  // The work grows with the product of the lengths, and nobody mistypes a page of text.
  if (names.length === 0 || written.length > WRITTEN_CHARACTERS_MAX) return null;
  const nearest = closest(written.toLowerCase(), [...names]);
  const slips = nearest.length <= SHORT_NAME_CHARACTERS ? 1 : 2;
  return distance(written.toLowerCase(), nearest.toLowerCase()) <= slips ? nearest : null;
}

const WRITTEN_CHARACTERS_MAX = 64;
const SHORT_NAME_CHARACTERS = 4;
