import { useCore } from './core-context.tsx';

/** What is wrong with a request, by the field it is wrong in; '' for the request as a whole. Empty when it was met. */
export type Problems = Readonly<Record<string, string>>;

/** Puts a decision before the core; answered once it is on disk and in force. */
export function useDecide(): (decision: Readonly<Record<string, unknown>>) => Promise<Problems> {
  const { link } = useCore();
  return async (decision) => {
    const answer = await link.ask('decide', { decision });
    if (!answer.ok) return { '': answer.error };
    return answer.value.ok ? {} : { [answer.value.field]: answer.value.problem };
  };
}
