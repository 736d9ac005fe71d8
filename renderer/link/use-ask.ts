import { useEffect, useEffectEvent, useState } from 'react';
import type { AskAnswer, AskInput, AskName } from '../../core/protocol/link.ts';
import { useCore } from './core-context.tsx';

/** The newest answer; after a failed question the one before it stays, with the problem beside it. */
export interface Asked<T> {
  readonly answer: T | undefined;
  readonly problem: string | null;
}

/** Before the core is up, or when a question that is asked only once has failed. */
const RETRY_MS = 1_000;

/**
 * Asks while the component is shown: again `everyMs` after each answer, or once when that is null. Another input
 * starts from nothing, so that no vehicle is ever shown with another's numbers.
 */
export function useAsk<N extends AskName>(
  name: N,
  input: AskInput<N>,
  everyMs: number | null,
): Asked<AskAnswer<N>> {
  const { link } = useCore();
  const key = JSON.stringify([name, input]);
  const [asked, setAsked] = useState<Asked<AskAnswer<N>> & { readonly key: string }>({ key, ...NOTHING });
  const ask = useEffectEvent(() => link.ask(name, input));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const askOnce = async (): Promise<void> => {
      const result = await ask();
      if (isOver) return;
      setAsked((before) =>
        result.ok
          ? { key, answer: result.value, problem: null }
          : { key, answer: before.key === key ? before.answer : undefined, problem: result.error },
      );
      const againMs = result.ok ? everyMs : RETRY_MS;
      if (againMs !== null) timer = setTimeout(() => void askOnce(), againMs);
    };
    void askOnce();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [link, key, everyMs]);
  return asked.key === key ? asked : NOTHING;
}

const NOTHING = { answer: undefined, problem: null } as const;
