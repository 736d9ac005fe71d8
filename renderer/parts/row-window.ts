import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The rows of a long list that are on screen, for a list whose rows all have one height. */
export interface RowWindow {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Only what is on screen is drawn, so that thousands of rows cost what a screenful costs. */
export function useRowWindow(count: number, rowPixels: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ scrollTop, height }, setScroll] = useState({ scrollTop: 0, height: 800 });
  const read = (): void => {
    const element = scroller.current;
    if (element !== null) setScroll({ scrollTop: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(() => {
    if (scroller.current === null) return undefined;
    const observer = new ResizeObserver(read);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  return { scroller, onScroll: read, ...windowOf(count, rowPixels, scrollTop, height) };
}

/** The rows of a long list that are on screen, and a few either side; `first` included, `end` not. */
export function windowOf(
  count: number,
  rowPixels: number,
  scrollTop: number,
  heightPixels: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowPixels) - OVERSCAN_ROWS);
  const end = Math.min(count, Math.ceil((scrollTop + heightPixels) / rowPixels) + OVERSCAN_ROWS);
  return { first: Math.min(first, end), end };
}

const OVERSCAN_ROWS = 6;

/** Arrow keys and J, K go from row to row; the row that gets the focus scrolls into view by itself. */
export function moveRowCursor(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = stepByKey[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const index = Number(event.currentTarget.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')) + step;
  const rows = event.currentTarget.closest('[role="rowgroup"]');
  rows?.querySelector<HTMLElement>(`[aria-rowindex="${index}"] button`)?.focus();
}

const stepByKey: Readonly<Record<string, number | undefined>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  j: 1,
  k: -1,
  J: 1,
  K: -1,
};
