/** What can be asked of a measured process over its process channel. */
export type UsageQuestion = 'processor-time' | 'resident-bytes' | 'resident-bytes-collected';

export interface UsageAnswer {
  readonly question: UsageQuestion;
  /** Microseconds of all threads, or bytes. */
  readonly value: number;
}

/**
 * Loaded into a measured process before its program (`node --import`): answers how much processor time it has used, and
 * how much memory it holds, on every system alike. The program itself knows nothing of it. Memory `collected` is told
 * after the garbage is gone, which needs `--expose-gc`.
 */
process.on('message', (question: UsageQuestion) => {
  const value = usageOf(question);
  if (value !== null) process.send?.({ question, value } satisfies UsageAnswer);
});
process.channel?.unref();

function usageOf(question: UsageQuestion): number | null {
  switch (question) {
    case 'processor-time': {
      const { user, system } = process.cpuUsage();
      return user + system;
    }
    case 'resident-bytes-collected':
      collectGarbage();
      return process.memoryUsage.rss();
    case 'resident-bytes':
      return process.memoryUsage.rss();
    default:
      // Another program's word on the same channel.
      return null;
  }
}

/** Twice: what the first one finalises, the second one frees. */
function collectGarbage(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}
