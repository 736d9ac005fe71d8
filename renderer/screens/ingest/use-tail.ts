import { useEffect, useEffectEvent, useState } from 'react';
import { useCore } from '../../link/core-context.tsx';
import { EMPTY_TAIL, nextTailAsk, type Tail, takeTail } from './tail-rows.ts';

/** Twice a second, however much comes in. */
const POLL_MS = 500;
/** Nothing is drawn while the list is held: a count of what waits may come less often. */
const HELD_POLL_MS = 1_000;

export interface TailShown {
  readonly tail: Tail;
  readonly problem: string | null;
  /** Since when packets of this topic are counted, on the core's clock. */
  readonly sinceMs: number;
}

/** The newest packets at or below a topic, followed while the component is shown; another topic starts anew. */
export function useTail(under: string, isHeld: boolean): TailShown {
  const { link } = useCore();
  const [shown, setShown] = useState<TailShown & { readonly under: string }>(() => startOf(under));
  const heldNow = useEffectEvent(() => isHeld);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let tail = EMPTY_TAIL;
    const sinceMs = link.nowMs();
    const poll = async (): Promise<void> => {
      const wasHeld = heldNow();
      const result = await link.ask('ingest.tail', { under, ...nextTailAsk(tail, wasHeld) });
      if (isOver) return;
      if (result.ok) tail = takeTail(tail, result.value, wasHeld);
      setShown({ under, tail, problem: result.ok ? null : result.error, sinceMs });
      timer = setTimeout(() => void poll(), wasHeld ? HELD_POLL_MS : POLL_MS);
    };
    void poll();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [link, under]);
  return shown.under === under ? shown : startOf(under);
}

function startOf(under: string): TailShown & { readonly under: string } {
  return { under, tail: EMPTY_TAIL, problem: null, sinceMs: 0 };
}
