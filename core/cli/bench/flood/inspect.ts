import { createHistogram } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { AskDoor } from '../../device/ask-core.ts';

/** How often a person's screen asks for each of its parts. */
const ASKED_EVERY_MS = 250;

/** Asks what the Ingest screen asks while it is open on everything, until it is over; how long the answers took, in words. */
export async function inspect(ask: AskDoor, watch: { readonly isOver: boolean }): Promise<string> {
  const latencies = createHistogram();
  let after = -1;
  let questions = 0;
  const timed = async <T>(question: Promise<T>): Promise<T> => {
    const startMs = performance.now();
    const answer = await question;
    latencies.record(Math.max(1, Math.round((performance.now() - startMs) * 1_000)));
    questions += 1;
    return answer;
  };
  while (!watch.isOver) {
    const startMs = performance.now();
    await timed(ask('ingest.feeds', {}));
    await timed(ask('ingest.topics', { under: '', limit: 200 }));
    const tail = await timed(ask('ingest.tail', { under: '', after, limit: 200 }));
    if (!tail.ok) throw new Error(tail.error);
    after = tail.value.newest;
    await wait(Math.max(0, ASKED_EVERY_MS - (performance.now() - startMs)));
  }
  const [p50, p99] = [50, 99].map((percent) => (latencies.percentile(percent) / 1_000).toFixed(1));
  return `${questions} questions of an open inspector answered, p50 ${p50} ms, p99 ${p99} ms, longest ${(latencies.max / 1_000).toFixed(0)} ms`;
}
