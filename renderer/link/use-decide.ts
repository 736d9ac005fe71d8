import { useCore } from './core-context.tsx';
import { useSession } from './session-context.tsx';

/** What is wrong with a request, by the field it is wrong in; '' for the request as a whole. Empty when it was met. */
export type Problems = Readonly<Record<string, string>>;

/**
 * Puts a decision before the core; answered once it is on disk and in force, or waits for a second person, which the
 * window then says.
 */
export function useDecide(): (decision: Readonly<Record<string, unknown>>) => Promise<Problems> {
  const { link } = useCore();
  const { refresh, noteProposed } = useSession();
  return async (decision) => {
    const answer = await link.ask('decide', { decision });
    if (!answer.ok) return { '': answer.error };
    if (!answer.value.ok) return problemsOf(answer.value);
    if ('proposal' in answer.value) {
      noteProposed(answer.value.proposal);
      void refresh();
    }
    return {};
  };
}

/** By field; who signs, and which decision it is, nobody typed: these are problems of the request as a whole. */
export function problemsOf({
  field,
  problem,
}: {
  readonly field: string;
  readonly problem: string;
}): Problems {
  return { [field === 'actor' || field === 'decision' ? '' : field]: problem };
}
