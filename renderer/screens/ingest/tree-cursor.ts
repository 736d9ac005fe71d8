/**
 * Moves the focus from an item of a tree to another, as the arrow keys do in any tree: up, down, to the first, to the
 * last, out to the parent. Says whether the key was one of these.
 */
export function moveInTree(item: HTMLElement, key: string): boolean {
  const items = [
    ...(item.closest('[role="tree"]')?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? []),
  ];
  const at = items.indexOf(item);
  const next = nextIndex(key, at, items);
  if (next === null) return false;
  items[Math.max(0, Math.min(items.length - 1, next))]?.focus();
  return true;
}

function nextIndex(key: string, at: number, items: readonly HTMLElement[]): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
    case 'j':
    case 'J':
      return at + 1;
    case 'ArrowUp':
    case 'k':
    case 'K':
      return at - 1;
    case 'ArrowLeft':
      return parentIndex(at, items);
    case 'Home':
      return 0;
    case 'End':
      return items.length - 1;
    default:
      return null;
  }
}

function parentIndex(at: number, items: readonly HTMLElement[]): number {
  const depth = levelOf(items[at]);
  const above = items.slice(0, at).findLastIndex((item) => levelOf(item) < depth);
  return above === -1 ? at : above;
}

function levelOf(item: HTMLElement | undefined): number {
  return Number(item?.getAttribute('aria-level'));
}
