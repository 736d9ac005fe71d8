/** The levels of a topic in place: by where they start, so that looking at a topic makes no pieces of it. */

/** Where the level starts that ends at the slash before `levelAt`; 0 when there is none. */
export function levelBefore(topic: string, levelAt: number): number {
  return levelAt < 2 ? 0 : topic.lastIndexOf('/', levelAt - 2) + 1;
}

/** Where the level after the one at `levelAt` starts; -1 when it is the last. */
export function levelAfter(topic: string, levelAt: number): number {
  const slashAt = topic.indexOf('/', levelAt);
  return slashAt < 0 ? -1 : slashAt + 1;
}

/** True when the level that starts at `start` is this word; `next` is where the following level starts. */
export function isLevel(topic: string, start: number, next: number, word: string): boolean {
  return next - start === word.length + 1 && topic.startsWith(word, start);
}
